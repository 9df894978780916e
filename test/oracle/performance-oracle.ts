import { MONEY_DECIMALS, toDouble, total } from "./exact.js";

/**
 * The statistics a second time, from their definitions and as naively as can be: money as bigint millionths,
 * everything recomputed from the whole list, no running values. Undefined is null.
 */
export interface OracleResult {
  readonly net: bigint;
  readonly gross: bigint;
  readonly commissions: bigint;
  readonly fees: bigint;
  readonly seconds: number;
  readonly mae: bigint;
  readonly mfe: bigint;
}

export interface OracleDay {
  readonly day: string;
  readonly net: bigint;
  /** Paid in or out on it, or since the day before: what it begins with; it is no result. */
  readonly cash?: bigint;
}

const dollars = (units: bigint) => toDouble(units, MONEY_DECIMALS);
const sumUp = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const divide = (a: number, b: number) => (b === 0 || !Number.isFinite(a / b) ? null : a / b);
const average = (values: readonly number[]) => divide(sumUp(values), values.length);

/** By the definition of the variance as the mean of the squared differences of all pairs. */
function deviation(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  let pairs = 0;
  for (const a of values) for (const b of values) pairs += (a - b) ** 2;
  return Math.sqrt(pairs / (2 * n * (n - 1)));
}

/** The fraction's place among the sorted values, walked rank by rank. */
function quantile(values: readonly number[], fraction: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  let rest = fraction * (sorted.length - 1);
  for (const [i, value] of sorted.entries()) {
    const next = sorted[i + 1] ?? value;
    if (rest < 1) return value + rest * (next - value);
    rest -= 1;
  }
  return null;
}

/** The longest text of one letter, and the letters at the end. */
function runs(results: readonly OracleResult[]) {
  const letters = results.map(({ net }) => (net > 0n ? "w" : net < 0n ? "l" : "-")).join("");
  const longest = (letter: string) =>
    Math.max(0, ...[...letters.matchAll(new RegExp(`${letter}+`, "g"))].map(([run]) => run.length));
  const wins = /w*$/.exec(letters)?.[0].length ?? 0;
  const losses = /l*$/.exec(letters)?.[0].length ?? 0;
  return {
    longestWinStreak: longest("w"),
    longestLossStreak: longest("l"),
    currentStreak: wins - losses,
  };
}

export function oracleTrades(results: readonly OracleResult[]) {
  const wins = results.filter(({ net }) => net > 0n);
  const losses = results.filter(({ net }) => net < 0n);
  const n = results.length;
  const nets = results.map(({ net }) => dollars(net));
  const sum = (list: readonly OracleResult[], pick: (result: OracleResult) => bigint) =>
    dollars(total(list.map(pick)));
  const [won, lost] = [sum(wins, (r) => r.net), sum(losses, (r) => r.net)];
  const gross = sum(results, (r) => r.gross);
  const [commissions, fees] = [sum(results, (r) => r.commissions), sum(results, (r) => r.fees)];
  const costs = dollars(total(results.map((r) => r.commissions + r.fees)));
  const [win, loss] = [divide(won, wins.length), divide(lost, losses.length)];
  const payoff = win === null || loss === null ? null : win / -loss;
  const seconds = (list: readonly OracleResult[]) => list.map((r) => r.seconds);
  const spread = deviation(nets);
  return {
    count: n,
    wins: wins.length,
    losses: losses.length,
    breakeven: n - wins.length - losses.length,
    winRate: divide(wins.length, n),
    lossRate: divide(losses.length, n),
    averageWin: win,
    averageLoss: loss,
    expectancy: average(nets),
    payoffRatio: payoff,
    profitFactor: divide(won, -lost),
    kelly: payoff === null ? null : wins.length / n - losses.length / n / payoff,
    averageSeconds: average(seconds(results)),
    averageWinSeconds: average(seconds(wins)),
    averageLossSeconds: average(seconds(losses)),
    costShare: gross > 0 ? costs / gross : null,
    commissionShare: gross > 0 ? commissions / gross : null,
    feeShare: gross > 0 ? fees / gross : null,
    largestWin: wins.length === 0 ? null : Math.max(...wins.map((r) => dollars(r.net))),
    largestLoss: losses.length === 0 ? null : Math.min(...losses.map((r) => dollars(r.net))),
    ...runs(results),
    medianNet: quantile(nets, 0.5),
    standardDeviation: spread,
    systemQuality: spread ? (Math.sqrt(n) * (average(nets) ?? 0)) / spread : null,
    medianSeconds: quantile(seconds(results), 0.5),
    medianWinSeconds: quantile(seconds(wins), 0.5),
    medianLossSeconds: quantile(seconds(losses), 0.5),
    averageMae: average(results.map((r) => dollars(r.mae))),
    averageMfe: average(results.map((r) => dollars(r.mfe))),
    mfeKept: divide(
      gross,
      sum(results, (r) => r.mfe),
    ),
  };
}

