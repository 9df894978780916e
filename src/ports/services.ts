import type { InjectionToken } from "tsyringe";
import type { Account } from "../domain/account.js";
import type { Contract } from "../domain/contract.js";
import type { EndedPosition, SettlementInput } from "../domain/expiry.js";
import type { Fill, FillInput } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import type { InstantInput } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import type { Match } from "../domain/match.js";
import type { Order, OrderInput } from "../domain/order.js";
import type { OrderIntent, OrderIntentInput } from "../domain/order-intent.js";
import type { Position } from "../domain/position.js";
import type { Product, ProductInput } from "../domain/product.js";
import type { AccountSnapshot } from "../domain/snapshot.js";
import type { Trade } from "../domain/trade.js";
import type { BrokerEvent, FileFormat } from "./broker.js";
import type { RecordedEvent } from "./events.js";
import type { SendOrder, ToldTags } from "./order-submission.js";
import type { OrderEvent, PositionPrice, QuarantineEntry, Repositories } from "./repositories.js";
import type { WrittenFilter } from "./written-filter.js";

/** Which rows to show. What is left out does not filter. */
export interface RowFilter {
  /** An account's id, or its exact name. */
  readonly account?: string;
  /** A symbol (MNQU26), a contract id, or a root (MNQ). */
  readonly symbol?: string;
  readonly strategy?: string;
  /** Inclusive; on the row's own instant (created, executed, exit, opened). */
  readonly from?: InstantInput;
  /** Exclusive. */
  readonly to?: InstantInput;
  /** Only the newest n, still in canonical order. */
  readonly limit?: number;
}

/** Which closed matches, trades or positions to list. */
export interface ClosedFilter extends RowFilter, WrittenFilter {}

/** What became of a report. */
export interface Outcome {
  /**
   * - `recorded`    new, and in the books
   * - `known`       told before; nothing happened
   * - `changed`     an order moved on, or a fact that was unknown became known
   * - `corrected`   a higher revision replaced what was booked
   * - `voided`      the fill counts no longer (or never will, when the void came first)
   * - `held`        kept, but does not count yet (a stand-in still does, or the fill itself is yet to come)
   * - `quarantined` contradicts what is booked; settled by a reconciliation
   */
  readonly outcome:
    | "recorded"
    | "known"
    | "changed"
    | "corrected"
    | "voided"
    | "held"
    | "quarantined";
}

export interface OrderOutcome extends Outcome {
  readonly order: Order;
  /** The status move that was refused, as "FILLED -> WORKING". */
  readonly refused: string | null;
}

export interface FillOutcome extends Outcome {
  /** The fill as it now stands; null while only a void or a correction of it is known. */
  readonly fill: Fill | null;
  /** Trades made or changed, and the ids of those that are no more. */
  readonly trades: readonly Trade[];
  readonly removedTrades: readonly string[];
  /** The position of the fill's contract as it now stands; null when there never was one. */
  readonly position: Position | null;
  /** With `quarantined`: the fields that contradict. */
  readonly conflict: readonly string[];
}

export interface FillVoid {
  readonly accountId: string;
  readonly fillId: string;
  readonly reason?: string;
  readonly source?: string;
}

/** What a broker restated about a fill; what is left out stays. */
export interface FillCorrection
  extends FillVoid,
    Partial<
      Omit<FillInput, "accountId" | "fillId" | "source" | "voided" | "standIn" | "revision">
    > {
  /** A whole number from 1, or the instant the correction was made. The highest wins, whenever it comes. */
  readonly revision: number | InstantInput;
}

/** Orders and fills: the only facts; everything else follows from them in the same transaction. */
export interface OrderService {
  /**
   * Records an order or an update of one. Updates may come late, twice and in any order.
   * @throws BlotterError `not_found` for an unknown account or contract; `invalid` for what cannot be.
   */
  recordOrder(input: OrderInput): Promise<OrderOutcome>;
  /**
   * Records a fill with all its effects: order, lots, matches, trades, position, day, outbox. Before its order,
   * late, or told twice: the books end the same.
   * @throws BlotterError `not_found` for an unknown account or contract; `invalid` for what cannot be.
   */
  recordFill(input: FillInput): Promise<FillOutcome>;
  /** Takes a fill back for good, also one that has not come yet. @throws as `recordFill` */
  voidFill(input: FillVoid): Promise<FillOutcome>;
  /** Replaces what a fill said, also one that has not come yet. @throws as `recordFill` */
  correctFill(input: FillCorrection): Promise<FillOutcome>;
  /**
   * Sends an order, exactly once: the intent is on disk before `send` is called. An error of `send` that tells that
   * the broker refused (a BlotterError `invalid`) makes it `rejected`; any other leaves it `unknown`, because the
   * broker may have it, until `settleIntents` has asked. A tag that was submitted before is not sent again: its
   * intent comes back as it stands.
   *
   * @throws BlotterError `not_found` for an unknown account or contract; `invalid` for what cannot be; `conflict`
   *   when another order was submitted under the tag
   */
  submit(input: OrderIntentInput, send: SendOrder): Promise<OrderIntent>;
  /** Orders that were submitted, by the moment they were. */
  intents(account?: string): Promise<readonly OrderIntent[]>;
  /**
   * Settles intents that are sending or unknown by what the broker says of their tags: an order that carries the tag
   * was accepted. The others were never sent, if `all` orders since the intent were told.
   */
  settleIntents(account: string, told: ToldTags): Promise<readonly OrderIntent[]>;
  /**
   * Closes what is open of a contract that has ended, at its settlement price: one fill of origin `settlement`.
   * @throws BlotterError `invalid` when nothing is open; as `recordFill`
   */
  settleContract(input: SettlementInput): Promise<FillOutcome>;

