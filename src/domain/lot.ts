import type { Side } from "./codes.js";
import { compareText, type FillId, type FillKey, type OrderId } from "./ids.js";
import type { Instant } from "./instant.js";
import type { Money, Price } from "./money.js";

/** What matching needs to know of a booked fill. */
export interface Execution {
  readonly fillId: FillId;
  readonly fillKey: FillKey;
  readonly orderId: OrderId;
  readonly side: Side;
  readonly quantity: number;
  readonly price: Price;
  /** The broker's word, else the fee table's; null while unknown, which is not zero. */
  readonly commission: Money | null;
  readonly fee: Money | null;
  /** True when a fee table stands in for the broker's word on any cost. */
  readonly costsModelled: boolean;
  readonly executedAt: Instant;
  readonly strategy: string | null;
}

/** A place in the canonical order of fills: instant first, then key. */
export interface FillPlace {
  readonly executedAt: Instant;
  readonly fillKey: FillKey;
}

export function comparePlaces(a: FillPlace, b: FillPlace): number {
  return a.executedAt - b.executedAt || compareText(a.fillKey, b.fillKey);
}

/** After all fills of an instant, where its marks come: no key is greater. */
export function afterFills(at: Instant): FillPlace {
  return { executedAt: at, fillKey: "\u007f" as FillKey };
}

/** A price seen in the market. Of one instant, marks come after fills. */
export interface Mark {
  readonly at: Instant;
  readonly price: Price;
}

/** What is left of a fill that opened exposure. */
export interface OpenLot {
  readonly execution: Execution;
  /** Contracts of the fill used up before: those that closed an older position, then those matched since. */
  readonly consumed: number;
  /** Extremes of the prices seen while the lot was open. */
  readonly low: Price;
  readonly high: Price;
}

export function remaining(lot: OpenLot): number {
  return lot.execution.quantity - lot.consumed;
}

/** Lots of one account and contract, oldest first; all of one side. Empty when flat. */
export interface LotQueue {
  readonly lots: readonly OpenLot[];
  /** The fill that opened the present position, and how many of its contracts closed the one before. */
  readonly opener: PositionOpener | null;
}

export interface PositionOpener extends FillPlace {
  readonly offset: number;
}

export const FLAT: LotQueue = { lots: [], opener: null };

/** True when everything that later matches depend on is the same. */
export function sameQueue(a: LotQueue, b: LotQueue): boolean {
  if (a === b) return true;
  if (a.lots.length !== b.lots.length) return false;
  if (a.opener?.fillKey !== b.opener?.fillKey || a.opener?.offset !== b.opener?.offset)
    return false;
  return a.lots.every((lot, i) => sameLot(lot, b.lots[i]));
}

function sameLot(a: OpenLot, b: OpenLot | undefined): boolean {
  if (b === undefined) return false;
  return (
    a.consumed === b.consumed &&
    a.low === b.low &&
    a.high === b.high &&
    (a.execution === b.execution || sameExecution(a.execution, b.execution))
  );
}

export function sameExecution(a: Execution, b: Execution): boolean {
  return (
    a.fillKey === b.fillKey &&
    a.orderId === b.orderId &&
    a.side === b.side &&
    a.quantity === b.quantity &&
    a.price === b.price &&
    a.commission === b.commission &&
    a.fee === b.fee &&
    a.costsModelled === b.costsModelled &&
    a.executedAt === b.executedAt &&
    a.strategy === b.strategy
  );
}
