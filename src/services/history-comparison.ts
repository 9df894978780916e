import { inject, injectable } from "tsyringe";
import type { Fill } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Order } from "../domain/order.js";
import { type PlainRow, plainFill, plainOrder } from "../domain/plain.js";
import type { FoundDifference } from "../domain/reconciliation.js";
import type { BrokerEvent } from "../ports/broker.js";
import type { ToldHistory } from "../ports/reconciler.js";
import type { Repositories } from "../ports/repositories.js";
import { EventPreparation, type PreparedEvent } from "./event-preparation.js";
import type { WrittenFact } from "./event-writer.js";
import type { FillFact } from "./fact-recorder.js";
import type { OrderFact } from "./order-recorder.js";
import { WriterFactory } from "./writer-factory.js";

/** Rows of the broker, ready for a unit of work. */
export interface PreparedHistory extends Omit<ToldHistory, "orders" | "fills"> {
  readonly events: readonly PreparedEvent[];
}

/** What a stretch of the broker's history did to the books. */
export interface LandedHistory {
  readonly differences: readonly FoundDifference[];
  readonly newOrders: number;
  readonly changedOrders: number;
  readonly newFills: number;
  readonly changedFills: number;
}

/** Rows this young may be on their way to the broker's history: not flagged as unknown there. */
const SETTLING_MICROS = 60_000_000;
const MOST_CONFLICTS = 1_000;

/** Takes a stretch of the broker's history into the books, and tells new, known, changed and missing rows apart. */
@injectable()
export class HistoryComparison {
  constructor(
    @inject(EventPreparation) private readonly preparation: EventPreparation,
    @inject(WriterFactory) private readonly writers: WriterFactory,
  ) {}

  /** Before the unit of work: checks rows and finds their contracts. */
  async prepare(told: ToldHistory, accountId: AccountId): Promise<PreparedHistory> {
    const { orders, fills, ...rest } = told;
    const events: PreparedEvent[] = [];
    for (const event of [...orders, ...fills]) {
      events.push(await this.preparation.prepare(ofAccount(event, accountId)));
    }
    return { ...rest, events };
  }

  /**
   * @param knownSince when the books began: what the broker had before is history, and not missing
   */
  async land(
    accountId: AccountId,
    told: PreparedHistory,
    knownSince: Instant | null,
    repos: Repositories,
  ): Promise<LandedHistory> {
    const writer = this.writers.writer(repos, { keepGoing: true, overrule: true });
    const differences: FoundDifference[] = [];
    // What was before an adoption is in its balance.
    const since = await repos.adoptions.instant(accountId);
    const isMissing = (at: Instant) =>
      knownSince !== null && at >= Math.max(knownSince, since ?? knownSince);
    const seen = new Set<string>();
    for (const event of told.events) {
      if (event.refused) {
        await writer.refuse(event.refused);
        const { message, payload } = event.refused;
        differences.push(difference("unreadable_row", accountId, null, payload, message));
        continue;
      }
      const { written } = event;
      seen.add(rowKey(written.kind, idOf(written)));
      const fact = await writer.write(written, accountId);
      const found = differenceOf(fact, isMissing);
      if (found) differences.push(found);
    }
    for (const found of await unknownRows(accountId, told, seen, repos)) differences.push(found);
    await settleConflicts(accountId, seen, repos);
    const { orders, fills } = writer.counts;
    await writer.finish();
    return {
      differences,
      newOrders: orders.new,
      changedOrders: orders.changed,
      newFills: fills.new,
      changedFills: fills.changed,
    };
  }
}

/** A file may name the account otherwise. */
function ofAccount(event: BrokerEvent, accountId: AccountId): BrokerEvent {
  switch (event.kind) {
    case "order":
      return { kind: "order", input: { ...event.input, accountId } };
    case "fill":
      return { kind: "fill", input: { ...event.input, accountId } };
    case "account":
    case "position":
    case "quote":
    case "unreadable":
      return event;
  }
}

const rowKey = (kind: "order" | "fill", id: string) => `${kind}|${id}`;

function idOf(written: Extract<PreparedEvent, { accountId: AccountId }>["written"]): string {
  return written.kind === "order" ? written.report.orderId : written.report.fillId;
}

function difference(
  kind: FoundDifference["kind"],
  subject: string,
  ours: string | null,
  theirs: string | null,
  remedy: string | null,
): FoundDifference {
  return { kind, subject, ours, theirs, healed: false, remedy };
}

function differenceOf(
  { order, fill }: WrittenFact,
  isMissing: (at: Instant) => boolean,
): FoundDifference | null {
  if (order) return orderDifference(order, isMissing);
  return fill ? fillDifference(fill, isMissing) : null;
}

const TAKEN = "taken from the broker's history";

