import { inject, injectable } from "tsyringe";
import { BlotterError } from "../domain/errors.js";
import type { FillInput } from "../domain/fill.js";
import type { BrokerEvent } from "../ports/broker.js";
import { Clock } from "../ports/clock.js";
import { Ids } from "../ports/ids.js";
import type { QuarantineEntry, QuarantineReason, Repositories } from "../ports/repositories.js";
import type { FillVoid } from "../ports/services.js";

/** The most of a payload that is kept, in characters. */
const KEPT = 8_192;

export interface Refused {
  readonly accountId: string | null;
  readonly reason: QuarantineReason;
  readonly message: string;
  readonly source: string;
  readonly kind: QuarantineEntry["kind"];
  /** JSON of the input, or the row as it stood in its file. */
  readonly payload: string;
}

/** Keeps what could not be booked; equal payloads are one row with a count. */
@injectable()
export class Quarantine {
  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async put(refused: Refused, repos: Repositories): Promise<void> {
    const now = this.clock.now();
    const { payload, kind } = refused;
    await repos.quarantine.put({
      ...refused,
      quarantineId: this.ids.checksum(JSON.stringify(["quarantine", kind, payload])),
      // A character that is cut in half is no text any more.
      payload: payload.slice(0, KEPT).replace(/[\uD800-\uDBFF]$/, ""),
      payloadLength: payload.length,
      count: 1,
      firstSeenAt: now,
      lastSeenAt: now,
      status: "waiting",
    });
  }

  /** A fill that contradicts what is booked. */
  async conflict(
    input: FillInput | FillVoid,
    fields: readonly string[],
    repos: Repositories,
  ): Promise<void> {
    await this.put(
      {
        accountId: input.accountId,
        reason: "conflict",
        message: `fill ${input.fillId} is booked with another ${fields.join(", ")}, and no revision says which is right`,
        source: input.source ?? "api",
        kind: "revision" in input && input.revision !== undefined ? "correction" : "fill",
        payload: JSON.stringify(input),
      },
      repos,
    );
  }
}

/** Why an error put something aside; null for errors that are not about the input. */
export function reasonOf(error: unknown): { reason: QuarantineReason; message: string } | null {
  if (!(error instanceof BlotterError)) return null;
  const { code, message } = error;
  if (code === "invalid" || code === "conflict") return { reason: "invalid", message };
  if (code !== "not_found") return null;
  const reason = message.startsWith("unknown account") ? "unknown_account" : "unknown_contract";
  return { reason, message };
}

/** An event that cannot be booked as quarantine keeps it, so that it can be tried again. */
export function refusedInput(
  event: BrokerEvent,
  why: Pick<Refused, "reason" | "message">,
): Refused {
  if (event.kind === "unreadable") {
    const { source, text } = event.input;
    return { ...why, accountId: null, source, kind: null, payload: text };
  }
  const accountId = "accountId" in event.input ? event.input.accountId : null;
  const source = ("source" in event.input ? event.input.source : undefined) ?? "api";
  const kind = event.kind === "order" || event.kind === "fill" ? event.kind : null;
  return { ...why, accountId, source, kind, payload: JSON.stringify(event.input) };
}
