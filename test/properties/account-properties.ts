import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cashEffect } from "../../src/domain/cash.js";
import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import { type TradingDay, tradingDay } from "../../src/domain/trading-day.js";
import type { Blotter, CashType } from "../../src/index.js";
import { sqliteMemory } from "../stores.js";
import { exported, fileOf } from "../transfer/transfer-contract.js";
import { type Books, booksOf } from "./books.js";

/**
 * Random lives of an account: fills, corrections and voids, prices, cash, resets and closed days, in any order. The
 * balance is what it began with, plus what was won, less costs, plus cash; the ends of days are what a rebuild
 * makes them, at every step.
 */
const STARTING = 50_000_000_000n;

const START = parseInstant("2026-03-05T15:00:00Z", "start");
/** Nine hours apart: over a change of the clocks and a weekend, at both sides of the roll. */
const moment = fc.nat({ max: 15 }).map((step) => (START + step * 9 * 3_600_000_000) as Instant);

const fillStep = fc.record({
  kind: fc.constant("fill" as const),
  at: moment,
  side: fc.constantFrom("BUY" as const, "SELL" as const),
  quantity: fc.integer({ min: 1, max: 3 }),
  ticks: fc.integer({ min: -20, max: 20 }),
  cost: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { freq: 4 }),
});
const changeStep = fc.record({
  kind: fc.constantFrom("void" as const, "correct" as const),
  of: fc.nat({ max: 30 }),
  at: moment,
});
const cashStep = fc.record({
  kind: fc.constant("cash" as const),
  type: fc.constantFrom<CashType>("payout", "deposit", "adjustment", "reset"),
  at: moment,
  amount: fc.integer({ min: 1, max: 9_000_000_000 }),
});
const dayStep = fc.record({
  kind: fc.constantFrom("close" as const, "void cash" as const),
  of: fc.nat({ max: 30 }),
  at: moment,
});
const markStep = fc.record({
  kind: fc.constant("mark" as const),
  at: moment,
  ticks: fc.integer({ min: -40, max: 40 }),
});
const life = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: markStep },
    { weight: 6, arbitrary: fillStep },
    { weight: 2, arbitrary: changeStep },
    { weight: 3, arbitrary: cashStep },
    { weight: 2, arbitrary: dayStep },
  ),
  { minLength: 1, maxLength: 25, size: "max" },
);
type Step = (typeof life extends fc.Arbitrary<readonly (infer S)[]> ? S : never) | never;

export function describeAccountProperties(
  name: string,
  openStore: () => Promise<Blotter>,
  runs: number,
): void {
  describe(`an account's life, on ${name}`, () => {
    let blotter: Blotter;
    let lives = 0;
    beforeAll(async () => {
      blotter = await openStore();
    }, 60_000);
    afterAll(() => blotter?.close());

    it("adds up, and is at every step what a rebuild would make it", async () => {
      const property = fc.asyncProperty(life, fc.option(moment), async (steps, adoptedAt) => {
        lives += 1;
        const account = `life-${lives}`;
        await blotter.accounts.open({ accountId: account, startingBalance: 50_000 });
        for (const [i, step] of steps.entries()) {
          await live(blotter, account, step, i);
          expect(await blotter.trades.verify(account)).toEqual([]);
        }
        await expectSums(blotter, account);
        if (adoptedAt !== null) {
          const at = formatInstant(adoptedAt);
          await blotter.accounts.adopt({ account, at, balance: 40_000, highestEodBalance: 45_000 });
          expect(await blotter.trades.verify(account)).toEqual([]);
          await expectSums(blotter, account);
        }
        const books = await booksOf(blotter, account);
        const worth = await blotter.positions.valued({ account });
        await blotter.trades.rebuild(account);
        expect(await booksOf(blotter, account)).toEqual(books);
        expect(await blotter.positions.valued({ account })).toEqual(worth);
        if (lives % 4 === 0) await expectCarried(blotter, account, books);
      });
      await fc.assert(property, { numRuns: runs, ...WITHIN });
    }, 1_000_000);
  });
}

/** A failure is made smaller for so long, then shown as it is. */
const WITHIN = { interruptAfterTimeLimit: 900_000, markInterruptAsFailure: true } as const;

/** The account comes back from its export as it was, and with the same bytes. */
async function expectCarried(blotter: Blotter, account: string, books: Books): Promise<void> {
  const { accountId } = (await blotter.accounts.summary(account)).account;
  const text = await exported(blotter, { accountId });
  const copy = await sqliteMemory.open();
  try {
    await copy.blotter.transfer.importFacts(fileOf(text));
    expect(await exported(copy.blotter)).toBe(text);
    expect(await booksOf(copy.blotter, account)).toEqual(books);
  } finally {
    await copy.dispose();
  }
}

