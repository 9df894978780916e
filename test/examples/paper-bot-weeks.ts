import "reflect-metadata";
import {
  AccountService,
  ComplianceMonitor,
  type Fill,
  type Instant,
  OrderService,
  type PlainRow,
  PositionService,
  plainFill,
  plainOrder,
  plainPosition,
  plainTrade,
  Reconciler,
  registerBlotter,
  type Store,
  TradeConsolidator,
} from "blotter";
import { container, type DependencyContainer } from "tsyringe";
import { afterEach, describe, expect, it } from "vitest";
import { PaperBot } from "../../examples/paper-bot.js";
import { PaperBroker } from "../../examples/paper-broker.js";
import { parseInstant } from "../../src/domain/instant.js";
import { moneyToNumber } from "../../src/domain/money.js";
import { openShared, type StoreKind } from "../stores.js";

const SEED = 7;
const TIMEOUT_MS = 240_000;
/** Of Monday, 2026-11-02, in winter. */
const FIVE_IN_CHICAGO = parseInstant("2026-11-02T23:00:00Z", "end of the day");

/** One run of the bot, as a process would do it: with a broker that is simulated anew. */
async function tradeWeek(
  store: Store,
  stepsUntilCut = Number.POSITIVE_INFINITY,
  broker = new PaperBroker(SEED),
) {
  const client = await broker.connect();
  const own = container.createChildContainer();
  const blotter = await registerBlotter(own, { store, broker: client, clock: broker.clock });
  let steps = 0;
  try {
    const run = await own.resolve(PaperBot).tradeWeek(broker, client, () => {
      steps += 1;
      if (steps === stepsUntilCut) throw new Error("cut off");
    });
    const rules = await underRules(own, String(broker.accountId));
    return { run, broker, own, books: await books(own), rules };
  } finally {
    await blotter.close();
    await broker.close();
  }
}

/** What the rules found, the orders that were sent, and the fills. */
async function underRules(own: DependencyContainer, account: string) {
  const orders = own.resolve(OrderService);
  return {
    log: await own.resolve(ComplianceMonitor).log({ account }),
    sent: await orders.intents(account),
    fills: await orders.fills({ account }),
  };
}

async function books(own: DependencyContainer) {
  const orders = own.resolve(OrderService);
  const positions = own.resolve(PositionService);
  // How often a fill was corrected depends on which telling of it was lost.
  const fillOf = (fill: Fill): PlainRow => ({ ...plainFill(fill), revision: 0 });
  return {
    orders: (await orders.orders()).map(plainOrder),
    fills: (await orders.fills()).map(fillOf),
    trades: (await own.resolve(TradeConsolidator).trades())
      .map(plainTrade)
      // Prices that were seen while the bot was away are nobody's.
      .map((trade) => ({ ...trade, mae: null, mfe: null })),
    positions: [...(await positions.closed()), ...(await positions.open())]
      .map(plainPosition)
      .map((position) => ({ ...position, mae: null, mfe: null })),
  };
}

async function summaryOf(store: Store, account: string) {
  const own = container.createChildContainer();
  await registerBlotter(own, { store });
  const summary = await own.resolve(AccountService).summary(account);
  expect(moneyToNumber(summary.balance)).toBeGreaterThan(0);
  return summary;
}

