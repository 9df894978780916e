/** Trading days of a year: what daily figures are annualised with. */
export const DAYS_A_YEAR = 252;

/** Figures of a year: from few days they are a guess, and whoever shows them says from how many. */
export const ANNUAL_FIGURES = [
  "volatility",
  "downsideDeviation",
  "sharpe",
  "sortino",
  "calmar",
  "cagr",
] as const;

/** Fewer are few. */
export const ENOUGH_DAYS = 20;
