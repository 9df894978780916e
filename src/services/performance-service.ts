import { inject, injectable } from "tsyringe";
import { BlotterError, invalid } from "../domain/errors.js";
import { type AccountId, show } from "../domain/ids.js";
import { addMoney, subtractMoney, ZERO } from "../domain/money.js";
import {
  type Simulation,
  type SimulationOptions,
  type SimulationRules,
  simulate,
} from "../domain/performance/bootstrap.js";
import {
  BREAKDOWNS,
  type Breakdown,
  compareGroups,
  groupLabel,
} from "../domain/performance/breakdown.js";
import { dayFigures } from "../domain/performance/day-figures.js";
import { histogram, quartiles } from "../domain/performance/distribution.js";
import {
  currentDrawdown,
  drawdowns,
  maxDrawdown,
  underwater,
  worstDrawdowns,
} from "../domain/performance/drawdown.js";
import { PERIODS, type Period } from "../domain/performance/period.js";
import type { Result } from "../domain/performance/result.js";
import { type ResultFigures, resultFigures } from "../domain/performance/result-figures.js";
import { NO_RESULTS, netOfSums } from "../domain/performance/result-sums.js";
import { ROLLING_WINDOWS, type RollingPoint, rolling } from "../domain/performance/rolling.js";
import { tradeFigures } from "../domain/performance/trade-figures.js";
import type {
  BreakdownRow,
  CalendarDay,
  Distribution,
  DrawdownCurve,
  EquityCurve,
  PerformanceFilter,
  PerformanceService,
  PerformanceSummary,
  PeriodRow,
} from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { ledgerDays, readDays, tradeDays } from "./day-reader.js";
import { countOnSyntheticFills } from "./made-results.js";
import { withoutSums } from "./missing-results.js";
import { isUnfiltered, type ResolvedFilter, resolveFilter } from "./performance-filter.js";
import { calendarDays, periodRows } from "./period-rows.js";
import { makeKept } from "./result-ledger.js";
import { measureResults } from "./result-measures.js";
import { readColumns, readResults } from "./result-reader.js";
import { sumsBy, totalAndDays } from "./sum-reader.js";

const DEFAULT_BINS = 20;

@injectable()
export class StoredPerformanceService implements PerformanceService {
  constructor(@inject(Store) private readonly store: Store) {}

