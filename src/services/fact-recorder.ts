import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import {
  contradictions,
  type Fill,
  type FillContent,
  type FillReport,
  type FillVersion,
  fillFacts,
  foldVersions,
  isComplete,
  settleStates,
  tellsAll,
} from "../domain/fill.js";
import { fillKey } from "../domain/ids.js";
import { comparePlaces } from "../domain/lot.js";
import { applyFills, type Order, orderFacts, placeholder } from "../domain/order.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange, Outcome } from "../ports/services.js";

/** What a telling of a fill did to the facts. */
export interface FillFact extends Outcome {
  readonly fill: Fill | null;
  readonly order: Order | null;
  /** Fills that came into the books, left them, or changed in them. */
  readonly changes: readonly FillChange[];
  /** With `quarantined`: the fields that contradict what is booked. */
  readonly conflict: readonly string[];
}

/** Records fills, voids and corrections, and what their orders take from them. No lots, no trades. */
@injectable()
export class FactRecorder {
  constructor(@inject(Ids) private readonly ids: Ids) {}

  /** @throws BlotterError `invalid` when contract or side is not the order's */
  async fill(report: FillReport, repos: Repositories, unmatched = false): Promise<FillFact> {
    const { accountId, fillId, standIn } = report;
    const stored = await repos.fills.get(accountId, fillId, standIn);
    if (stored && isKnown(stored, report)) return nothing("known", stored);
    const versions = await repos.fills.versions(accountId, fillId, standIn);
    if (stored === null && versions.length === 0 && !report.voided) {
      return this.#first(report, repos, unmatched);
    }
    return this.#retell(stored, versions, versionOf(report), repos);
  }

  /** A void or a correction, also of a fill that has not come. @throws as `fill` */
  async version(version: FillVersion, repos: Repositories): Promise<FillFact> {
    const { accountId, fillId, standIn } = version;
    const stored = await repos.fills.get(accountId, fillId, standIn);
    const versions = await repos.fills.versions(accountId, fillId, standIn);
    return this.#retell(stored, versions, version, repos);
  }

  /** Brings rows of a large import into the books: at most one page of them, of one account. */
  async book(fills: readonly Fill[], repos: Repositories): Promise<readonly FillChange[]> {
    const keys = new Set(fills.map((fill) => fill.fillKey));
    const changes: FillChange[] = [];
    for (const orderId of new Set(fills.map((fill) => fill.orderId))) {
      const accountId = fills[0]?.accountId;
      const order = accountId && (await repos.orders.get(accountId, orderId));
      if (!order) continue;
      const all = await repos.fills.ofOrder(order.accountId, orderId);
      const counted = all.filter((f) => f.state !== "unmatched" || keys.has(f.fillKey));
      const settled = await this.#settle(order, counted, counted, repos);
      for (const change of settled.changes) changes.push(change);
    }
    return changes;
  }