export function oracleDays(start: bigint, days: readonly OracleDay[]) {
  const nets = days.map(({ net }) => net);
  const paid = days.map(({ cash = 0n }) => cash);
  const before = (i: number) => start + total(nets.slice(0, i)) + total(paid.slice(0, i + 1));
  const known = days.every((_, i) => before(i) > 0n);
  const returns = days.map(({ net }, i) => Number(net) / Number(before(i)));
  const best = days.reduce<OracleDay | null>((a, d) => (a && a.net >= d.net ? a : d), null);
  const worst = days.reduce<OracleDay | null>((a, d) => (a && a.net <= d.net ? a : d), null);
  const sum = total(nets);
  return {
    days: days.length,
    winningDays: nets.filter((net) => net > 0n).length,
    losingDays: nets.filter((net) => net < 0n).length,
    flatDays: nets.filter((net) => net === 0n).length,
    best: best && [best.day, dollars(best.net)],
    worst: worst && [worst.day, dollars(worst.net)],
    bestDayShare: best && best.net > 0n && sum > 0n ? Number(best.net) / Number(sum) : null,
    meanDay: average(nets.map(dollars)),
    dayDeviation: deviation(nets.map(dollars)),
    ...(known ? ofReturns(returns) : ofReturns([])),
    ...oracleDrawdown(start, nets),
  };
}

/** Every pair of an earlier high and a later low. */
function oracleDrawdown(start: bigint, nets: readonly bigint[]) {
  const balances = [start, ...nets.map((_, i) => start + total(nets.slice(0, i + 1)))];
  let deepest = 0n;
  balances.forEach((low, i) => {
    for (const high of balances.slice(0, i)) if (low - high < deepest) deepest = low - high;
  });
  const highest = balances.reduce((a, b) => (b > a ? b : a), start);
  return {
    maxDrawdown: dollars(deepest),
    currentDepth: dollars((balances.at(-1) ?? start) - highest),
  };
}

function ofReturns(returns: readonly number[]) {
  const year = Math.sqrt(252);
  const mean = average(returns);
  const spread = deviation(returns);
  const path = [1, ...returns.map((_, i) => product(returns.slice(0, i + 1)))];
  const depths = path.map((value, i) => value / Math.max(...path.slice(0, i + 1)) - 1).slice(1);
  const below = returns.filter((day) => day < 0);
  const downside = returns.length
    ? Math.sqrt(sumUp(below.map((r) => r * r)) / returns.length)
    : null;
  const growth = path.at(-1) ?? 1;
  const cagr = returns.length && growth >= 0 ? growth ** (252 / returns.length) - 1 : null;
  const finiteCagr = cagr === null || !Number.isFinite(cagr) ? null : cagr;
  const tail = returns.length < 20 ? null : quantile(returns, 0.05);
  return {
    volatility: spread === null ? null : spread * year,
    downsideDeviation: downside === null ? null : downside * year,
    sharpe: spread ? ((mean ?? 0) / spread) * year : null,
    sortino: downside ? ((mean ?? 0) / downside) * year : null,
    calmar: finiteCagr === null ? null : divide(finiteCagr, -Math.min(0, ...depths)),
    omega: divide(sumUp(returns.filter((day) => day > 0)), -sumUp(below)),
    cagr: finiteCagr,
    ulcerIndex: returns.length
      ? Math.sqrt(sumUp(depths.map((d) => (100 * d) ** 2)) / returns.length)
      : null,
    valueAtRisk95: tail,
    conditionalValueAtRisk95: tail === null ? null : average(returns.filter((r) => r <= tail)),
  };
}

const product = (returns: readonly number[]) => returns.reduce((a, r) => a * (1 + r), 1);
