import type { Adoption } from "../domain/adoption.js";
import type { CashMovement } from "../domain/cash.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type {
  AccountSnapshot,
  DayClosing,
  PositionSnapshot,
  SnapshotType,
} from "../domain/snapshot.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { RowQuery } from "./row-query.js";

/** Rows of one account that are of no contract. */
export type MomentQuery = Omit<RowQuery, "contractIds" | "strategy">;

/** What of a movement matters to the balance. */
export type CashEntry = Pick<CashMovement, "accountId" | "type" | "amount" | "at">;

export interface CashReads {
  get(accountId: AccountId, movementId: string): Promise<CashMovement | null>;
  /** By instant, then id; also the voided ones. */
  list(query: MomentQuery): Promise<readonly CashMovement[]>;
  /** Resets that count, by instant, then id. */
  resets(accountId: AccountId): Promise<readonly CashMovement[]>;
  /** Those that count, of several accounts, up to before an instant (null: the end), in no order. */
  entries(accountIds: readonly AccountId[], to: Instant | null): Promise<readonly CashEntry[]>;
}
export interface CashRepository extends CashReads {
  insert(movement: CashMovement): Promise<void>;
  /** Writes that it was voided, and its checksum. */
  void(movement: CashMovement): Promise<void>;
}

/** What an adopted account begins with. */
export type AdoptedOpening = Pick<Adoption, "accountId" | "at" | "balance">;

export interface AdoptionReads {
  /** The one that counts: the highest revision; null when the account was never adopted. */
  current(accountId: AccountId): Promise<Adoption | null>;
  /** The instant of the one that counts. */
  instant(accountId: AccountId): Promise<Instant | null>;
  /** Of those of several accounts that were adopted, the one that counts; in no order. */
  openings(accountIds: readonly AccountId[]): Promise<readonly AdoptedOpening[]>;
  /** By revision. */
  list(accountId: AccountId): Promise<readonly Adoption[]>;
}
export interface AdoptionRepository extends AdoptionReads {
  insert(adoption: Adoption): Promise<void>;
}

export interface ClosingReads {
  get(accountId: AccountId, day: TradingDay): Promise<DayClosing | null>;
  /** Closed days from a day on (all for null), oldest first. */
  list(accountId: AccountId, from: TradingDay | null): Promise<readonly DayClosing[]>;
  /** The newest closed day. */
  last(accountId: AccountId): Promise<DayClosing | null>;
}
export interface ClosingRepository extends ClosingReads {
  /** False, and nothing changed, when the day is closed already. */
  insert(closing: DayClosing): Promise<boolean>;
}

/** Snapshots of one account, by instant, then type. What is left out does not filter. */
export interface SnapshotQuery extends MomentQuery {
  readonly type?: SnapshotType;
  readonly epoch?: number;
}

export interface SnapshotReads {
  get(accountId: AccountId, at: Instant, type: SnapshotType): Promise<AccountSnapshot | null>;
  list(query: SnapshotQuery): Promise<readonly AccountSnapshot[]>;
  /** The two newest end-of-day ones, newest first: the present figures, and those at the start of that day. */
  lastEods(accountId: AccountId): Promise<readonly AccountSnapshot[]>;
  /** The newest end-of-day one at or before an instant. */
  eodUpTo(accountId: AccountId, at: Instant): Promise<AccountSnapshot | null>;
  /** The newest observation that has the broker's balance. */
  lastReport(accountId: AccountId): Promise<AccountSnapshot | null>;
  /** The newest up to an instant in which the broker told whether the account may trade; null when it never did. */
  lastWord(accountId: AccountId, upTo: Instant): Promise<AccountSnapshot | null>;
}
export interface SnapshotRepository extends SnapshotReads {
  /** Inserts, or replaces the row of the same instant and type. */
  save(snapshot: AccountSnapshot): Promise<void>;
  /** Writes the figures of a row that is there, and nothing else: fewer columns, no index. */
  move(snapshot: AccountSnapshot): Promise<void>;
  remove(accountId: AccountId, at: Instant, type: SnapshotType): Promise<void>;
  /** Removes the derived ones. */
  clearEods(accountId: AccountId): Promise<void>;
}

export interface PositionSnapshotReads {
  /** By instant, then position id. */
  list(query: Omit<RowQuery, "strategy">): Promise<readonly PositionSnapshot[]>;
}
export interface PositionSnapshotRepository extends PositionSnapshotReads {
  /** Inserts, or replaces the row of the same instant and position. */
  save(snapshot: PositionSnapshot): Promise<void>;
  remove(accountId: AccountId, at: Instant, positionId: string): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}
