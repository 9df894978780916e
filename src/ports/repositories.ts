import type { Account } from "../domain/account.js";
import type { Contract } from "../domain/contract.js";
import type { Fill } from "../domain/fill.js";
import type { FillVersion } from "../domain/fill-version.js";
import type { AccountId, ContractId, FillId, FillKey, OrderId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Execution, FillPlace, OpenLot } from "../domain/lot.js";
import type { Match } from "../domain/match.js";
import type { Money, Price } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import type { EntryOrder } from "../domain/performance/planned-risk.js";
import type { Position } from "../domain/position.js";
import type { Product } from "../domain/product.js";
import type { Trade } from "../domain/trade.js";
import type { TradingDay } from "../domain/trading-day.js";
import type {
  AdoptionReads,
  AdoptionRepository,
  CashReads,
  CashRepository,
  ClosingReads,
  ClosingRepository,
  PositionSnapshotReads,
  PositionSnapshotRepository,
  SnapshotReads,
  SnapshotRepository,
} from "./account-repositories.js";
import type {
  ExplanationReads,
  ExplanationRepository,
  IntentReads,
  IntentRepository,
  MarkReads,
  MarkRepository,
  SyncReads,
  SyncRepository,
} from "./broker-repositories.js";
import type { ComplianceReads, ComplianceRepository } from "./compliance-repositories.js";
import type { DayReads, DayRepository } from "./day-repositories.js";
import type { FeeReads, FeeRepository } from "./fees.js";
import type { MadeReads } from "./made-repositories.js";
import type { OutboxReads, OutboxRepository } from "./outbox-repository.js";
import type {
  AnnotationReads,
  AnnotationRepository,
  ResultReads,
  ResultRepository,
  ResultSumReads,
  ResultSumRepository,
} from "./performance-repositories.js";
import type { RowQuery } from "./row-query.js";
import type { TableReads, TableRepository } from "./tables.js";
import type { TradeQuery } from "./trade-query.js";

export interface AccountReads {
  /** Null when there is none. */
  get(id: AccountId): Promise<Account | null>;
  /** All accounts of that exact name, by id. */
  named(name: string): Promise<readonly Account[]>;
  /** By id. */
  list(): Promise<readonly Account[]>;
}
export interface AccountRepository extends AccountReads {
  /** False, and nothing changed, when the id exists. */
  insert(account: Account): Promise<boolean>;
}

export interface ContractReads {
  get(id: ContractId): Promise<Contract | null>;
  /** Contracts that were traded, by symbol. */
  list(): Promise<readonly Contract[]>;
  /** Products that a user added, by root. */
  products(): Promise<readonly Product[]>;
}
export interface ContractRepository extends ContractReads {
  /** Does nothing when the contract exists. */
  insert(contract: Contract): Promise<void>;
  setLastTradingDay(id: ContractId, day: TradingDay | null): Promise<void>;
  /** False, and nothing changed, when the root exists. */
  insertProduct(product: Product): Promise<boolean>;
}

/** A change of an order, also one that was refused. `eventKey` makes repeats one. */
export interface OrderEvent {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly eventKey: string;
  /** Only what changed: field -> [before, after]. */
  readonly changes: string;
  /** The status move that was refused, as "FILLED -> WORKING". */
  readonly refused: string | null;
  readonly source: string;
}

