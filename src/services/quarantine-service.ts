import { inject, injectable } from "tsyringe";
import { BlotterError } from "../domain/errors.js";
import type { FillInput } from "../domain/fill.js";
import { show } from "../domain/ids.js";
import type { OrderInput } from "../domain/order.js";
import type { QuarantineEntry } from "../ports/repositories.js";
import {
  type FillCorrection,
  OrderService,
  type Outcome,
  type QuarantineRetry,
  type QuarantineService,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { reasonOf } from "./quarantine.js";

/** More than anyone looks through. */
const MOST_ENTRIES = 100_000;

@injectable()
export class StoredQuarantineService implements QuarantineService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(OrderService) private readonly orders: OrderService,
  ) {}

  async list(all = false): Promise<readonly QuarantineEntry[]> {
    return this.store.read((repos) => repos.quarantine.list(all, MOST_ENTRIES));
  }

  async get(id: string): Promise<QuarantineEntry> {
    const entry = await this.store.read((repos) => repos.quarantine.get(id));
    if (!entry) {
      throw new BlotterError("not_found", `nothing in quarantine has the id ${show(id)}`);
    }
    return entry;
  }

  async retry(id?: string): Promise<QuarantineRetry> {
    const entries = id === undefined ? await this.list() : [await this.get(id)];
    let resolved = 0;
    let stillWaiting = 0;
    for (const entry of entries) {
      if (entry.status === "waiting" && !(await this.#retryOne(entry))) stillWaiting += 1;
      else resolved += 1;
    }
    return { resolved, stillWaiting };
  }

  async discard(id: string): Promise<void> {
    await this.get(id);
    await this.#setStatus(id, "discarded");
  }

  async #retryOne(entry: QuarantineEntry): Promise<boolean> {
    try {
      const outcome = await this.#tell(entry);
      if (outcome === null || outcome.outcome === "quarantined") return false;
    } catch (error) {
      if (reasonOf(error) === null) throw error;
      return false;
    }
    await this.#setStatus(entry.quarantineId, "resolved");
    return true;
  }

  /** Null for what could not be read in the first place: only its source can send it again. */
  async #tell(entry: QuarantineEntry): Promise<Outcome | null> {
    const { kind, payload, payloadLength } = entry;
    if (kind === null || payload.length < payloadLength) return null;
    const input: unknown = JSON.parse(payload);
    // The payload was written from an input of this kind; the service checks every field again.
    if (kind === "order") return this.orders.recordOrder(input as OrderInput);
    if (kind === "correction") return this.orders.correctFill(input as FillCorrection);
    return this.orders.recordFill(input as FillInput);
  }

  async #setStatus(id: string, status: QuarantineEntry["status"]): Promise<void> {
    await this.store.write("global", (repos) => repos.quarantine.setStatus(id, status));
  }
}
