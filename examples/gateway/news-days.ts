import { ORDER_TYPE, SIDE } from "./gateway-codes.js";
import type { Root } from "./gateway-contracts.js";
import { opposite, type StrategyDesk } from "./strategy-desk.js";
import type { Asking, Step, Strategy } from "./strategy-step.js";

interface Surprise {
  readonly root: Root;
  readonly size: number;
  readonly stopTicks: number;
  /** Ahead when positive; against the position, and through its stop, when negative. */
  readonly newsTicks: number;
}

/** A position with a stop, just before news. What it loses is no matter of its stop: the price jumps over it. */
function* surprised(desk: StrategyDesk, surprise: Surprise): Asking<void> {
  const { root, size, stopTicks, newsTicks } = surprise;
  const contract = desk.contract(root);
  const side = desk.coin();
  const ahead = side === SIDE.buy ? 1 : -1;
  const entry = yield* desk.place(contract, "news", {
    type: ORDER_TYPE.market,
    side,
    size,
    stopLossBracket: { ticks: -ahead * stopTicks, type: ORDER_TYPE.stop },
  });
  if (entry === null) return;
  yield { do: "news", contractId: contract.id, ticks: ahead * newsTicks } satisfies Step;
  yield* desk.wait(2);
  const stop = entry + 1;
  if ((yield* desk.filled(stop)) > 0) return;
  yield* desk.cancel(stop);
  yield* desk.market(contract, "news", opposite(side), size);
}

/**
 * The day that a daily loss limit of 1,000 dollars is for: the first loss comes close to it, the second goes
 * beyond, with one more contract open.
 */
export function* badNews(desk: StrategyDesk): Strategy {
  yield* surprised(desk, { root: "MNQ", size: 4, stopTicks: 100, newsTicks: -440 });
  yield* desk.wait(5);
  const contract = desk.contract("MES");
  const held = yield* desk.filled(yield* desk.market(contract, "news", SIDE.buy, 1));
  yield* surprised(desk, { root: "MNQ", size: 2, stopTicks: 10, newsTicks: -250 });
  yield* desk.wait(5);
  if (held > 0) yield* desk.market(contract, "news", SIDE.sell, held);
}

/** What makes up for it. */
export function* goodNews(desk: StrategyDesk): Strategy {
  yield* surprised(desk, { root: "MCL", size: 5, stopTicks: 50, newsTicks: 200 });
}
