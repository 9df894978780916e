import "reflect-metadata";
import {
  AccountService,
  OrderService,
  PositionService,
  plainFill,
  plainOrder,
  plainPosition,
  plainTrade,
  registerBlotter,
  TradeConsolidator,
} from "blotter";
import { container, type DependencyContainer } from "tsyringe";
import { afterEach, describe, expect, it } from "vitest";
import { PaperBot } from "../../examples/paper-bot.js";
import { PaperExchange } from "../../examples/paper-exchange.js";
import { moneyToNumber } from "../../src/domain/money.js";

const SEED = 7;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const blotter of open.splice(0)) await blotter.close();
});

async function newBot(): Promise<DependencyContainer> {
  const own = container.createChildContainer();
  open.push(await registerBlotter(own, { url: ":memory:" }));
  return own;
}

/** One run of the bot, as a process would do it: with an exchange that starts anew. */
async function tradeWeek(own: DependencyContainer, eventsUntilCut = Infinity) {
  const exchange = new PaperExchange(SEED);
  let heard = 0;
  const run = await own.resolve(PaperBot).tradeWeek(exchange, () => {
    heard += 1;
    if (heard === eventsUntilCut) throw new Error("cut off");
  });
  return { run, exchange };
}

async function books(own: DependencyContainer) {
  const orders = own.resolve(OrderService);
  const positions = own.resolve(PositionService);
  return {
    orders: (await orders.orders()).map(plainOrder),
    fills: (await orders.fills()).map(plainFill),
    trades: (await own.resolve(TradeConsolidator).trades()).map(plainTrade),
    positions: [...(await positions.closed()), ...(await positions.open())].map(plainPosition),
  };
}

describe("the paper bot", () => {
  it("has the broker's own dollars in the books after a week", async () => {
    const own = await newBot();
    const { run, exchange } = await tradeWeek(own);
    const { balance, totals } = await own
      .resolve(AccountService)
      .summary(String(exchange.account.id));
    expect(moneyToNumber(totals.grossPnl)).toBe(exchange.account.gross);
    expect(moneyToNumber(balance)).toBe(exchange.account.balance);
    expect(run.unreadable).toEqual([]);

    const { trades, positions } = await books(own);
    expect(run.wins).toBe(trades.filter((trade) => Number(trade.netPnl) > 0).length);
    expect(run.losses).toBe(trades.filter((trade) => Number(trade.netPnl) < 0).length);
    expect(positions.filter((position) => position.status === "open")).toMatchObject([
      { root: "MES", side: "LONG", strategy: "swing" },
    ]);
  });

  it("has the broker's own profit and loss on every fill that closed something", async () => {
    const own = await newBot();
    await tradeWeek(own);
    const grossByFill = new Map<string, number>();
    for (const match of await own.resolve(TradeConsolidator).matches()) {
      const before = grossByFill.get(match.exitFillId) ?? 0;
      grossByFill.set(match.exitFillId, before + moneyToNumber(match.grossPnl));
    }
    const fills = await own.resolve(OrderService).fills();
    expect(fills.length).toBeGreaterThan(80);
    for (const { fillId, brokerPnl } of fills) {
      const broker = brokerPnl === null ? undefined : moneyToNumber(brokerPnl);
      expect([fillId, grossByFill.get(fillId)]).toEqual([fillId, broker]);
    }
  });

  it("goes on in a second run where the first stopped", async () => {
    const own = await newBot();
    const first = await tradeWeek(own);
    const second = await tradeWeek(own);
    expect(first.run.days.map((day) => day.index)).toEqual([0, 1, 2, 3, 4]);
    expect(second.run.days.map((day) => day.index)).toEqual([5, 6, 7, 8, 9]);
    const { account } = second.exchange;
    const summary = await own.resolve(AccountService).summary(String(account.id));
    expect(moneyToNumber(summary.balance)).toBe(account.balance);
  });

  it("ends with the same books when it was cut off on the way", async () => {
    const whole = await newBot();
    await tradeWeek(whole);
    const expected = await books(whole);
    const [monday] = (await tradeWeek(await newBot())).run.days;
    const length = monday?.events.length ?? 0;
    for (const eventsUntilCut of [1, 40, length - 2, length, length + 77]) {
      const own = await newBot();
      await expect(tradeWeek(own, eventsUntilCut)).rejects.toThrow("cut off");
      await tradeWeek(own);
      expect(await books(own)).toEqual(expected);
    }
  });
});