export interface OrderReads {
  get(accountId: AccountId, id: OrderId): Promise<Order | null>;
  /** By creation instant, then order id. */
  list(query: RowQuery): Promise<readonly Order[]>;
  /** By order id, after an id, at most `limit`. */
  page(accountId: AccountId, after: OrderId | null, limit: number): Promise<readonly Order[]>;
  /** In the order they were recorded. */
  events(accountId: AccountId, id: OrderId): Promise<readonly OrderEvent[]>;
  /** The order that carries a tag; the newest of several. Null when there is none. */
  tagged(accountId: AccountId, customTag: string): Promise<Order | null>;
  /** All orders that carry one of two tags, in no order. */
  taggedEither(accountId: AccountId, tag: string, other: string): Promise<readonly Order[]>;
  /** Orders whose parent an order is, in no order. */
  children(accountId: AccountId, parent: OrderId): Promise<readonly Order[]>;
  /** Pending and working ones, by creation instant, then order id. */
  working(accountId: AccountId): Promise<readonly Order[]>;
  /** What results take from their entry order; null when there is none. */
  entry(accountId: AccountId, id: OrderId): Promise<EntryOrder | null>;
  /** Orders whose linked stop loss an order is, in no order. */
  protectedBy(accountId: AccountId, stopLoss: OrderId): Promise<readonly OrderId[]>;
  /** Orders that the broker filled further than the fills we have, in the same order; at most `limit`. */
  withMissingFills(accountId: AccountId, limit: number): Promise<readonly Order[]>;
}
export interface OrderRepository extends OrderReads {
  insert(order: Order): Promise<void>;
  update(order: Order): Promise<void>;
  /** Of an order without fills that we made ourselves. */
  remove(accountId: AccountId, id: OrderId): Promise<void>;
  /** Writes only what an order takes from its fills: fewer columns, fewer indexes. */
  updateFromFills(order: Order): Promise<void>;
  addEvent(event: OrderEvent): Promise<void>;
}

export interface FillReads {
  get(accountId: AccountId, id: FillId, standIn: boolean): Promise<Fill | null>;
  /** All of the order's, in canonical order, whatever their state. */
  ofOrder(accountId: AccountId, id: OrderId): Promise<readonly Fill[]>;
  /** Booked fills in canonical order; all states with `all`. */
  list(query: RowQuery, all?: boolean): Promise<readonly Fill[]>;
  /** Booked fills of a contract as matching sees them, in canonical order, at most `limit`. */
  executions(range: ExecutionRange): Promise<readonly Execution[]>;
  /** Every version but the first of an undisputed fill, oldest revision first. */
  versions(accountId: AccountId, id: FillId, standIn: boolean): Promise<readonly FillVersion[]>;
  /** Fills in any state, in canonical order, after a place, at most `limit`. */
  page(accountId: AccountId, after: FillPlace | null, limit: number): Promise<readonly Fill[]>;
  /** Contracts with booked fills. */
  contracts(accountId: AccountId): Promise<readonly ContractId[]>;
  /** Fills of an interrupted import that are not in the books yet, in canonical order, at most `limit`. */
  unmatched(accountId: AccountId, limit: number): Promise<readonly Fill[]>;
  countUnmatched(accountId: AccountId): Promise<number>;
}
export interface ExecutionRange {
  readonly accountId: AccountId;
  readonly contractId: ContractId;
  /** The first place that may come; null for the beginning. */
  readonly from?: FillPlace | null;
  /** The places after this one; null for the beginning. */
  readonly after?: FillPlace | null;
  /** The places before this one; null for the end. */
  readonly before?: FillPlace | null;
  readonly limit: number;
}
export interface FillRepository extends FillReads {
  insert(fill: Fill): Promise<void>;
  update(fill: Fill): Promise<void>;
  /** Of a fill that we made ourselves; its versions stay. */
  remove(fill: Fill): Promise<void>;
  addVersion(version: FillVersion): Promise<void>;
}

export interface LotReads {
  /** Oldest first. */
  of(accountId: AccountId, contractId: ContractId): Promise<readonly OpenLot[]>;
  /** Lots left of fills; every lot of the account, by contract, oldest first. */
  list(accountId: AccountId): Promise<readonly (OpenLot & { readonly contractId: ContractId })[]>;
}
export interface LotRepository extends LotReads {
  save(accountId: AccountId, contractId: ContractId, lot: OpenLot): Promise<void>;
  remove(accountId: AccountId, contractId: ContractId, key: FillKey): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}

