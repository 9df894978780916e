import type { PositionSide } from "../domain/codes.js";
import type { RowQuery } from "./row-query.js";

/** What closed trades can be ordered by; canonical order decides between equals. */
export const TRADE_RANKS = [
  "exitTimestamp",
  "entryTimestamp",
  "symbol",
  "quantity",
  "grossPnl",
  "netPnl",
  "mae",
  "mfe",
  "durationSeconds",
] as const;
export type TradeRank = (typeof TRADE_RANKS)[number];

/** Net result above, below or exactly 0. */
export const TRADE_OUTCOMES = ["win", "loss", "breakeven"] as const;
export type TradeOutcome = (typeof TRADE_OUTCOMES)[number];

export interface TradeQuery extends RowQuery {
  readonly side?: PositionSide;
  readonly outcome?: TradeOutcome;
  /** Default exitTimestamp, which is canonical order; another one's value leads the key of a place. */
  readonly rank?: TradeRank;
}
