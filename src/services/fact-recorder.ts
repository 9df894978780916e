import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import {
  type Fill,
  type FillReport,
  fillFacts,
  holdHistory,
  NOT_MODELLED,
  settleStates,
} from "../domain/fill.js";
import {
  conflictWith,
  type FillVersion,
  foldVersions,
  isComplete,
  isKnown,
  nextFill,
  originalOf,
  outcomeOf,
  repeats,
  versionOf,
} from "../domain/fill-version.js";
import type { AccountId, OrderId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { comparePlaces } from "../domain/lot.js";
import { type Order, orderFacts, placeholder } from "../domain/order.js";
import { applyFills } from "../domain/order-merge.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange, Outcome } from "../ports/services.js";
import { FeeBook } from "./fee-book.js";
import { changesOf, joined } from "./fill-changes.js";
import { followFills, keepRisks } from "./risk-keeper.js";

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
  constructor(
    @inject(Ids) private readonly ids: Ids,
    @inject(FeeBook) private readonly fees: FeeBook,
  ) {}

  /** @throws BlotterError `invalid` when contract or side is not the order's */
  async fill(report: FillReport, repos: Repositories, unmatched = false): Promise<FillFact> {
    const { accountId, fillId, standIn } = report;
    const stored = await repos.fills.get(accountId, fillId, standIn);
    if (stored && isKnown(stored, report)) return nothing("known", stored);
    const versions = await repos.fills.versions(accountId, fillId, standIn);
    if (stored === null && versions.length === 0 && !report.voided) {
      if (unmatched) return this.#keep(report, repos);
      return this.#first(report, repos);
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

  /** The broker's present word on a fill that was told otherwise before: a correction of everything so far. */
  async overrule(report: FillReport, repos: Repositories): Promise<FillFact> {
    const { accountId, fillId, standIn } = report;
    const stored = await repos.fills.get(accountId, fillId, standIn);
    const versions = await repos.fills.versions(accountId, fillId, standIn);
    const newest = Math.max(stored?.revision ?? 0, ...versions.map((version) => version.revision));
    const version = versionOf({ ...report, revision: newest + 1 });
    return this.#retell(stored, versions, version, repos);
  }

  /** Takes back a fill that we made ourselves, and its order with it; why stays among its versions. */
  async withdraw(fill: Fill, reason: string, repos: Repositories): Promise<readonly FillChange[]> {
    const { accountId, orderId } = fill;
    const versions = await repos.fills.versions(accountId, fill.fillId, fill.standIn);
    if (versions.length === 0) await repos.fills.addVersion(originalOf(fill));
    const { revision, ...original } = originalOf(fill);
    await repos.fills.addVersion({
      ...original,
      revision: revision + versions.length + 1,
      kind: "void",
      reason,
    });
    await repos.fills.remove(fill);
    const left = await repos.fills.ofOrder(accountId, orderId);
    if (left.length === 0) await repos.orders.remove(accountId, orderId);
    else await keepRisks(accountId, [orderId], repos);
    return fill.state === "booked" ? [{ before: fill, after: null, strategy: null }] : [];
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
      const adoptedAt = await repos.adoptions.instant(order.accountId);
      const settled = await this.#settle(order, counted, counted, repos, adoptedAt);
      for (const change of settled.changes) changes.push(change);
    }
    return changes;
  }

  /** Settles the fills of orders again: what counts before an adoption and after it is not the same. */
  async resettle(accountId: AccountId, ids: ReadonlySet<OrderId>, repos: Repositories) {
    const adoptedAt = await repos.adoptions.instant(accountId);
    for (const id of ids) {
      const order = await repos.orders.get(accountId, id);
      if (!order) continue;
      const fills = await this.#counted(order, repos);
      await this.#settle(order, fills, fills, repos, adoptedAt);
    }
  }

  /** A row of a large import, not in the books yet. */
  async #keep(report: FillReport, repos: Repositories): Promise<FillFact> {
    const { voided: _, ...told } = report;
    const facts = { ...told, ...NOT_MODELLED };
    const order = await this.#orderOf(report, repos);
    const fill = await this.#insert({ ...facts, state: "unmatched", checksum: "" }, repos);
    return { ...nothing("recorded", fill), order };
  }

  async #first(report: FillReport, repos: Repositories): Promise<FillFact> {
    const { voided: _, ...told } = report;
    const facts = { ...told, ...NOT_MODELLED };
    const order = await this.#orderOf(report, repos);
    const fill: Fill = { ...facts, state: "booked", checksum: "" };
    const plain = !fill.standIn && order.standInQuantity === null;
    const others = plain && order.bookedQuantity === 0 ? [] : await this.#counted(order, repos);
    const counts = stateOf(fill, [...others, fill]);
    if (counts === "withdrawn") return nothing("known", null);
    const adoptedAt = await repos.adoptions.instant(fill.accountId);
    const [{ state } = fill] = holdHistory([{ ...fill, state: counts }], adoptedAt);
    const inserted = await this.#insert({ ...fill, state }, repos);
    const holding = fill.standIn ? { ...order, standInQuantity: fill.quantity } : order;
    const all = [...others, inserted];
    const settled = await this.#settle(holding, others, all, repos, adoptedAt);
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
    const adoptedAt = await repos.adoptions.instant(next.accountId);
    const after = [...rest, written];
    const settled = await this.#settle(order, before, after, repos, adoptedAt);
    const left = await this.#leaveOldOrder(stored, next, repos, adoptedAt);
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
    adoptedAt: Instant | null,
  ): Promise<readonly FillChange[] | null> {
    if (stored === null || stored.orderId === next.orderId) return null;
    const order = await repos.orders.get(stored.accountId, stored.orderId);
    if (order === null) return null;
    const rest = await this.#counted(order, repos);
    const settled = await this.#settle(order, [...rest, stored], rest, repos, adoptedAt);
    return settled.changes;
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
    adoptedAt: Instant | null,
  ): Promise<{ fills: readonly Fill[]; order: Order; changes: readonly FillChange[] }> {
    const settled: Fill[] = [];
    const counting = settleStates(after);
    for (const [i, fill] of holdHistory(counting, adoptedAt).entries()) {
      settled.push(fill.state === after[i]?.state ? fill : await this.#update(fill, repos));
    }
    const derived = applyFills(order, [...counting].sort(comparePlaces));
    const checked = { ...derived, checksum: this.ids.checksum(orderFacts(derived)) };
    // A placeholder's creation instant is its first fill's.
    if (checked.createdAt === order.createdAt) await repos.orders.updateFromFills(checked);
    else await repos.orders.update(checked);
    await followFills(order, checked, repos);
    return { fills: settled, order: checked, changes: changesOf(before, settled, order.strategy) };
  }

  async #insert(fill: Fill, repos: Repositories): Promise<Fill> {
    const checked = await this.#checked(fill, repos);
    await repos.fills.insert(checked);
    return checked;
  }

  async #update(fill: Fill, repos: Repositories): Promise<Fill> {
    const checked = await this.#checked(fill, repos);
    await repos.fills.update(checked);
    return checked;
  }

  /** With what follows from the facts: what the fee table says, and their checksum. */
  async #checked(fill: Fill, repos: Repositories): Promise<Fill> {
    const modelled = await this.fees.modelled(fill, repos);
    return { ...fill, ...modelled, checksum: this.ids.checksum(fillFacts(fill)) };
  }
}

function nothing(outcome: Outcome["outcome"], fill: Fill | null): FillFact {
  return { outcome, fill, order: null, changes: [], conflict: [] };
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
