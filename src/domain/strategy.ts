/** Reads a strategy's name out of an order's custom tag; null when the tag names none. */
export type StrategyRule = (customTag: string) => string | null;

const DEFAULT_TAG = /-strategy-([A-Za-z0-9_.]+)(?:-|$)/;

/** The bot's own tags: `TradingBot-v1-strategy-overnight_range-17` is strategy `overnight_range`. */
export const strategyOfTag: StrategyRule = (customTag) => DEFAULT_TAG.exec(customTag)?.[1] ?? null;

/** A rule from a regular expression: its first group is the name. */
export function strategyRule(pattern: RegExp): StrategyRule {
  // With g a match has no groups, and y would go on from the last one.
  const once = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  return (customTag) => once.exec(customTag)?.[1] ?? null;
}
