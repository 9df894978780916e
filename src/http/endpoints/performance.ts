import { z } from "zod";
import { POSITION_SIDES } from "../../domain/codes.js";
import { BREAKDOWNS } from "../../domain/performance/breakdown.js";
import { PERIODS } from "../../domain/performance/period.js";
import { plainResultFigures, plainRolling } from "../../domain/performance/plain.js";
import { RESULT_LEVELS } from "../../domain/performance/result.js";
import type { PerformanceFilter } from "../../ports/performance.js";
import {
  plainCalendarDay,
  plainDrawdowns,
  plainEquity,
  plainExcursion,
  plainGroup,
  plainPerformance,
  plainPeriod,
} from "../../services/plain-performance.js";
import { closedRows, madeAsParameter } from "../closed-rows.js";
import { endpoint } from "../endpoint.js";
import { account, day, severalOf, text, whole } from "../parameters.js";
import { WRITTEN_PARAMETERS, writtenFilter } from "../written-parameters.js";
import {
  CALENDAR_DAY,
  DISTRIBUTION,
  DRAWDOWNS,
  EQUITY,
  EXCURSION,
  GROUP,
  PERFORMANCE,
  PERIOD_ROW,
  ROLLING,
  STATISTICS,
} from "./performance-schemas.js";
import { TRADE_ROW } from "./trades.js";

const FILTER = {
  account: severalOf(account()).optional().describe("Several are taken together as one book."),
  symbol: severalOf(text()).optional().describe("Symbols, contract ids or roots."),
  strategy: severalOf(text()).optional(),
  side: severalOf(z.enum(POSITION_SIDES)).optional(),
  ...WRITTEN_PARAMETERS,
  from: day().optional().describe("The first trading day."),
  to: day().optional().describe("The trading day before which to stop."),
  level: z.enum(RESULT_LEVELS).default("trade"),
};

const FILTER_QUERY = z.object(FILTER);

function filterOf(query: z.output<typeof FILTER_QUERY>): PerformanceFilter {
  const { account, symbol, strategy, side, from, to, level } = query;
  return {
    level,
    ...(account !== undefined && { accounts: account }),
    ...(symbol !== undefined && { symbols: symbol }),
    ...(strategy !== undefined && { strategies: strategy }),
    ...(side !== undefined && { sides: side }),
    ...writtenFilter(query),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

const shared = { tag: "performance", path: z.object({}) };

export const performanceEndpoints = [
  endpoint({
    ...shared,
    route: "/performance",
    summary: "The figures that kept sums answer",
    query: FILTER_QUERY,
    response: PERFORMANCE,
    async answer({ books, query }) {
      return { body: plainPerformance(await books.performance.summary(filterOf(query))) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/statistics",
    summary: "The figures that need every result: streaks, medians, excursions",
    query: FILTER_QUERY,
    response: STATISTICS,
    async answer({ books, query }) {
      return { body: plainResultFigures(await books.performance.statistics(filterOf(query))) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/equity",
    summary: "The balance at the end of each day with something on it",
    query: FILTER_QUERY,
    response: EQUITY,
    async answer({ books, query }) {
      return { body: plainEquity(await books.performance.equity(filterOf(query))) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/drawdown",
    summary: "The underwater curve, and the ten deepest drawdowns",
    query: FILTER_QUERY,
    response: DRAWDOWNS,
    async answer({ books, query }) {
      return { body: plainDrawdowns(await books.performance.drawdown(filterOf(query))) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/rolling",
    summary: "Figures of the last days, up to each day",
    query: z.object({ ...FILTER, window: whole(2, 1_000).default(20).describe("Days.") }),
    response: z.array(ROLLING),
    async answer({ books, query }) {
      const points = await books.performance.rolling(filterOf(query), query.window);
      return { body: points.map(plainRolling) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/periods",
    summary: "Results by the day, week, month or year of their exits",
    query: z.object({ ...FILTER, by: z.enum(PERIODS).default("month") }),
    response: z.array(PERIOD_ROW),
    async answer({ books, query }) {
      const rows = await books.performance.periods(query.by, filterOf(query));
      return { body: rows.map(plainPeriod) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/calendar",
    summary: "Each trading day that has something on it, oldest first",
    query: FILTER_QUERY,
    response: z.array(CALENDAR_DAY),
    async answer({ books, query }) {
      const days = await books.performance.calendar(filterOf(query));
      return { body: days.map(plainCalendarDay) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/breakdown",
    summary: "Results in groups; the groups add up to the whole",
    query: z.object({ ...FILTER, by: z.enum(BREAKDOWNS).default("symbol") }),
    response: z.array(GROUP),
    async answer({ books, query }) {
      const rows = await books.performance.breakdown(query.by, filterOf(query));
      return { body: rows.map(plainGroup) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/distribution",
    summary: "How often which net result came",
    query: z.object({ ...FILTER, bins: whole(1, 200).default(20) }),
    response: DISTRIBUTION,
    async answer({ books, query }) {
      return { body: await books.performance.distribution(filterOf(query), query.bins) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/results",
    summary:
      "The newest results that the filter counts, newest first, as the list of trades shows them",
    query: z.object({ ...FILTER, ...madeAsParameter, limit: whole(1, 1_000).default(500) }),
    response: z.array(TRADE_ROW),
    async answer({ books, query }) {
      const found = await books.queries.counted(filterOf(query), query.limit);
      return { body: await closedRows(books, found, query.madeAs) };
    },
  }),
  endpoint({
    ...shared,
    route: "/performance/excursions",
    summary: "The worst and the best moment of the newest results (MAE, MFE), oldest first",
    query: z.object({ ...FILTER, limit: whole(1, 5_000).default(500) }),
    response: z.array(EXCURSION),
    async answer({ books, query }) {
      const results = await books.performance.results(filterOf(query), query.limit);
      return { body: results.map(plainExcursion) };
    },
  }),
];
