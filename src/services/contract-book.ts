import { inject, injectable } from "tsyringe";
import { type Contract, ProductCatalog } from "../domain/contract.js";
import type { Fill } from "../domain/fill.js";
import type { ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { FillChange } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { requireContract } from "../ports/stored-contract.js";

/**
 * Contracts by the text that names them. A contract's row is written once, in a unit of work of its own: it is
 * reference data, and a fill that fails afterwards leaves nothing else behind.
 */
@injectable()
export class ContractBook {
  readonly #stored = new Map<string, Contract>();
  readonly #named = new Map<string, Contract>();

  constructor(@inject(Store) private readonly store: Store) {}

  /** The contract, stored. @throws BlotterError `not_found` for an unknown product, `invalid` */
  async resolve(text: string, at: Instant): Promise<Contract> {
    const contract = await this.understand(text, at);
    return this.#stored.get(contract.contractId) ?? this.#ensureStored(contract);
  }

  /** Says when a contract ends, or with null that nobody knows. */
  async setLastTradingDay(contract: Contract, day: TradingDay | null): Promise<Contract> {
    const { contractId } = contract;
    await this.store.write("global", (repos) => repos.contracts.setLastTradingDay(contractId, day));
    const ending = { ...contract, lastTradingDay: day };
    this.#stored.set(contractId, ending);
    return ending;
  }

  /** Changes by contract, inside their unit of work. A correction may move a fill from one to another. */
  async group(
    changes: readonly FillChange[],
    repos: ReadRepositories,
  ): Promise<ReadonlyMap<Contract, readonly FillChange[]>> {
    const groups = new Map<ContractId, FillChange[]>();
    for (const { before, after, strategy } of changes) {
      for (const id of new Set([before, after].flatMap((fill) => fill?.contractId ?? []))) {
        const group = groups.get(id) ?? [];
        groups.set(id, group);
        const ofThis = (fill: Fill | null) => (fill?.contractId === id ? fill : null);
        group.push({ before: ofThis(before), after: ofThis(after), strategy });
      }
    }
    const byContract = new Map<Contract, FillChange[]>();
    for (const [id, group] of groups) {
      byContract.set(this.#stored.get(id) ?? (await requireContract(id, repos)), group);
    }
    return byContract;
  }

  /** The contract a text names, whether it was traded before or not. @throws as `resolve` */
  async understand(text: string, at: Instant): Promise<Contract> {
    const key = nameKey(text, at);
    const known = this.#named.get(key);
    if (known) return known;
    const contract = (await this.catalog()).resolve(text, at);
    this.#named.set(key, contract);
    return contract;
  }

  /** Listed products and those that a user added, also in another process. */
  async catalog(): Promise<ProductCatalog> {
    return new ProductCatalog(await this.store.read((repos) => repos.contracts.products()));
  }

  /** A stored contract keeps the figures its P&L was computed from. */
  async #ensureStored(contract: Contract): Promise<Contract> {
    const { contractId } = contract;
    const find = () => this.store.read((repos) => repos.contracts.get(contractId));
    const insert = () => this.store.write("global", (repos) => repos.contracts.insert(contract));
    let stored = await find();
    if (stored === null) {
      await insert();
      stored = (await find()) ?? contract;
    }
    this.#stored.set(contractId, stored);
    return stored;
  }
}

/** A one-digit year means another contract in another decade. */
function nameKey(text: string, at: Instant): string {
  return /\D\d$/.test(text) ? `${text}@${new Date(at / 1000).getUTCFullYear()}` : text;
}
