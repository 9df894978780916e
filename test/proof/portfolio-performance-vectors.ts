import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import type { OpenStore } from "./imported.js";
import { readShared } from "./shared-data.js";
import { bookVector, type ClosedSlice, type LotLeft } from "./vector-account.js";

interface Case {
  readonly name: string;
  readonly input: { readonly fills: readonly CaseFill[]; readonly lastPrice?: number };
  readonly expected: Expected;
  readonly tolerance?: number | Readonly<Record<string, number>>;
}
interface CaseFill {
  readonly id: number;
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  readonly time: string;
  readonly multiplier: number;
}
interface Expected {
  readonly trades?: readonly Readonly<Record<string, string | number | null>>[];
  readonly realisedPnlFifo?: number;
  readonly unrealisedPnlFifo?: number;
  readonly remainingCostFifo?: number;
}

/**
 * Portfolio Performance's own figures. Its trade is one closing transaction with all lots it
 * closes, and its entry and exit values include the fees of their side: our matches are put
 * together to that shape. Its figures under moving-average costs are another method's, and are not
 * compared.
 */
export function describePortfolioPerformance(open: OpenStore): void {
  // The shape of the file is told in its README.
  const { cases } = JSON.parse(readShared("vectors/portfolio_performance.json")) as {
    readonly cases: readonly Case[];
  };

  describe("portfolio_performance", () => {
    let blotter: Blotter;
    beforeAll(async () => {
      blotter = await open();
    });
    afterAll(() => blotter?.close());

    it("has 13 cases", () => expect(cases).toHaveLength(13));

    it.each(cases.map((one, index) => [one.name, one, `PP${index}`] as const))(
      "%s",
      async (_, one, account) => {
        const { fills, lastPrice } = one.input;
        const multiplier = fills[0]?.multiplier ?? 1;
        const { closed, left } = await bookVector(
          blotter,
          account,
          fills.map((fill) => ({ ...fill, id: String(fill.id) })),
          { tickSize: "0.000000001", pointValue: String(multiplier) },
        );
        const open = lastPrice === undefined ? [] : openTrade(left, lastPrice);
        const trades = [...closedTrades(closed, fills), ...open];
        expectTrades(trades, one);
        expectSums(closed, left, one);
      },
    );
  });
}

type TradeRow = Readonly<Record<string, string | number | null>>;

/** One trade for each closing fill, from its first lot. */
function closedTrades(slices: readonly ClosedSlice[], fills: readonly CaseFill[]): TradeRow[] {
  const exits = [...new Set(slices.map((slice) => slice.exitFillId))];
  return exits.map((exit) => {
    const of = slices.filter((slice) => slice.exitFillId === exit);
    const exitFee = fills.find((fill) => String(fill.id) === exit)?.fee ?? 0;
    const entryFee = sum(of, (slice) => slice.fees) - exitFee;
    const direction = of[0]?.direction ?? "";
    return tradeRow({
      direction,
      quantity: sum(of, (slice) => slice.quantity),
      start: of[0]?.entryTime ?? null,
      end: of[0]?.exitTime ?? null,
      entry: sum(of, (slice) => slice.quantity * slice.entryPrice),
      exit: sum(of, (slice) => slice.quantity * slice.exitPrice),
      entryFee,
      exitFee,
      grossPnl: sum(of, (slice) => slice.grossPnl),
    });
  });
}

/** What is left, as if it were closed at the last price. */
function openTrade(left: readonly LotLeft[], lastPrice: number): TradeRow[] {
  const [oldest] = left;
  if (oldest === undefined) return [];
  const entry = sum(left, (lot) => lot.quantity * lot.price);
  const exit = sum(left, (lot) => lot.quantity * lastPrice);
  return [
    tradeRow({
      direction: oldest.direction,
      quantity: sum(left, (lot) => lot.quantity),
      start: oldest.time,
      end: null,
      entry,
      exit,
      entryFee: sum(left, (lot) => lot.fee),
      exitFee: 0,
      grossPnl: oldest.direction === "long" ? exit - entry : entry - exit,
    }),
  ];
}

function tradeRow(trade: {
  readonly direction: string;
  readonly quantity: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly entry: number;
  readonly exit: number;
  readonly entryFee: number;
  readonly exitFee: number;
  readonly grossPnl: number;
}): TradeRow {
  const { direction, quantity, start, end, entry, exit, entryFee, exitFee, grossPnl } = trade;
  const sign = direction === "long" ? 1 : -1;
  const [entryValue, exitValue] = [entry + sign * entryFee, exit - sign * exitFee];
  return {
    direction,
    quantity,
    start,
    end,
    status: end === null ? "open" : "closed",
    entryValue,
    exitValue,
    grossPnl,
    netPnl: grossPnl - entryFee - exitFee,
    returnOnEntry: sign * (exitValue / entryValue - 1),
  };
}

function expectTrades(trades: readonly TradeRow[], one: Case): void {
  const expected = one.expected.trades;
  if (expected === undefined) return;
  expect(trades).toHaveLength(expected.length);
  for (const [index, row] of expected.entries()) {
    for (const [field, value] of Object.entries(row)) {
      if (field === "averageCostNetPnl") continue;
      const ours = trades[index]?.[field];
      if (typeof value === "number") expectClose(Number(ours), value, one, field);
      else expect(ours, field).toBe(value);
    }
  }
}

function expectSums(closed: readonly ClosedSlice[], left: readonly LotLeft[], one: Case): void {
  const { realisedPnlFifo, unrealisedPnlFifo, remainingCostFifo } = one.expected;
  const cost = sum(left, (lot) => lot.quantity * lot.price + lot.fee);
  if (realisedPnlFifo !== undefined) {
    const realised = sum(closed, (slice) => slice.grossPnl - slice.fees);
    expectClose(realised, realisedPnlFifo, one, "realisedPnlFifo");
  }
  if (remainingCostFifo !== undefined) {
    expectClose(cost, remainingCostFifo, one, "remainingCostFifo");
  }
  if (unrealisedPnlFifo !== undefined) {
    const worth = sum(left, (lot) => lot.quantity) * (one.input.lastPrice ?? Number.NaN);
    expectClose(worth - cost, unrealisedPnlFifo, one, "unrealisedPnlFifo");
  }
}

/** Within the vector's own tolerance; without one, within what prices of nine decimals leave. */
function expectClose(ours: number, theirs: number, { tolerance }: Case, field: string): void {
  const given = typeof tolerance === "number" ? tolerance : tolerance?.[field];
  expect(Math.abs(ours - theirs), `${field}: ${ours}, not ${theirs}`).toBeLessThanOrEqual(
    given ?? 1e-6,
  );
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}