export interface MatchReads {
  /** In canonical order. */
  list(query: RowQuery): Promise<readonly Match[]>;
  /** In no order. */
  ofPosition(accountId: AccountId, positionId: string): Promise<readonly Match[]>;
  /** Those between one entry order and one exit order of a position, in no order. */
  ofTrade(
    accountId: AccountId,
    positionId: string,
    entry: OrderId,
    exit: OrderId,
  ): Promise<readonly Match[]>;
  /** Those that one fill closed. */
  ofExit(accountId: AccountId, exit: FillPlace): Promise<readonly Match[]>;
  /** The last match of a position whose exit lies before a place. */
  lastBefore(accountId: AccountId, positionId: string, place: FillPlace): Promise<Match | null>;
  count(accountId: AccountId): Promise<number>;
}
export interface MatchRepository extends MatchReads {
  insert(match: Match, plannedRisk: Money | null): Promise<void>;
  remove(match: Match): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}

export interface TradeReads {
  get(accountId: AccountId, tradeId: string): Promise<Trade | null>;
  /** In canonical order, or that of `rank`. */
  list(query: TradeQuery): Promise<readonly Trade[]>;
  ofPosition(accountId: AccountId, positionId: string): Promise<readonly Trade[]>;
  /** Those entered by an order, in no order. */
  ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly Trade[]>;
  count(accountId: AccountId): Promise<number>;
}
export interface TradeRepository extends TradeReads {
  /** Inserts, or replaces the row of the same trade id. */
  save(trade: Trade, plannedRisk: Money | null): Promise<void>;
  remove(accountId: AccountId, tradeId: string): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}

/** What an open position was worth at the newest price that was seen of it. */
export interface PositionPrice {
  readonly positionId: string;
  readonly currentPrice: Price;
  /** US dollars over the lots that were open then. */
  readonly unrealizedPnl: Money;
  readonly markedAt: Instant;
}

/** What was seen of a position, as no fill says it: its price while it is open, and what the broker calls it. */
export interface PositionObservation {
  readonly positionId: string;
  readonly brokerPositionId: string | null;
  readonly currentPrice: Price | null;
  readonly unrealizedPnl: Money | null;
  readonly markedAt: Instant | null;
}

export interface PositionReads {
  get(accountId: AccountId, positionId: string): Promise<Position | null>;
  /** The newest position of a contract that was opened before a place; null for the first. */
  lastOpened(
    accountId: AccountId,
    contractId: ContractId,
    before: FillPlace | null,
  ): Promise<Position | null>;
  /** Open ones by opening instant, closed ones in canonical order. */
  list(query: RowQuery, status: Position["status"]): Promise<readonly Position[]>;
  count(accountId: AccountId): Promise<number>;
  /** Of open positions that a price was seen of, by opening instant. */
  prices(
    accountId: AccountId,
  ): Promise<readonly (PositionPrice & { readonly contractId: ContractId })[]>;
  /** Of all positions of which anything was seen, in no order. */
  observed(accountId: AccountId): Promise<readonly PositionObservation[]>;
}
export interface PositionRepository extends PositionReads {
  /**
   * Writes what a position is worth: an observation, which no fill and no rebuild changes. A newer one stays: a price
   * that comes late is not the present one.
   */
  mark(accountId: AccountId, price: PositionPrice): Promise<void>;
  setBrokerId(accountId: AccountId, positionId: string, brokerId: string): Promise<void>;
  /** Writes what was seen before the rows were made anew; what is closed by now keeps no price. */
  observe(accountId: AccountId, observation: PositionObservation): Promise<void>;
  /** @param plannedRisk null while it is open, too */
  insert(position: Position, plannedRisk: Money | null): Promise<void>;
  /** Writes what changes while a position lives; who it is and where it began stay. */
  update(position: Position, plannedRisk: Money | null): Promise<void>;
  /** Writes all that fills say of a position: one whose first fill is another than it was. */
  replace(position: Position, plannedRisk: Money | null): Promise<void>;
  remove(accountId: AccountId, positionId: string): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
  /** Those entered by an order, open and closed, in no order. */
  ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly Position[]>;
  /** An order learnt its strategy: everything entered by it takes it on. */
  setStrategy(accountId: AccountId, entry: OrderId, strategy: string | null): Promise<void>;
}

