import fc from "fast-check";
import { describe, it } from "vitest";
import { MONEY_UNIT, type Money, moneyToNumber, subtractMoney } from "../../../src/domain/money.js";
import { dayFigures } from "../../../src/domain/performance/day-figures.js";
import { balances } from "../../../src/domain/performance/day-series.js";
import { histogram, quartiles } from "../../../src/domain/performance/distribution.js";
import {
  currentDrawdown,
  drawdowns,
  maxDrawdown,
  underwater,
  worstDrawdowns,
} from "../../../src/domain/performance/drawdown.js";
import { resultFigures } from "../../../src/domain/performance/result-figures.js";
import { tradeFigures } from "../../../src/domain/performance/trade-figures.js";
import type { TradingDay } from "../../../src/domain/trading-day.js";
import {
  expectDaysAgree,
  expectDistributionAgrees,
  expectDrawdownsAgree,
  expectTradesAgree,
} from "../../oracle/performance-figures.js";
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
    const day = fc.record({
      netPnl: amount(2_000),
      cash: fc.oneof(fc.constant(usd(0)), amount(300)),
    });
    const days = fc.array(day, { maxLength: 50 });
    const start = fc.constantFrom(0, 1_500, 50_000, 150_000);
    const property = fc.property(days, start, (changes, startDollars) => {
      const named = changes.map(({ netPnl, cash }, i) => ({
        // Days of one century follow each other; only their order counts.
        tradingDay: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10) as TradingDay,
        netPnl,
        cash,
      }));
      const series = balances(usd(startDollars), named);
      const all = drawdowns(usd(startDollars), series);
      const points = underwater(usd(startDollars), series);
      const depth = points.at(-1)?.depth ?? usd(0);
      const told = named.map(({ tradingDay, netPnl, cash }) => ({
        day: tradingDay,
        net: BigInt(netPnl),
        cash: BigInt(cash),
      }));
      const units = BigInt(startDollars) * BigInt(MONEY_UNIT);
      expectDaysAgree(
        dayFigures(series),
        { max: maxDrawdown(all), current: currentDrawdown(all), depth: moneyToNumber(depth) },
        units,
        told,
      );
      expectDrawdownsAgree({ underwater: points, worst: worstDrawdowns(all) }, units, told);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("lie in the bins of a second computation, those on a bound too", () => {
    const nets = fc.array(fc.oneof(amount(500), amount(3)), { maxLength: 40 });
    const property = fc.property(nets, fc.integer({ min: 1, max: 40 }), (netPnls, wanted) => {
      const [bins, percentiles] = [histogram(netPnls, wanted), quartiles(netPnls)];
      const results = netPnls.map((netPnl) => ({ netPnl }));
      expectDistributionAgrees({ count: netPnls.length, bins, percentiles }, results, wanted);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
