import { type PositionSide, positionSide } from "../domain/codes.js";
import { matchFifo, type Slice, seePrice } from "../domain/fifo.js";
import type { FillKey, OrderId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import {
  type Execution,
  type FillPlace,
  FLAT,
  type LotQueue,
  type Mark,
  type PositionOpener,
  sameQueue,
} from "../domain/lot.js";
import type { Position } from "../domain/position.js";

/** A position as the run over the fills saw it. */
export interface PositionTrace extends FillPlace {
  readonly opener: PositionOpener;
  readonly side: PositionSide;
  readonly entryOrderId: OrderId;
  readonly strategy: string | null;
  /** The newest mark of the market that it saw. */
  readonly lastMarkAt: Instant | null;
  /** The newest fill of it that the run saw. */
  readonly executedAt: FillPlace["executedAt"];
  readonly fillKey: FillKey;
  readonly closed: boolean;
}

/** The state of an account's contract at some place in its fills. */
export interface MatchingState {
  readonly queue: LotQueue;
  /** The position that is open there. */
  readonly position: PositionTrace | null;
}

export const NOTHING_OPEN: MatchingState = { queue: FLAT, position: null };

/** A stored position as the beginning of a run. */
export function traceOf(position: Position): PositionTrace {
  const { openedAt, openFillKey, openFillOffset, lastFillAt, lastFillKey } = position;
  return {
    opener: { executedAt: openedAt, fillKey: openFillKey, offset: openFillOffset },
    side: position.side,
    entryOrderId: position.entryOrderId,
    strategy: position.strategy,
    lastMarkAt: position.lastMarkAt,
    executedAt: lastFillAt,
    fillKey: lastFillKey,
    closed: false,
  };
}

/** One history of fills, matched from a state on. */
export class MatchingRun {
  #state: MatchingState;
  #slices: Slice[] = [];
  readonly #traces = new Map<FillKey, PositionTrace>();

  constructor(start: MatchingState) {
    this.#state = start;
    if (start.position) this.#traces.set(start.position.opener.fillKey, start.position);
  }

  get queue(): LotQueue {
    return this.#state.queue;
  }

  step(fill: Execution): void {
    const { queue, slices } = matchFifo(this.#state.queue, fill);
    for (const slice of slices) this.#slices.push(slice);
    const before = this.#state.position;
    const { executedAt, fillKey } = fill;
    if (before) {
      const closed = queue.opener?.fillKey !== before.opener.fillKey;
      this.#trace({ ...before, executedAt, fillKey, closed });
    }
    this.#state = { queue, position: this.#positionAfter(queue, fill) };
  }

  #positionAfter(queue: LotQueue, fill: Execution): PositionTrace | null {
    const { opener } = queue;
    if (opener === null) return null;
    const known = this.#traces.get(opener.fillKey);
    if (known) return known;
    const { executedAt, fillKey, orderId: entryOrderId, strategy } = fill;
    const side = positionSide(fill.side);
    return this.#trace({
      opener,
      side,
      entryOrderId,
      strategy,
      lastMarkAt: null,
      executedAt,
      fillKey,
      closed: false,
    });
  }

  /** A price was seen in the market while these lots were open. */
  see({ at, price }: Mark): void {
    const { queue, position } = this.#state;
    if (position === null) return;
    const lots = queue.lots.map((lot) => seePrice(lot, price));
    this.#state = {
      queue: { ...queue, lots },
      position: this.#trace({ ...position, lastMarkAt: at }),
    };
  }

  #trace(trace: PositionTrace): PositionTrace {
    this.#traces.set(trace.opener.fillKey, trace);
    return trace;
  }

  /** What was seen since the last call; the open position goes on being seen. */
  take(): { readonly slices: readonly Slice[]; readonly traces: readonly PositionTrace[] } {
    const seen = { slices: this.#slices, traces: [...this.#traces.values()] };
    this.#slices = [];
    this.#traces.clear();
    const { position } = this.#state;
    if (position) this.#traces.set(position.opener.fillKey, position);
    return seen;
  }
}

/**
 * Two histories side by side: the fills as they were and as they are now. Where their queues are equal again,
 * everything later is as it was.
 */
export class Rematch {
  readonly before: MatchingRun;
  readonly after: MatchingRun;

  constructor(start: MatchingState) {
    this.before = new MatchingRun(start);
    this.after = new MatchingRun(start);
  }

  /** A fill that is the same in both histories. */
  unchanged(fill: Execution): void {
    this.before.step(fill);
    this.after.step(fill);
  }

  see(mark: Mark): void {
    this.before.see(mark);
    this.after.see(mark);
  }

  get converged(): boolean {
    return sameQueue(this.before.queue, this.after.queue);
  }
}