export const QUARANTINE_REASONS = [
  "unknown_contract",
  "unknown_account",
  "conflict",
  "invalid",
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Something that was told and could not be booked. Equal payloads are one row with a count. */
export interface QuarantineEntry {
  readonly quarantineId: string;
  readonly accountId: string | null;
  readonly reason: QuarantineReason;
  readonly message: string;
  readonly source: string;
  /** What kind of report it is, so that it can be tried again; null when it could not be read at all. */
  readonly kind: "order" | "fill" | "correction" | null;
  /** JSON text, the first 8 KB. */
  readonly payload: string;
  /** Length of the whole payload in characters. */
  readonly payloadLength: number;
  readonly count: number;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly status: "waiting" | "resolved" | "discarded";
}

export interface QuarantineReads {
  get(id: string): Promise<QuarantineEntry | null>;
  /** Waiting ones (all with `all`), oldest first, at most `limit`. */
  list(all: boolean, limit: number): Promise<readonly QuarantineEntry[]>;
  countWaiting(): Promise<number>;
}
export interface QuarantineRepository extends QuarantineReads {
  /** Inserts, or counts one more of the same id. */
  put(entry: QuarantineEntry): Promise<void>;
  setStatus(id: string, status: QuarantineEntry["status"]): Promise<void>;
}

export interface ReadRepositories {
  readonly accounts: AccountReads;
  readonly contracts: ContractReads;
  readonly orders: OrderReads;
  readonly fills: FillReads;
  readonly lots: LotReads;
  readonly marks: MarkReads;
  readonly matches: MatchReads;
  readonly trades: TradeReads;
  readonly positions: PositionReads;
  readonly days: DayReads;
  readonly intents: IntentReads;
  readonly explanations: ExplanationReads;
  readonly sync: SyncReads;
  readonly cash: CashReads;
  readonly adoptions: AdoptionReads;
  readonly closings: ClosingReads;
  readonly compliance: ComplianceReads;
  readonly snapshots: SnapshotReads;
  readonly positionSnapshots: PositionSnapshotReads;
  readonly sums: ResultSumReads;
  readonly results: ResultReads;
  readonly made: MadeReads;
  readonly annotations: AnnotationReads;
  readonly quarantine: QuarantineReads;
  readonly outbox: OutboxReads;
  readonly fees: FeeReads;
  readonly tables: TableReads;
}

export interface Repositories extends ReadRepositories {
  readonly accounts: AccountRepository;
  readonly contracts: ContractRepository;
  readonly orders: OrderRepository;
  readonly fills: FillRepository;
  readonly lots: LotRepository;
  readonly marks: MarkRepository;
  readonly matches: MatchRepository;
  readonly trades: TradeRepository;
  readonly positions: PositionRepository;
  readonly days: DayRepository;
  readonly intents: IntentRepository;
  readonly explanations: ExplanationRepository;
  readonly sync: SyncRepository;
  readonly cash: CashRepository;
  readonly adoptions: AdoptionRepository;
  readonly closings: ClosingRepository;
  readonly compliance: ComplianceRepository;
  readonly snapshots: SnapshotRepository;
  readonly positionSnapshots: PositionSnapshotRepository;
  readonly results: ResultRepository;
  readonly sums: ResultSumRepository;
  readonly annotations: AnnotationRepository;
  readonly quarantine: QuarantineRepository;
  readonly outbox: OutboxRepository;
  readonly fees: FeeRepository;
  readonly tables: TableRepository;
}