  /** Null when there is none. @throws BlotterError `not_found` for an unknown account */
  order(account: string, orderId: string): Promise<Order | null>;
  orderEvents(account: string, orderId: string): Promise<readonly OrderEvent[]>;
  orders(filter?: RowFilter): Promise<readonly Order[]>;
  /** Booked fills; with `all`, also the void, held and withdrawn ones. */
  fills(filter?: RowFilter, all?: boolean): Promise<readonly Fill[]>;
  /** Orders that the broker may still fill: pending and working ones. */
  workingOrders(account?: string): Promise<readonly Order[]>;
  /** Orders that the broker filled further than our fills explain; at most 1,000 an account. */
  ordersWithMissingFills(account?: string): Promise<readonly Order[]>;
}
export const OrderService: InjectionToken<OrderService> = Symbol("OrderService");

/** A fill before and after a change of the facts; null is "not in the books". */
export interface FillChange {
  readonly before: Fill | null;
  readonly after: Fill | null;
  /** The strategy of the fill's order. */
  readonly strategy: string | null;
}

/** What a change of the facts did to the derived rows. */
export interface Consolidation {
  readonly trades: readonly Trade[];
  readonly removedTrades: readonly Trade[];
  readonly position: Position | null;
  /** Snapshots of closed days that a late change restated, oldest first. */
  readonly restatedDays: readonly AccountSnapshot[];
  /** True when a late fill, a void or a correction changed matches that were there. */
  readonly restated: boolean;
}

export interface RebuildReport {
  readonly accounts: number;
  readonly fills: number;
  readonly matches: number;
  readonly trades: number;
  readonly positions: number;
}

/** A derived row, or a fact's checksum, that is not what it should be. */
export interface Difference {
  readonly accountId: AccountId;
  readonly table: string;
  readonly key: string;
  /** JSON of the stored and of the rebuilt row; null when there is none. */
  readonly stored: string | null;
  readonly rebuilt: string | null;
}

/** FIFO per account and contract; never across contracts, never by day. */
export interface TradeConsolidator {
  /** Brings the derived rows of one contract up to date with changed fills, inside the caller's unit of work. */
  consolidate(
    accountId: AccountId,
    contract: Contract,
    changes: readonly FillChange[],
    repos: Repositories,
  ): Promise<Consolidation>;
  /**
   * A price was seen in the market. Stores it when it is a new extreme of an open lot, or with `keep`, and widens
   * MAE and MFE; also late. Null when nothing was stored.
   */
  see(
    accountId: AccountId,
    contract: Contract,
    mark: Mark,
    repos: Repositories,
    keep?: boolean,
  ): Promise<Consolidation | null>;
  /** Recomputes all derived rows from the fills. @throws BlotterError `not_found` for an unknown account */
  rebuild(account?: string): Promise<RebuildReport>;
  /** Compares every derived row with one rebuilt in memory, and every fact with its checksum. */
  verify(account?: string): Promise<readonly Difference[]>;

  /** Fills of a cut-off import that are not in the books: import the file again to finish it. */
  countUnmatched(): Promise<number>;

  matches(filter?: ClosedFilter): Promise<readonly Match[]>;
  trades(filter?: ClosedFilter): Promise<readonly Trade[]>;
}
export const TradeConsolidator: InjectionToken<TradeConsolidator> = Symbol("TradeConsolidator");

export interface ValuedPosition {
  readonly position: Position;
  /** Over the lots that are open now. */
  readonly price: PositionPrice | null;
}

export interface PositionService {
  /** Open positions, by opening instant. */
  open(filter?: RowFilter): Promise<readonly Position[]>;
  /** The same, with what each is worth at the newest price seen of it; null where none was. */
  valued(filter?: RowFilter): Promise<readonly ValuedPosition[]>;
  /** Open positions of contracts that have ended: what settled them is not in the books. Default: now. */
  ended(filter?: RowFilter, at?: InstantInput): Promise<readonly EndedPosition[]>;
  /** Closed ones, flat to flat, in canonical order. */
  closed(filter?: ClosedFilter): Promise<readonly Position[]>;
  /** Signed contracts held now; 0 when flat. @throws BlotterError `not_found` for an unknown account or contract */
  netQuantity(account: string, contract: string): Promise<number>;
}
export const PositionService: InjectionToken<PositionService> = Symbol("PositionService");

