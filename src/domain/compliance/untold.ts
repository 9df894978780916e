import type { Adoption, AdoptionInput } from "../adoption.js";
import { type TradingDay, tradingDay, tradingDayStart } from "../trading-day.js";
import type { RuleSet } from "./rules.js";

/**
 * Figures that a rule set goes by on a day, that begin before an adoption, and that it did not tell: the rules
 * count them from the adoption on. Named as in the adoption's input.
 */
export function untoldFacts(
  { at, before, highestEodBalance, payoutCount, payoutTotal }: Adoption,
  { maxLoss, dailyLoss, personalDailyLoss, consistency, days }: RuleSet,
  day: TradingDay,
): readonly (keyof AdoptionInput)[] {
  const inItsDay = day === tradingDay(at) && at !== tradingDayStart(day);
  const { basis } = maxLoss ?? {};
  const needed = {
    startOfDayBalance: inItsDay && (dailyLoss !== null || personalDailyLoss !== null),
    highestEodBalance: basis === "eodBalance",
    intradayPeak: basis === "intradayBalance" || basis === "intradayEquity",
    bestDay: consistency !== null,
    tradingDays: days !== null && days.minTradingDays !== null,
    winningDays: days !== null && days.minWinningDays !== null,
    payouts: maxLoss !== null && maxLoss.floorAfterPayout !== null,
  } as const;
  const told = { ...before, highestEodBalance, payouts: payoutCount ?? payoutTotal };
  const names = Object.keys(needed) as readonly (keyof typeof needed)[];
  return names.filter((name) => needed[name] && told[name] === null);
}
