import { ORDER_TYPE, SIDE } from "./gateway-codes.js";
import { between, oneOf } from "./random.js";
import { opposite, type StrategyDesk } from "./strategy-desk.js";
import type { Step, Strategy } from "./strategy-step.js";

type Play = (desk: StrategyDesk) => Strategy;

/** A market entry with a stop and a target that cancel each other; given up when neither is met. */
export const breakout: Play = function* (desk) {
  const contract = desk.contract("MNQ");
  const side = desk.coin();
  const size = between(desk.random, 1, 3);
  const ahead = side === SIDE.buy ? 1 : -1;
  const stopType = desk.random() < 0.2 ? ORDER_TYPE.trailingStop : ORDER_TYPE.stop;
  const entry = yield* desk.place(contract, "breakout", {
    type: ORDER_TYPE.market,
    side,
    size,
    stopLossBracket: { ticks: -ahead * between(desk.random, 8, 24), type: stopType },
    takeProfitBracket: { ticks: ahead * between(desk.random, 10, 40), type: ORDER_TYPE.limit },
  });
  if (entry === null) return;
  yield* desk.wait(5, 40);
  const [stop, target] = [entry + 1, entry + 2];
  const closed = (yield* desk.filled(stop)) + (yield* desk.filled(target));
  if (closed > 0) return;
  yield* desk.cancel(target);
  yield* desk.cancel(stop);
  yield* desk.market(contract, "breakout", opposite(side), size);
};

/** A bracket around a resting limit, which is cancelled when the market does not come, or only half. */
export const pullback: Play = function* (desk) {
  const contract = desk.contract("MES");
  const side = desk.coin();
  const size = between(desk.random, 2, 4);
  const limitPrice = yield* desk.priceAway(contract, side, between(desk.random, 2, 20));
  const entry = yield* desk.place(contract, "pullback", {
    type: ORDER_TYPE.limit,
    side,
    size,
    limitPrice,
    stopLossBracket: { ticks: between(desk.random, 6, 20), type: ORDER_TYPE.stop },
    takeProfitBracket: { ticks: between(desk.random, 6, 20), type: ORDER_TYPE.limit },
  });
  if (entry === null) return;
  yield* desk.wait(2, 10);
  if ((yield* desk.filled(entry)) < size) yield* desk.cancel(entry);
  yield* desk.wait(10, 30);
  const held = yield* desk.filled(entry);
  const closed = (yield* desk.filled(entry + 1)) + (yield* desk.filled(entry + 2));
  if (held === closed) return;
  yield* desk.cancel(entry + 1);
  yield* desk.cancel(entry + 2);
  yield* desk.market(contract, "pullback", opposite(side), held - closed);
};

/** In by pieces, out by other pieces. */
export const scaleInOut: Play = function* (desk) {
  const contract = desk.contract("MES");
  const side = desk.coin();
  let held = 0;
  for (const size of [1, 2, 1]) {
    const entry = yield* desk.market(contract, "scale_in", side, size);
    held += yield* desk.filled(entry);
    yield* desk.wait(1, 6);
  }
  while (held > 0) {
    const size = Math.min(held, between(desk.random, 1, 3));
    const exit = yield* desk.market(contract, "scale_in", opposite(side), size);
    if (exit === null) return;
    held -= size;
    yield* desk.wait(1, 6);
  }
};

/** One fill that closes a position and opens the opposite one. */
export const reversal: Play = function* (desk) {
  const contract = desk.contract(oneOf(desk.random, ["MNQ", "MCL"]));
  const side = desk.coin();
  const first = yield* desk.market(contract, "reversal", side, 2);
  yield* desk.wait(1, 8);
  const second = yield* desk.market(contract, "reversal", opposite(side), 5);
  yield* desk.wait(1, 8);
  const held = (yield* desk.filled(second)) - (yield* desk.filled(first));
  if (held > 0) yield* desk.market(contract, "reversal", side, held);
};

/** A large limit order that fills in parts; what is left is cancelled, what was filled closed. */
export const fade: Play = function* (desk) {
  const contract = desk.contract("MCL");
  const side = desk.coin();
  const limitPrice = yield* desk.priceAway(contract, side, between(desk.random, -2, 12));
  const size = between(desk.random, 3, 6);
  const type = ORDER_TYPE.limit;
  const entry = yield* desk.place(contract, "fade", { type, side, size, limitPrice });
  if (entry === null) return;
  yield* desk.wait(1, 8);
  if ((yield* desk.filled(entry)) < size) yield* desk.cancel(entry);
  const held = yield* desk.filled(entry);
  yield* desk.wait(1, 8);
  if (held > 0) yield* desk.market(contract, "fade", opposite(side), held);
};

/** A stop-limit entry, closed by the platform's own button, which leaves no tag on the order. */
export const momentum: Play = function* (desk) {
  const contract = desk.contract("MCL");
  const side = desk.coin();
  const stopPrice = yield* desk.priceAway(contract, side, -3);
  const limitPrice = yield* desk.priceAway(contract, side, -9);
  const terms = { type: ORDER_TYPE.stopLimit, side, size: 2, stopPrice, limitPrice };
  const entry = yield* desk.place(contract, "momentum", terms);
  if (entry === null) return;
  yield* desk.wait(3, 12);
  if ((yield* desk.filled(entry)) < 2) yield* desk.cancel(entry);
  if ((yield* desk.filled(entry)) === 0) return;
  const request = { accountId: desk.accountId, contractId: contract.id };
  yield { do: "close", request } satisfies Step;
};

/** More contracts than the account may hold. */
export const oversized: Play = function* (desk) {
  yield* desk.market(desk.contract("MNQ"), "oversized", desk.coin(), 100);
};

/** Held for most of a day, with a stop that stays in the market. */
export const swing: Play = function* (desk) {
  const contract = desk.contract("MES");
  const size = between(desk.random, 1, 2);
  const entry = yield* desk.market(contract, "swing", SIDE.buy, size);
  const stopPrice = yield* desk.priceAway(contract, SIDE.buy, 120);
  const terms = { type: ORDER_TYPE.stop, side: SIDE.sell, size, stopPrice };
  const stop = yield* desk.place(contract, "swing", terms);
  yield* desk.wait(17 * 60, 18 * 60);
  if (entry === null || (yield* desk.filled(stop)) > 0) return;
  if (stop !== null) yield* desk.cancel(stop);
  yield* desk.market(contract, "swing", SIDE.sell, size);
};

/** An order far away from the market that waits for more than a day, and is cancelled at last. */
export const patience: Play = function* (desk) {
  const contract = desk.contract("MNQ");
  const side = desk.coin();
  const limitPrice = yield* desk.priceAway(contract, side, 900);
  const terms = { type: ORDER_TYPE.limit, side, size: 1, limitPrice };
  const order = yield* desk.place(contract, "patience", terms);
  yield* desk.wait(26 * 60, 28 * 60);
  if (order !== null) yield* desk.cancel(order);
};
