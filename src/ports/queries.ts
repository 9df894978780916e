import type { InjectionToken } from "tsyringe";
import type { Annotation } from "../domain/annotation.js";
import type { PositionSide } from "../domain/codes.js";
import type { Fill } from "../domain/fill.js";
import type { MadeOrigin } from "../domain/made.js";
import type { Match } from "../domain/match.js";
import type { Money } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import type { Position } from "../domain/position.js";
import type { Trade } from "../domain/trade.js";
import type { PerformanceFilter } from "./performance.js";
import type { ListKey } from "./row-query.js";
import type { RowFilter } from "./services.js";
import type { TradeOutcome, TradeRank } from "./trade-query.js";
import type { WrittenFilter } from "./written-filter.js";

/** A row's place in a list over accounts: what orders it, then its account. */
export interface PagePlace {
  readonly key: ListKey;
  readonly accountId: string;
}

export interface PageRequest extends Omit<RowFilter, "limit"> {
  /** At most so many rows; from 1 to 1,000. */
  readonly size: number;
  /** False: in canonical order, oldest first. True: the other way round. */
  readonly newestFirst: boolean;
  /** The place of the last row of the page before; null for the first page. */
  readonly after: PagePlace | null;
}

export interface ClosedPageRequest extends PageRequest, WrittenFilter {}

export interface TradePageRequest extends ClosedPageRequest {
  readonly side?: PositionSide;
  readonly outcome?: TradeOutcome;
  /** Default exitTimestamp. `newestFirst` then means largest first. */
  readonly rank?: TradeRank;
}

export interface Page<R> {
  /** In the order asked for. */
  readonly rows: readonly R[];
  /** Where the next page begins; null when this is the last one. */
  readonly next: PagePlace | null;
}

/** Closed rows of one level. */
export type ClosedRows =
  | { readonly level: "match"; readonly rows: readonly Match[] }
  | { readonly level: "trade"; readonly rows: readonly Trade[] }
  | { readonly level: "position"; readonly rows: readonly Position[] };

/** A closed trade with everything that made it. */
export interface TradeRecord {
  readonly trade: Trade;
  /** In canonical order. */
  readonly matches: readonly Match[];
  /** Both sides' orders by creation instant; orders that nobody told of are missing. */
  readonly orders: readonly Order[];
  /** The fills that were matched, in canonical order. */
  readonly fills: readonly Fill[];
  /** What people wrote on the orders, and on fills that were matched; by target, then id. */
  readonly annotations: readonly Annotation[];
  /** What it was planned to lose at most; null while that is unknown. */
  readonly plannedRisk: Money | null;
}

/**
 * Reads of the books for programs that show them. Lists come a page at a time: a page begins at a place and not
 * at a count, so rows that come meanwhile neither repeat nor hide others.
 *
 * Each throws BlotterError `not_found` for an unknown account, `invalid` for a place that is none of its list.
 */
export interface BookQueries {
  orders(request: PageRequest): Promise<Page<Order>>;
  /** Booked fills; with `all`, also the void, held and withdrawn ones. */
  fills(request: PageRequest, all?: boolean): Promise<Page<Fill>>;
  trades(request: TradePageRequest): Promise<Page<Trade>>;
  matches(request: ClosedPageRequest): Promise<Page<Match>>;
  closedPositions(request: ClosedPageRequest): Promise<Page<Position>>;
  /** The newest rows that a question about performance counts, newest first. @param most from 1 */
  counted(filter: PerformanceFilter, most: number): Promise<ClosedRows>;
  /** What each row rests on that no broker told: origins of its fills; positions may be open ones too. */
  made(closed: ClosedRows): Promise<readonly (readonly MadeOrigin[])[]>;
  /** @throws BlotterError `not_found` for an unknown trade */
  trade(account: string, tradeId: string): Promise<TradeRecord>;
}
export const BookQueries: InjectionToken<BookQueries> = Symbol("BookQueries");