export interface ContractService {
  /** Finds or makes the contract a text names. @throws BlotterError `not_found` for an unknown product */
  resolve(text: string, at: InstantInput): Promise<Contract>;
  /**
   * Adds a product and retries what waited in quarantine for it. Adding the same again does nothing.
   * @throws BlotterError `conflict` when the root or code is known with other figures
   */
  add(input: ProductInput): Promise<Product>;
  /**
   * Says which day is the last one that a contract trades (YYYY-MM-DD, in the exchange's sessions).
   * @throws BlotterError `not_found` for an unknown product; `invalid` for no day
   */
  expire(contract: string, day: string): Promise<Contract>;
  /** Listed products and added ones, by root. */
  products(): Promise<readonly Product[]>;
  /** Contracts that were traded, by symbol. */
  contracts(): Promise<readonly Contract[]>;
}
export const ContractService: InjectionToken<ContractService> = Symbol("ContractService");

/** The way in for a live bot: hand over what the broker said, whenever it says it. */
export interface BrokerIntake {
  /**
   * Records an event. What makes no sense, or is of an account or contract nobody knows, goes to quarantine
   * with its reason, and the stream goes on.
   */
  handle(event: BrokerEvent): Promise<Outcome>;
}
export const BrokerIntake: InjectionToken<BrokerIntake> = Symbol("BrokerIntake");

export interface QuarantineRetry {
  readonly resolved: number;
  readonly stillWaiting: number;
}

export interface QuarantineService {
  list(all?: boolean): Promise<readonly QuarantineEntry[]>;
  /** @throws BlotterError `not_found` */
  get(id: string): Promise<QuarantineEntry>;
  /** Tries one entry, or all that wait, again. */
  retry(id?: string): Promise<QuarantineRetry>;
  /** Gives an entry up; it stays on record. @throws BlotterError `not_found` */
  discard(id: string): Promise<void>;
}
export const QuarantineService: InjectionToken<QuarantineService> = Symbol("QuarantineService");

/** A file to import: a name for messages, and its text, which may be asked for more than once. */
export interface ImportFile {
  readonly name: string;
  open(): AsyncIterable<string>;
}

export interface ImportOptions {
  /** Take every row as of this account, whatever account the file names. */
  readonly account?: string;
  /** For accounts that the store lacks: default practice. */
  readonly accountType?: string;
  /** For accounts that the store lacks: default 0. */
  readonly startingBalance?: string | number;
  /** Quarantine bad rows and take the rest, instead of refusing the file. */
  readonly keepGoing?: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly step: "reading" | "writing" | "matching";
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

export interface ImportReport {
  readonly rows: number;
  readonly orders: ImportCounts;
  readonly fills: ImportCounts;
  readonly quarantined: number;
  /**
   * Rows that told an account's balance or whether it may trade. That was so when they were sent, which they do not
   * say: none of it was taken.
   */
  readonly accountReportsLeftOut: number;
  /** Accounts that were opened for this import. */
  readonly openedAccounts: readonly Account[];
  /** Fills whose broker told a gross P&L, and those where it differs from ours. */
  readonly brokerPnl: { readonly compared: number; readonly different: readonly PnlDifference[] };
}

export interface ImportCounts {
  readonly new: number;
  readonly known: number;
  readonly changed: number;
}

export interface PnlDifference {
  readonly accountId: AccountId;
  readonly fillId: string;
  readonly broker: string;
  readonly ours: string;
}

/** Broker files into the books: validated whole before the first write, idempotent, in any order. */
export interface FileImporter {
  /**
   * Imports files of one format.
   * @throws BlotterError `invalid` naming file, row and column of the first bad rows (unless `keepGoing`);
   *   nothing is then written.
   */
  import(
    format: FileFormat,
    files: readonly ImportFile[],
    options?: ImportOptions,
  ): Promise<ImportReport>;
}
export const FileImporter: InjectionToken<FileImporter> = Symbol("FileImporter");

/** Hears what happened, after it was committed; at least once, in order per account, also after a crash. */
export interface EventSubscriptions {
  /**
   * @param consumer a stable name: its cursor lives in the store, so that a restart goes on where it stopped
   * @param handler may write; when it throws, the event is delivered again later, and nothing else changes
   */
  subscribe(
    consumer: string,
    handler: (event: RecordedEvent) => void | Promise<void>,
    options?: SubscribeOptions,
  ): Subscription;
  /** Resolves once everything committed so far has been delivered, or tried. */
  drain(): Promise<void>;
}
export const EventSubscriptions: InjectionToken<EventSubscriptions> = Symbol("EventSubscriptions");

export interface SubscribeOptions {
  /**
   * Where a consumer without a cursor starts: with all that is kept, or with what is committed from the call
   * of `subscribe` on. Default "now".
   */
  readonly from?: "start" | "now";
  /** A handler's error; without it, errors go to the process's warnings. */
  readonly onError?: (error: unknown, event: RecordedEvent) => void;
}

export interface Subscription {
  /** Stops delivery once the running handler is done. */
  unsubscribe(): Promise<void>;
}
