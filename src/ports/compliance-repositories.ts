import type { ComplianceEntry } from "../domain/compliance/log.js";
import type { ComplianceState } from "../domain/compliance/state.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Money } from "../domain/money.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { MomentQuery } from "./account-repositories.js";

/** A rule set that an account is under from a trading day on. */
export interface RuleAssignment {
  readonly accountId: AccountId;
  readonly validFrom: TradingDay;
  /** Of the preset, or of the file. */
  readonly name: string;
  /** JSON. */
  readonly document: string;
  readonly createdAt: Instant;
}

/** What rules need to know of an account on one trading day with events. */
export interface ComplianceDay {
  readonly accountId: AccountId;
  readonly tradingDay: TradingDay;
  /** Before its first event. */
  readonly opening: ComplianceState;
  /** After its last event so far. */
  readonly state: ComplianceState;
  readonly floor: Money | null;
}

/** Log rows of one account. What is left out does not filter. */
export interface ComplianceQuery extends MomentQuery {
  readonly severity?: ComplianceEntry["severity"];
}

export interface ComplianceReads {
  /** By the day from which they hold; of one day, the one set last counts and comes last. */
  rules(accountId: AccountId): Promise<readonly RuleAssignment[]>;
  /** The newest day, or the newest up to a day; null when there is none. */
  day(accountId: AccountId, upTo: TradingDay | null): Promise<ComplianceDay | null>;
  /** Oldest first. */
  days(accountId: AccountId): Promise<readonly ComplianceDay[]>;
  /** The log by instant, then in the order it was written. */
  log(query: ComplianceQuery): Promise<readonly ComplianceEntry[]>;
  /** Rows about trading days from one on, in the order they were written. */
  logFrom(accountId: AccountId, day: TradingDay): Promise<readonly ComplianceEntry[]>;
  /** Null when there is none. */
  entry(accountId: AccountId, eventKey: string): Promise<ComplianceEntry | null>;
  /** Violations whose lock ends after an instant and that nobody lifted until then, in the order they were written. */
  locks(accountId: AccountId, after: Instant): Promise<readonly ComplianceEntry[]>;
  /** All locks that people lifted, in no order. */
  lifts(accountId: AccountId): Promise<readonly LiftedLock[]>;
}
/** When a person lifted the lock of an entry. */
export interface LiftedLock {
  readonly at: Instant;
  readonly entry: ComplianceEntry;
}
export interface ComplianceRepository extends ComplianceReads {
  addRules(rules: RuleAssignment): Promise<void>;
  /** Inserts, or replaces the row of the same day. */
  saveDay(day: ComplianceDay): Promise<void>;
  /** Removes the days from one on; all for null. */
  clearDays(accountId: AccountId, from: TradingDay | null): Promise<void>;
  append(entry: ComplianceEntry): Promise<void>;
}