function orderDifference(
  { outcome, order, before, refused }: OrderFact,
  isMissing: (at: Instant) => boolean,
): FoundDifference | null {
  const subject = order.orderId;
  // That an ended order still works is older news: it ended while the broker answered.
  if (refused !== null && !/ -> (PENDING|WORKING)$/.test(refused)) {
    const remedy = `the broker's ${refused} cannot be: the order had ended`;
    return difference("changed_order", subject, before?.status ?? null, refused, remedy);
  }
  // A placeholder is an order that was missing.
  const isNew = before === null || before.asOf === null;
  if (outcome === "known" || (isNew && !isMissing(order.createdAt))) return null;
  if (isNew) {
    return {
      ...difference("missing_order", subject, null, json(plainOrder(order)), TAKEN),
      healed: true,
    };
  }
  const [ours, theirs] = changedFields(plainOrder(before), plainOrder(order));
  return { ...difference("changed_order", subject, ours, theirs, TAKEN), healed: true };
}

function fillDifference(
  { outcome, fill, changes }: FillFact,
  isMissing: (at: Instant) => boolean,
): FoundDifference | null {
  if (fill === null) return null;
  const before = changes.find((change) => change.before?.fillKey === fill.fillKey)?.before ?? null;
  const healed = (kind: FoundDifference["kind"], ours: string | null, theirs: string | null) => ({
    ...difference(kind, fill.fillId, ours, theirs, TAKEN),
    healed: true,
  });
  switch (outcome) {
    case "known":
    case "quarantined":
      return null;
    case "recorded":
    case "held":
      return isMissing(fill.executedAt)
        ? healed("missing_fill", null, json(plainFill(fill)))
        : null;
    case "voided":
      return before ? healed("voided_fill", json(plainFill(before)), null) : null;
    case "changed":
    case "corrected": {
      const [ours, theirs] = before
        ? changedFields(plainFill(before), plainFill(fill))
        : [null, json(plainFill(fill))];
      const kind = outcome === "changed" ? "changed_fill" : "conflicting_fill";
      return healed(kind, ours, theirs);
    }
  }
}

function json(row: PlainRow): string {
  return JSON.stringify(row);
}

/** The fields in which two rows differ, on both sides. */
function changedFields(ours: PlainRow, theirs: PlainRow): readonly [string, string] {
  const fields = Object.keys(theirs).filter((field) => ours[field] !== theirs[field]);
  const only = (row: PlainRow) =>
    JSON.stringify(Object.fromEntries(fields.map((field) => [field, row[field]])));
  return [only(ours), only(theirs)];
}

/** What we have, and the broker's history of its time does not. Nobody can tell which is right. */
async function unknownRows(
  accountId: AccountId,
  told: PreparedHistory,
  seen: ReadonlySet<string>,
  repos: Repositories,
): Promise<readonly FoundDifference[]> {
  const { from } = told;
  const to = (told.to - SETTLING_MICROS) as Instant;
  if (to <= from) return [];
  const found: FoundDifference[] = [];
  const remedy = "the broker's history does not have it: ask the broker, or void it";
  const unknownFill = (fill: Fill) =>
    fill.origin === "broker" && !fill.standIn && !seen.has(rowKey("fill", fill.fillId));
  if (told.tellsFills) {
    for (const fill of await repos.fills.list({ accountId, from, to })) {
      if (!unknownFill(fill)) continue;
      found.push(difference("unknown_fill", fill.fillId, json(plainFill(fill)), null, remedy));
    }
  }
  // Children that wait for their parent are not in the history; what we made ourselves never is.
  const unknownOrder = (order: Order) =>
    order.asOf !== null && order.status !== "PENDING" && !seen.has(rowKey("order", order.orderId));
  if (told.tellsOrders) {
    for (const order of await repos.orders.list({ accountId, from, to })) {
      if (!unknownOrder(order)) continue;
      found.push(difference("unknown_order", order.orderId, json(plainOrder(order)), null, remedy));
    }
  }
  return found;
}

/** Contradictions that waited for the broker's present word, which has now been taken. */
async function settleConflicts(
  accountId: AccountId,
  seen: ReadonlySet<string>,
  repos: Repositories,
): Promise<void> {
  for (const entry of await repos.quarantine.list(false, MOST_CONFLICTS)) {
    if (entry.reason !== "conflict" || entry.accountId !== accountId) continue;
    if (entry.payload.length < entry.payloadLength) continue;
    // The payload is the input of a fill, written by us.
    const { fillId } = JSON.parse(entry.payload) as { readonly fillId?: string };
    if (fillId === undefined || !seen.has(rowKey("fill", fillId))) continue;
    await repos.quarantine.setStatus(entry.quarantineId, "resolved");
  }
}