/** The example bot trades weeks that are simulated, on a fresh store each. */
export function describePaperBot(kind: StoreKind): void {
  describe(`the paper bot on ${kind.name}`, { timeout: TIMEOUT_MS }, () => {
    const opened: { dispose(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.dispose();
    });

    /** A store that outlives the bots which work on it, one after the other. */
    async function newStore(): Promise<Store> {
      const shared = await openShared(kind);
      opened.push(shared);
      return shared.store;
    }

    it("ends each week with the broker's own dollars, whatever the stream did", async () => {
      const store = await newStore();
      const { run, broker, own, books: rows } = await tradeWeek(store);
      const theirs = broker.books();
      const account = String(broker.accountId);
      const { balance, totals } = await summaryOf(store, account);
      expect(totals.grossPnl).toBe(theirs.grossPnl);
      expect(balance).toBe(theirs.balance);
      expect(rows.fills.map((fill) => fill.fillId).sort()).toEqual(
        theirs.trades.map((trade) => trade.fillId).sort(),
      );
      expect(run.last.differences.filter(({ healed }) => !healed)).toEqual([]);
      expect(run.gaps).toBeGreaterThan(0);
      expect(run.healed).toBeGreaterThan(0);
      expect(run.wins + run.losses).toBeGreaterThan(10);
      expect(own.isRegistered(Reconciler)).toBe(true);

      const second = await tradeWeek(store);
      expect([run.from, second.run.from]).toEqual(["2026-11-02", "2026-11-09"]);
      expect(second.run.caughtUp).toBe(false);
      expect((await summaryOf(store, account)).balance).toBe(second.broker.books().balance);
    });

    it("ends with the same books when it was cut off on the way", async () => {
      const whole = await tradeWeek(await newStore());
      for (const stepsUntilCut of [3, 90]) {
        const store = await newStore();
        await expect(tradeWeek(store, stepsUntilCut)).rejects.toThrow("cut off");
        const again = await tradeWeek(store);
        expect(again.run.caughtUp).toBe(true);
        expect(again.books).toEqual(whole.books);
      }
    });

    it("is warned, locked out, and let in again at 17:00 in Chicago", async () => {
      const { run, rules } = await tradeWeek(await newStore());
      const [warned, broken] = rules.log;
      expect([warned?.eventType, broken?.eventType]).toEqual(["dll_warning", "dll_violation"]);
      expect(warned?.at).toBeLessThan(broken?.at ?? 0);
      const violations = rules.log.filter(({ severity }) => severity === "violation");
      expect(violations).toEqual([broken]);
      expect(violations[0]).toMatchObject({
        lockedUntil: FIVE_IN_CHICAGO,
        tradingDay: "2026-11-02",
      });

      const at = violations[0]?.at ?? FIVE_IN_CHICAGO;
      const whileLocked = rules.sent.filter(
        ({ createdAt }) => createdAt > at && createdAt < FIVE_IN_CHICAGO,
      );
      expect(whileLocked).toEqual([]);
      expect(rules.sent.filter(({ createdAt }) => createdAt < at).length).toBeGreaterThan(2);
      expect(
        rules.sent.filter(({ createdAt }) => createdAt > FIVE_IN_CHICAGO).length,
      ).toBeGreaterThan(20);

      const told = run.notices.map((notice) => notice.replace(/^\S+ \S+ /, ""));
      expect(told.slice(0, 4)).toEqual([
        expect.stringMatching(/^warned: daily loss \d+(\.\d+)? of 1000$/),
        expect.stringMatching(/^violated: .* of 1000: locked until 2026-11-02T23:00:00Z$/),
        expect.stringMatching(/^locked out: .* locked until 2026-11-02T23:00:00Z$/),
        expect.stringMatching(/^let in again; [1-9]\d* orders were not sent meanwhile$/),
      ]);
      expect(run.last.differences.filter(({ healed }) => !healed)).toEqual([]);
    });

    it("closes what is open when it is locked out, where the firm does not", async () => {
      const limits = { dailyLoss: 1_000, maxLoss: 2_000, maxContracts: 50, liquidates: false };
      const { rules, run } = await tradeWeek(
        await newStore(),
        Number.POSITIVE_INFINITY,
        new PaperBroker(SEED, limits),
      );
      const at = rules.log.find(({ eventType }) => eventType === "dll_violation")?.at;
      const held = (until: Instant) =>
        rules.fills
          .filter(({ contractId, executedAt }) => contractId.includes("MES") && executedAt < until)
          .reduce((sum, fill) => sum + (fill.side === "BUY" ? fill.quantity : -fill.quantity), 0);
      expect(held(at ?? FIVE_IN_CHICAGO)).toBe(1);
      expect(held(FIVE_IN_CHICAGO)).toBe(0);
      expect(run.last.differences.filter(({ healed }) => !healed)).toEqual([]);
    });
  });
}
