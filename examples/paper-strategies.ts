import type { PaperAccount } from "./paper-account.js";
import { ORDER_TYPE, type PaperOrder, SIDE, STATUS } from "./paper-gateway.js";
import {
  between,
  type PaperContract,
  type PaperMarket,
  type Random,
  type Root,
  TICK,
} from "./paper-market.js";

/** Where a strategy trades. */
export interface Desk {
  readonly account: PaperAccount;
  readonly market: PaperMarket;
  readonly random: Random;
  /** The contract that is traded today. */
  contract(root: Root): PaperContract;
}

/** A position that is carried over the night, with the stop that guards it. */
export interface Swing {
  readonly entry: PaperOrder;
  readonly stop: PaperOrder;
}

type Strategy = (desk: Desk, strategy: string) => void;

const opposite = (side: number): number => (side === SIDE.buy ? SIDE.sell : SIDE.buy);
const coin = (desk: Desk): number => (desk.random() < 0.5 ? SIDE.buy : SIDE.sell);

function market(desk: Desk, contract: PaperContract, side: number, size: number, strategy: string) {
  const { market: type } = ORDER_TYPE;
  return desk.account.place({ contract, side, size, type, status: STATUS.pending, strategy });
}

/** A market entry whose stop and target wait suspended, come alive with the fill, and cancel each other. */
export const bracket: Strategy = (desk, strategy) => {
  const { account, random } = desk;
  const contract = desk.contract("MNQ");
  const side = coin(desk);
  const size = between(random, 1, 3);
  const entry = market(desk, contract, side, size, strategy);
  const child = { contract, side: opposite(side), size, strategy, parent: entry };
  const suspended = { ...child, status: STATUS.suspended };
  const stop = account.place({ ...suspended, type: ORDER_TYPE.stop, role: "SL" });
  const linkedOrderId = stop.id;
  const limit = { type: ORDER_TYPE.limit, role: "TP", linkedOrderId } as const;
  const target = account.place({ ...suspended, ...limit });

  const price = desk.market.move("MNQ");
  const ahead = (side === SIDE.buy ? 1 : -1) * TICK;
  account.fill(entry, size, price);
  account.change(stop, { status: STATUS.open, stopPrice: price - 40 * ahead });
  account.change(target, { status: STATUS.open, limitPrice: price + 60 * ahead });
  account.wait(between(random, 2, 8));
  if (random() < 0.3) account.change(stop, { stopPrice: price - 10 * ahead });

  const [winner, loser] = random() < 0.55 ? [target, stop] : [stop, target];
  const slip = winner === stop ? between(random, 0, 2) * ahead : 0;
  account.fill(winner, size, (winner.limitPrice ?? winner.stopPrice ?? price) - slip);
  account.change(loser, { status: STATUS.cancelled });
};

/** A resting limit order that fills in pieces, closed by two market orders. */
export const partialFills: Strategy = (desk, strategy) => {
  const { account, random } = desk;
  const contract = desk.contract("MES");
  const side = coin(desk);
  const size = between(random, 3, 6);
  const limitPrice = desk.market.move("MES");
  const resting = { type: ORDER_TYPE.limit, status: STATUS.open, limitPrice };
  const entry = account.place({ contract, side, size, strategy, ...resting });
  account.wait(between(random, 1, 4));
  const improved = limitPrice - (side === SIDE.buy ? TICK : -TICK);
  account.fill(entry, 1, improved);
  account.fill(entry, size - 1, limitPrice);
  for (const part of [1, size - 1]) {
    account.wait(between(random, 1, 5));
    const exit = market(desk, contract, opposite(side), part, strategy);
    account.fill(exit, part, desk.market.move("MES"));
  }
};

/** One fill that closes a position and opens the opposite one. */
export const reversal: Strategy = (desk, strategy) => {
  const contract = desk.contract("MNQ");
  const side = coin(desk);
  for (const [turn, size] of [
    [side, 2],
    [opposite(side), 5],
    [side, 3],
  ] as const) {
    const order = market(desk, contract, turn, size, strategy);
    desk.account.fill(order, size, desk.market.move("MNQ"));
    desk.account.wait(between(desk.random, 1, 5));
  }
};

/** A limit order that is cancelled, sometimes half filled; what was filled is closed at the market. */
export const cancelled: Strategy = (desk, strategy) => {
  const { account, random } = desk;
  const contract = desk.contract("MES");
  const side = coin(desk);
  const limitPrice = desk.market.move("MES");
  const resting = { type: ORDER_TYPE.limit, status: STATUS.open, limitPrice };
  const order = account.place({ contract, side, size: 4, strategy, ...resting });
  account.wait(between(random, 1, 6));
  if (random() < 0.5) account.fill(order, 2, limitPrice);
  account.change(order, { status: STATUS.cancelled });
  if (order.fillVolume === 0) return;
  const exit = market(desk, contract, opposite(side), order.fillVolume, strategy);
  account.fill(exit, order.fillVolume, desk.market.move("MES"));
};

/** More contracts than the account may hold. */
export const rejected: Strategy = (desk, strategy) => {
  const order = market(desk, desk.contract("MNQ"), coin(desk), 100, strategy);
  desk.account.change(order, { status: STATUS.rejected });
};

/** Buys at the end of a day with a stop that stays in the market; its trade is the day's last word. */
export function openSwing(desk: Desk): Swing {
  const contract = desk.contract("MES");
  const size = between(desk.random, 1, 2);
  const price = desk.market.move("MES");
  const entry = market(desk, contract, SIDE.buy, size, "swing");
  const stop = desk.account.place({
    contract,
    side: SIDE.sell,
    size,
    type: ORDER_TYPE.stop,
    status: STATUS.open,
    strategy: "swing",
    stopPrice: price - 200 * TICK,
    parent: entry,
    role: "SL",
  });
  desk.account.fill(entry, size, price);
  return { entry, stop };
}

export function closeSwing(desk: Desk, { entry, stop }: Swing): void {
  desk.account.change(stop, { status: STATUS.cancelled });
  const exit = market(desk, entry.contract, SIDE.sell, entry.size, "swing");
  desk.account.fill(exit, entry.size, desk.market.move("MES"));
}
