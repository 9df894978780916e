import fc from "fast-check";
import { describe, it } from "vitest";
import { MONEY_UNIT, type Money, moneyToNumber, subtractMoney } from "../../../src/domain/money.js";
import { dayFigures } from "../../../src/domain/performance/day-figures.js";
import { balances } from "../../../src/domain/performance/day-series.js";
import {
  currentDrawdown,
  drawdowns,
  maxDrawdown,
  underwater,
} from "../../../src/domain/performance/drawdown.js";
import { resultFigures } from "../../../src/domain/performance/result-figures.js";
import { tradeFigures } from "../../../src/domain/performance/trade-figures.js";
import type { TradingDay } from "../../../src/domain/trading-day.js";
import { expectDaysAgree, expectTradesAgree } from "../../oracle/performance-figures.js";
import { measured, summed, usd } from "./made-up-results.js";

/** Often whole dollars and often none, so that equal and breakeven results come about. */
const amount = (dollars: number) =>
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: -dollars, max: dollars }).map((n) => n * MONEY_UNIT),
    fc.integer({ min: -dollars * MONEY_UNIT, max: dollars * MONEY_UNIT }),
  ) as fc.Arbitrary<Money>;

const result = fc.record({
  gross: amount(500),
  commissions: amount(3),
  fees: amount(2),
  seconds: fc.oneof(fc.constant(0), fc.nat({ max: 100_000 })),
  adverse: fc.nat({ max: 900 }),
  favourable: fc.nat({ max: 900 }),
});

describe("figures of random trading", () => {
  it("are those of a second computation, trade by trade", () => {
    const property = fc.property(fc.array(result, { maxLength: 60 }), (made) => {
      const results = made.map(({ gross, commissions, fees, seconds, adverse, favourable }) => ({
        quantity: 1,
        grossPnl: gross,
        commissions,
        fees,
        costsKnown: true,
        netPnl: subtractMoney(subtractMoney(gross, commissions), fees),
        durationSeconds: seconds,
        mae: usd(-adverse),
        mfe: usd(favourable),
        plannedRisk: null,
      }));
      expectTradesAgree(
        { ...tradeFigures(summed(results)), ...resultFigures(measured(results)) },
        results.map((r) => ({
          net: BigInt(r.grossPnl) - BigInt(r.commissions) - BigInt(r.fees),
          gross: BigInt(r.grossPnl),
          commissions: BigInt(r.commissions),
          fees: BigInt(r.fees),
          seconds: r.durationSeconds,
          mae: BigInt(r.mae),
          mfe: BigInt(r.mfe),
        })),
      );
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("are those of a second computation, day by day", () => {
    const days = fc.array(amount(2_000), { maxLength: 50 });
    const start = fc.constantFrom(0, 1_500, 50_000, 150_000);
    const property = fc.property(days, start, (nets, startDollars) => {
      const named = nets.map((netPnl, i) => ({
        // Days of one century follow each other; only their order counts.
        tradingDay: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10) as TradingDay,
        netPnl,
        cash: usd(0),
      }));
      const series = balances(usd(startDollars), named);
      const all = drawdowns(usd(startDollars), series);
      const depth = underwater(usd(startDollars), series).at(-1)?.depth ?? usd(0);
      expectDaysAgree(
        dayFigures(series),
        { max: maxDrawdown(all), current: currentDrawdown(all), depth: moneyToNumber(depth) },
        BigInt(startDollars) * BigInt(MONEY_UNIT),
        named.map(({ tradingDay, netPnl }) => ({ day: tradingDay, net: BigInt(netPnl) })),
      );
    });
    fc.assert(property, { numRuns: 300 });
  });
});