  async #first(report: FillReport, repos: Repositories, unmatched: boolean): Promise<FillFact> {
    const { voided: _, ...facts } = report;
    const order = await this.#orderOf(report, repos);
    if (unmatched) {
      const fill = await this.#insert({ ...facts, state: "unmatched", checksum: "" }, repos);
      return { ...nothing("recorded", fill), order };
    }
    const fill: Fill = { ...facts, state: "booked", checksum: "" };
    const plain = !fill.standIn && order.standInQuantity === null;
    const others = plain && order.bookedQuantity === 0 ? [] : await this.#counted(order, repos);
    const state = stateOf(fill, [...others, fill]);
    if (state === "withdrawn") return nothing("known", null);
    const inserted = await this.#insert({ ...fill, state }, repos);
    const holding = fill.standIn ? { ...order, standInQuantity: fill.quantity } : order;
    const settled = await this.#settle(holding, others, [...others, inserted], repos);
    return {
      outcome: state === "held" ? "held" : "recorded",
      fill: settled.fills.find((row) => row.fillKey === fill.fillKey) ?? inserted,
      order: settled.order,
      changes: settled.changes,
      conflict: [],
    };
  }

  async #retell(
    stored: Fill | null,
    versions: readonly FillVersion[],
    version: FillVersion,
    repos: Repositories,
  ): Promise<FillFact> {
    const all = versions.length > 0 || stored === null ? versions : [originalOf(stored)];
    const conflict = conflictWith(all, version);
    if (conflict.length > 0) return { ...nothing("quarantined", stored), conflict };
    if (all.some((known) => repeats(known, version))) return nothing("known", stored);
    const folded = foldVersions([...all, version]);
    const outcome = outcomeOf(version, all);
    const next = isComplete(folded.content)
      ? nextFill(stored, version, folded.content, folded.revision, folded.voided)
      : null;
    const order = next && (await this.#orderOf(next, repos));
    if (versions.length === 0) for (const original of all) await repos.fills.addVersion(original);
    await repos.fills.addVersion(version);
    if (!next || !order) return nothing(outcome === "voided" ? outcome : "held", stored);
    const before = await this.#counted(order, repos);
    const written = stored ? await this.#update(next, repos) : await this.#insert(next, repos);
    const rest = before.filter((fill) => fill.fillKey !== next.fillKey);
    const settled = await this.#settle(order, before, [...rest, written], repos);
    const left = await this.#leaveOldOrder(stored, next, repos);
    return {
      outcome,
      fill: settled.fills.find((row) => row.fillKey === next.fillKey) ?? written,
      order: settled.order,
      changes: left ? joined(left, settled.changes) : settled.changes,
      conflict: [],
    };
  }

  /** A correction moved the fill to another order: the old one loses it. */
  async #leaveOldOrder(
    stored: Fill | null,
    next: Fill,
    repos: Repositories,
  ): Promise<readonly FillChange[] | null> {
    if (stored === null || stored.orderId === next.orderId) return null;
    const order = await repos.orders.get(stored.accountId, stored.orderId);
    if (order === null) return null;
    const rest = await this.#counted(order, repos);
    return (await this.#settle(order, [...rest, stored], rest, repos)).changes;
  }

  /** The fill's order, made when it is not there yet. */
  async #orderOf(fill: Fill | FillReport, repos: Repositories): Promise<Order> {
    const { accountId, orderId, symbol, contractId, root, side, executedAt } = fill;
    const order = await repos.orders.get(accountId, orderId);
    if (order) {
      requireOrdersOwn(fill, order);
      return order;
    }
    const facts = { accountId, orderId, symbol, contractId, root, side, createdAt: executedAt };
    const made = placeholder(facts);
    const checked = { ...made, checksum: this.ids.checksum(orderFacts(made)) };
    await repos.orders.insert(checked);
    return checked;
  }

  /** The order's fills that are in the books or wait beside them. */
  async #counted(order: Order, repos: Repositories): Promise<readonly Fill[]> {
    const fills = await repos.fills.ofOrder(order.accountId, order.orderId);
    return fills.filter((fill) => fill.state !== "unmatched");
  }

  async #settle(
    order: Order,
    before: readonly Fill[],
    after: readonly Fill[],
    repos: Repositories,
  ): Promise<{ fills: readonly Fill[]; order: Order; changes: readonly FillChange[] }> {
    const settled: Fill[] = [];
    for (const [i, fill] of settleStates(after).entries()) {
      settled.push(fill === after[i] ? fill : await this.#update(fill, repos));
    }
    const derived = applyFills(order, [...settled].sort(comparePlaces));
    const checked = { ...derived, checksum: this.ids.checksum(orderFacts(derived)) };
    // A placeholder's creation instant is its first fill's.
    if (checked.createdAt === order.createdAt) await repos.orders.updateFromFills(checked);
    else await repos.orders.update(checked);
    return { fills: settled, order: checked, changes: changesOf(before, settled, order.strategy) };
  }

  async #insert(fill: Fill, repos: Repositories): Promise<Fill> {
    const checked = { ...fill, checksum: this.ids.checksum(fillFacts(fill)) };
    await repos.fills.insert(checked);
    return checked;
  }

  async #update(fill: Fill, repos: Repositories): Promise<Fill> {
    const checked = { ...fill, checksum: this.ids.checksum(fillFacts(fill)) };
    await repos.fills.update(checked);
    return checked;
  }
}

function nothing(outcome: Outcome["outcome"], fill: Fill | null): FillFact {
  return { outcome, fill, order: null, changes: [], conflict: [] };
}

/** A void is final; else the report must add nothing and contradict nothing. */
function isKnown(stored: Fill, report: FillReport): boolean {
  if (stored.state === "void") return true;
  return !report.voided && report.revision <= stored.revision && tellsAll(stored, report);
}

