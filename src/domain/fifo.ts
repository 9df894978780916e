import type { Execution, LotQueue, OpenLot, PositionOpener } from "./lot.js";
import { remaining } from "./lot.js";
import type { Price } from "./money.js";

/**
 * FIFO matching of one fill against the open lots of its account and contract.
 *
 * Problem: a fill either adds exposure (a new lot at the back) or takes it away (from the oldest lots on);
 * one that takes away more than there is closes the position and opens the opposite one with the rest.
 *
 *     before  buy 2 @ 5000   buy 1 @ 5001
 *     fill    sell 4 @ 5002
 *     closed  2 @ 5000   1 @ 5001
 *     after   sell 1 @ 5002
 *
 * The queue never crosses contracts or accounts and knows no day boundary. Both brokers whose exports we
 * have seen pair this way (ProjectX 20 of 20 rows, TopstepX 427 lots, Tradovate 429 pairs).
 */
export interface Slice {
  readonly entry: Execution;
  /** Contracts of the entry fill used before this slice; fixes the slice's share of the fill's costs. */
  readonly entryOffset: number;
  readonly exit: Execution;
  readonly exitOffset: number;
  readonly quantity: number;
  /** Extremes of the prices seen between entry and exit, both included. */
  readonly low: Price;
  readonly high: Price;
  /** The fill that opened the position this slice belongs to. */
  readonly opener: PositionOpener;
}

export interface Matched {
  readonly queue: LotQueue;
  readonly slices: readonly Slice[];
}

export function matchFifo(queue: LotQueue, fill: Execution): Matched {
  const { opener } = queue;
  const front = queue.lots[0];
  if (front === undefined || opener === null) return { queue: openedBy(fill, 0), slices: [] };
  const seen = queue.lots.map((lot) => seePrice(lot, fill.price));
  if (front.execution.side === fill.side) {
    return { queue: { lots: [...seen, newLot(fill, 0)], opener }, slices: [] };
  }
  const slices: Slice[] = [];
  let used = 0;
  let exhausted = 0;
  let partial: OpenLot | undefined;
  for (const lot of seen) {
    if (used === fill.quantity) break;
    const quantity = Math.min(remaining(lot), fill.quantity - used);
    slices.push(sliceOf(lot, fill, used, quantity, opener));
    used += quantity;
    if (quantity === remaining(lot)) exhausted += 1;
    else partial = { ...lot, consumed: lot.consumed + quantity };
  }
  const untouched = seen.slice(partial ? exhausted + 1 : exhausted);
  const lots = partial ? [partial, ...untouched] : untouched;
  if (lots.length > 0) return { queue: { lots, opener }, slices };
  const flat = used === fill.quantity;
  return { queue: flat ? { lots: [], opener: null } : openedBy(fill, used), slices };
}

/** A price was seen in the market: widens the extremes of a lot. */
export function seePrice(lot: OpenLot, price: Price): OpenLot {
  if (price < lot.low) return { ...lot, low: price };
  return price > lot.high ? { ...lot, high: price } : lot;
}

function openedBy(fill: Execution, offset: number): LotQueue {
  const { executedAt, fillKey } = fill;
  return { lots: [newLot(fill, offset)], opener: { executedAt, fillKey, offset } };
}

export function newLot(fill: Execution, consumed: number): OpenLot {
  return { execution: fill, consumed, low: fill.price, high: fill.price };
}

function sliceOf(
  lot: OpenLot,
  exit: Execution,
  exitOffset: number,
  quantity: number,
  opener: PositionOpener,
): Slice {
  const { execution: entry, consumed: entryOffset, low, high } = lot;
  return { entry, entryOffset, exit, exitOffset, quantity, low, high, opener };
}