  async summary(filter: PerformanceFilter = {}): Promise<PerformanceSummary> {
    return this.#read(filter, async (resolved, repos) => {
      const { sums, series } = await totals(resolved, repos);
      const { basis, start, days, withCash } = series;
      const falls = drawdowns(start, days);
      const tradeNet = netOfSums(sums);
      const ledgerNet = days.reduce((sum, { netPnl }) => addMoney(sum, netPnl), ZERO);
      const ledger = basis === "ledger";
      return {
        accounts: resolved.accounts.map(({ accountId }) => accountId),
        level: resolved.level,
        basis,
        firstDay: withCash[0]?.tradingDay ?? null,
        lastDay: withCash.at(-1)?.tradingDay ?? null,
        startingBalance: start,
        endingBalance: withCash.at(-1)?.closing ?? start,
        cash: withCash.reduce((sum, { cash }) => addMoney(sum, cash), ZERO),
        trades: tradeFigures(sums),
        onSyntheticFills: await countOnSyntheticFills(resolved, repos),
        days: dayFigures(days),
        maxDrawdown: maxDrawdown(falls),
        currentDrawdown: currentDrawdown(falls),
        ledgerNet: ledger ? ledgerNet : null,
        tradeNet,
        difference: ledger ? subtractMoney(ledgerNet, tradeNet) : null,
      };
    });
  }

  async statistics(filter: PerformanceFilter = {}): Promise<ResultFigures> {
    return this.#read(filter, async (resolved, repos) =>
      resultFigures(await measureResults(resolved, repos)),
    );
  }

  async equity(filter: PerformanceFilter = {}): Promise<EquityCurve> {
    return this.#read(filter, async (resolved, repos) => {
      const { basis, start, withCash } = await readDays(resolved, repos);
      const points = withCash.map(({ tradingDay, netPnl, cash, closing }) => ({
        tradingDay,
        netPnl,
        cash,
        balance: closing,
      }));
      return { basis, startingBalance: start, points };
    });
  }

  async drawdown(filter: PerformanceFilter = {}): Promise<DrawdownCurve> {
    return this.#read(filter, async (resolved, repos) => {
      const { basis, start, days, withCash } = await readDays(resolved, repos);
      const falls = drawdowns(start, days);
      return {
        basis,
        underwater: underwater(start, withCash),
        worst: worstDrawdowns(falls),
        current: currentDrawdown(falls),
      };
    });
  }

  async rolling(
    filter: PerformanceFilter = {},
    windowDays: number = ROLLING_WINDOWS[0],
  ): Promise<readonly RollingPoint[]> {
    requireCount(windowDays, "window days");
    return this.#read(filter, async (resolved, repos) =>
      rolling((await readDays(resolved, repos)).days, windowDays),
    );
  }

  async periods(period: Period, filter: PerformanceFilter = {}): Promise<readonly PeriodRow[]> {
    requireOneOf(PERIODS, period, "period");
    return this.#read(filter, (resolved, repos) => periodRows(period, resolved, repos));
  }

  async calendar(filter: PerformanceFilter = {}): Promise<readonly CalendarDay[]> {
    return this.#read(filter, calendarDays);
  }

  async breakdown(by: Breakdown, filter: PerformanceFilter = {}): Promise<readonly BreakdownRow[]> {
    requireOneOf(BREAKDOWNS, by, "breakdown");
    return this.#read(filter, async (resolved, repos) => {
      const groups = [...(await sumsBy(by, resolved, repos))];
      return groups
        .sort(([a], [b]) => compareGroups(a, b, by))
        .map(([key, sums]) => ({ key, label: groupLabel(key, by), figures: tradeFigures(sums) }));
    });
  }

  async distribution(filter: PerformanceFilter = {}, bins = DEFAULT_BINS): Promise<Distribution> {
    requireCount(bins, "bins");
    return this.#read(filter, async (resolved, repos) => {
      const { columns } = await readColumns(resolved, repos, ["netPnl"]);
      const { netPnl: nets } = columns;
      return { count: nets.length, bins: histogram(nets, bins), percentiles: quartiles(nets) };
    });
  }

  async results(filter: PerformanceFilter = {}, newest?: number): Promise<readonly Result[]> {
    if (newest !== undefined) requireCount(newest, "newest");
    return this.#read(filter, (resolved, repos) => readResults(resolved, repos, newest));
  }

  async simulate(
    rules: SimulationRules,
    options: SimulationOptions,
    filter: PerformanceFilter = {},
  ): Promise<Simulation | null> {
    return this.#read(filter, async (resolved, repos) => {
      if (!isUnfiltered(resolved)) {
        throw invalid(
          "a simulation draws whole days of accounts: filter by accounts and dates only",
        );
      }
      const { days } = await readDays(resolved, repos);
      return simulate(
        days.map(({ netPnl }) => netPnl),
        rules,
        options,
      );
    });
  }

  /** One committed moment; books that were kept before there were sums get theirs first. */
  async #read<T>(
    filter: PerformanceFilter,
    query: (filter: ResolvedFilter, repos: ReadRepositories) => Promise<T>,
  ): Promise<T> {
    const attempt = () =>
      this.store.read(async (repos): Promise<Attempt<T>> => {
        const resolved = await resolveFilter(filter, repos);
        const lacking = await withoutSums(resolved.accounts, repos);
        if (lacking.length > 0) return { done: false, lacking };
        return { done: true, found: await query(resolved, repos) };
      });
    const first = await attempt();
    if (first.done) return first.found;
    for (const accountId of first.lacking) {
      await this.store.write(accountId, (repos) => makeKept(accountId, repos));
    }
    const second = await attempt();
    if (second.done) return second.found;
    throw new BlotterError("corrupt", "trades have no sums: run blotter rebuild");
  }
}

/** The sums of all results, and the days; results that no kept sums tell are read once for both. */
async function totals(filter: ResolvedFilter, repos: ReadRepositories) {
  if (isUnfiltered(filter)) {
    const sums = (await sumsBy(null, filter, repos)).get(null) ?? NO_RESULTS;
    return { sums, series: await ledgerDays(filter, repos) };
  }
  const { total, days } = await totalAndDays(filter, repos);
  return { sums: total, series: await tradeDays(filter, days, repos) };
}

type Attempt<T> =
  | { readonly done: true; readonly found: T }
  | { readonly done: false; readonly lacking: readonly AccountId[] };

function requireCount(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw invalid(`${what} must be a whole number from 1, was ${show(value)}`);
  }
}

function requireOneOf(names: readonly string[], value: string, what: string): void {
  if (!names.includes(value)) {
    throw invalid(`${what} must be one of ${names.join(", ")}; was ${show(value)}`);
  }
}