async function live(blotter: Blotter, account: string, step: Step, i: number): Promise<void> {
  const { accounts, orders } = blotter;
  const at = formatInstant(step.at);
  switch (step.kind) {
    case "fill": {
      const { side, quantity, ticks, cost } = step;
      const dollars = cost === null ? null : String(cost / 1_000_000);
      await orders.recordFill({
        accountId: account,
        fillId: String(i + 1),
        orderId: String(i + 1),
        contract: "MNQM26",
        side,
        quantity,
        price: 20_000 + ticks / 4,
        commission: dollars,
        fee: dollars,
        executedAt: at,
      });
      return;
    }
    case "void":
    case "correct": {
      const fills = await orders.fills({ account });
      const fill = fills[step.of % Math.max(1, fills.length)];
      if (fill === undefined) return;
      const { fillId } = fill;
      if (step.kind === "void") await orders.voidFill({ accountId: account, fillId });
      else {
        const corrected = { revision: i + 1, executedAt: at, price: 20_000 + i / 4 };
        await orders.correctFill({ accountId: account, fillId, ...corrected });
      }
      return;
    }
    case "cash": {
      const { type, amount } = step;
      await accounts.recordCash({ account, type, at, amount: String(amount / 1_000_000) });
      return;
    }
    case "void cash": {
      const moves = await accounts.cash({ account });
      const move = moves[step.of % Math.max(1, moves.length)];
      if (move) await accounts.voidCash(account, move.movementId);
      return;
    }
    case "mark": {
      const price = 20_000 + step.ticks / 4;
      await blotter.marks.record({ contract: "MNQM26", price, at }, account);
      return;
    }
    case "close":
      await accounts.closeDay(account, tradingDay(step.at));
  }
}

interface Happening {
  readonly at: Instant;
  /** Adds to the balance; null begins again with the amount. */
  readonly effect: bigint | null;
  readonly amount: bigint;
}

/** The balance at the end of each day, added up one by one from fills, matches and cash. */
async function expectSums(blotter: Blotter, account: string): Promise<void> {
  const { adoption } = await blotter.accounts.summary(account);
  const from = adoption?.at ?? (0 as Instant);
  const happenings = await happeningsOf(blotter, account, from);
  const closed = await blotter.store.read((repos) => repos.closings.list(account as never, null));
  const days = new Set<TradingDay>(happenings.map(({ at }) => tradingDay(at)));
  for (const { tradingDay: day } of closed) {
    if (adoption === null || day >= tradingDay(adoption.at)) days.add(day);
  }
  if (adoption) days.add(tradingDay(adoption.at));
  let balance = adoption ? BigInt(adoption.balance) : STARTING;
  let highest = BigInt(adoption?.highestEodBalance ?? STARTING);
  const expected: unknown[] = [];
  for (const day of [...days].sort()) {
    for (const { at, effect, amount } of happenings) {
      if (tradingDay(at) !== day) continue;
      if (effect !== null) balance += effect;
      else [balance, highest] = [amount, amount];
    }
    if (balance > highest) highest = balance;
    expected.push([day, balance, highest]);
  }
  const ends = await blotter.accounts.snapshots({ account, type: "eod", epoch: "all" });
  expect(
    ends.map((end) => [snapshotDay(end), BigInt(end.balance), BigInt(end.highestEodBalance ?? -1)]),
  ).toEqual(expected);
  expect(BigInt((await blotter.accounts.summary(account)).balance)).toBe(balance);
}

/** In order of instants; of one instant a reset first. */
async function happeningsOf(
  blotter: Blotter,
  account: string,
  from: Instant,
): Promise<readonly Happening[]> {
  const fills = await blotter.orders.fills({ account });
  const matches = await blotter.trades.matches({ account });
  const cash = await blotter.accounts.cash({ account });
  const happenings: Happening[] = [
    ...fills.map(({ executedAt: at, commission, fee }) => {
      return { at, effect: -BigInt((commission ?? 0) + (fee ?? 0)), amount: 0n };
    }),
    ...matches.map(({ exitTimestamp: at, grossPnl }) => {
      return { at, effect: BigInt(grossPnl), amount: 0n };
    }),
    ...cash.map((move) => {
      const effect = move.type === "reset" ? null : BigInt(cashEffect(move));
      return { at: move.at, effect, amount: BigInt(move.amount) };
    }),
  ];
  const resetFirst = ({ effect }: Happening) => (effect === null ? 0 : 1);
  return happenings
    .filter(({ at }) => at >= from)
    .sort((a, b) => a.at - b.at || resetFirst(a) - resetFirst(b));
}