export function versionOf(report: FillReport): FillVersion {
  const { accountId, fillId, standIn, revision, voided, source } = report;
  const kind = voided ? "void" : revision > 0 ? "correction" : "original";
  const content = contentOf(report);
  return { accountId, fillId, standIn, revision, kind, content, reason: null, source };
}

function originalOf(fill: Fill): FillVersion {
  return versionOf({ ...fill, voided: false });
}

function contentOf(fill: FillContent): FillContent {
  const { orderId, contractId, symbol, root, side, quantity, price } = fill;
  const { commission, fee, executedAt, brokerPnl } = fill;
  return {
    orderId,
    contractId,
    symbol,
    root,
    side,
    quantity,
    price,
    commission,
    fee,
    executedAt,
    brokerPnl,
  };
}

/** Two tellings of one revision must agree. */
function conflictWith(versions: readonly FillVersion[], version: FillVersion): readonly string[] {
  if (version.kind === "void") return [];
  return versions
    .filter((known) => known.kind !== "void" && known.revision === version.revision)
    .flatMap((known) => contradictions(known.content, version.content));
}

function repeats(known: FillVersion, version: FillVersion): boolean {
  if (version.kind === "void" || known.kind === "void") {
    return known.kind === version.kind && tellsAll(known.content, version.content);
  }
  return known.revision === version.revision && tellsAll(known.content, version.content);
}

function outcomeOf(version: FillVersion, known: readonly FillVersion[]): Outcome["outcome"] {
  if (version.kind === "void" || known.some((v) => v.kind === "void")) return "voided";
  const newest = Math.max(-1, ...known.map((v) => v.revision));
  if (known.every((v) => v.kind === "correction") && version.kind === "original") return "recorded";
  return version.revision > newest ? "corrected" : "changed";
}

function nextFill(
  stored: Fill | null,
  version: FillVersion,
  content: FillContent,
  revision: number,
  voided: boolean,
): Fill {
  const { accountId, fillId, standIn, source } = version;
  return {
    accountId,
    fillId,
    fillKey: fillKey(fillId, standIn),
    standIn,
    source: stored?.source ?? source,
    ...contentOf({ ...content, ...nullsFor(content) }),
    revision,
    state: voided ? "void" : (stored?.state ?? "booked"),
    checksum: "",
  };
}

/** Folded content leaves unknown fields out; a row has them as null. */
function nullsFor(content: FillContent): Pick<FillContent, "commission" | "fee" | "brokerPnl"> {
  const { commission = null, fee = null, brokerPnl = null } = content;
  return { commission, fee, brokerPnl };
}

function stateOf(fill: Fill, fills: readonly Fill[]): Fill["state"] {
  const settled = settleStates(fills).find((row) => row.fillKey === fill.fillKey);
  return settled?.state ?? fill.state;
}

function requireOrdersOwn(fill: Fill | FillReport, order: Order): void {
  if (fill.contractId !== order.contractId) {
    throw invalid(
      `fill ${fill.fillId} is of ${fill.symbol}, but its order ${order.orderId} is of ${order.symbol}`,
    );
  }
  if (fill.side !== order.side) {
    throw invalid(
      `fill ${fill.fillId} is a ${fill.side}, but its order ${order.orderId} is a ${order.side}`,
    );
  }
}

function changesOf(
  before: readonly Fill[],
  after: readonly Fill[],
  strategy: string | null,
): readonly FillChange[] {
  const booked = (fill: Fill | undefined) => (fill?.state === "booked" ? fill : null);
  const old = new Map(before.map((fill) => [fill.fillKey, fill]));
  const changes: FillChange[] = [];
  for (const fill of after) {
    const was = booked(old.get(fill.fillKey));
    const is = booked(fill);
    old.delete(fill.fillKey);
    if (was?.checksum !== is?.checksum) changes.push({ before: was, after: is, strategy });
  }
  for (const fill of old.values()) {
    if (booked(fill)) changes.push({ before: fill, after: null, strategy });
  }
  return changes;
}

/** One change a fill: the first state before, the last state after. */
export function joined(
  first: readonly FillChange[],
  then: readonly FillChange[],
): readonly FillChange[] {
  const byKey = new Map<string, FillChange>();
  for (const change of [...first, ...then]) {
    const key = `${(change.after ?? change.before)?.contractId}|${(change.after ?? change.before)?.fillKey}`;
    const earlier = byKey.get(key);
    byKey.set(key, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...byKey.values()].filter(({ before, after }) => before?.checksum !== after?.checksum);
}
