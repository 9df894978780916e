import type { InjectionToken } from "tsyringe";
import type { Account, AccountInput } from "../domain/account.js";
import type { Adoption, AdoptionInput } from "../domain/adoption.js";
import type { CashInput, CashMovement, CashType } from "../domain/cash.js";
import type { DayTotals } from "../domain/daily.js";
import type { Epoch } from "../domain/epoch.js";
import type { InstantInput } from "../domain/instant.js";
import type { DecimalInput, Money } from "../domain/money.js";
import type { AccountSnapshot, PositionSnapshot, SnapshotType } from "../domain/snapshot.js";
import type { AccountTold } from "./broker.js";
import type { RowFilter } from "./services.js";

/** Where an account stands, and where each number comes from. */
export interface AccountSummary {
  readonly account: Account;
  /** The present epoch: how it began, and with which balance. */
  readonly epoch: Epoch;
  /** The epoch's opening balance + realised gross - known commissions - known fees + cash. */
  readonly balance: Money;
  /** Sums over the present epoch. */
  readonly totals: Omit<DayTotals, "tradingDay">;
  /** What cash movements of the epoch added, by type; a payout's is negative. */
  readonly cash: Readonly<Record<Exclude<CashType, "reset">, Money>>;
  /** The highest balance at the end of a day that is over; null while it is not known. */
  readonly highestEodBalance: Money | null;
  readonly openPositions: number;
  /** In the books, of any epoch: fills that stand for some that the broker has not told. */
  readonly syntheticFills: number;
  /** The facts it was adopted with. */
  readonly adoption: Adoption | null;
  /** The newest observation of the broker's balance beside ours. */
  readonly lastReport: AccountSnapshot | null;
}

/** `recorded` is new, `known` was told before and changed nothing. */
export interface AdoptionOutcome {
  readonly outcome: "recorded" | "known" | "corrected";
  readonly adoption: Adoption;
}

export interface CashOutcome {
  readonly outcome: "recorded" | "known" | "voided";
  readonly movement: CashMovement;
}

export interface DayOutcome {
  readonly outcome: "recorded" | "known";
  readonly snapshot: AccountSnapshot;
}

export interface SnapshotInput {
  readonly account: string;
  /** Default manual. */
  readonly type?: Exclude<SnapshotType, "eod">;
  /** Default now. */
  readonly at?: InstantInput;
  readonly unrealizedPnl?: DecimalInput | null;
  /** What the broker says the balance is: realised results less costs, without open positions. */
  readonly brokerBalance?: DecimalInput | null;
  /** Whether the broker says that the account may trade. */
  readonly brokerCanTrade?: boolean | null;
}

/** Which snapshots to show. What is left out does not filter. */
export interface SnapshotFilter extends Pick<RowFilter, "account" | "from" | "to" | "limit"> {
  readonly type?: SnapshotType;
  /** An epoch's number, or all of them; default the present one. */
  readonly epoch?: number | "all";
}

export interface AccountService {
  /**
   * Opens an account and retries what waited in quarantine for it. Opening it again with the same facts does
   * nothing. @throws BlotterError `conflict` when it exists with others
   */
  open(input: AccountInput): Promise<Account>;
  /** By id, then by exact name. @throws BlotterError `not_found`; `conflict` when the name is not unique */
  get(account: string): Promise<Account>;
  list(): Promise<readonly Account[]>;
  summary(account: string): Promise<AccountSummary>;
  /** The ledger days of an epoch (default the present one) or of all, oldest first. */
  days(account: string, epoch?: number | "all"): Promise<readonly DayTotals[]>;
  /** Oldest first; the last one is the present. */
  epochs(account: string): Promise<readonly Epoch[]>;

  /**
   * Begins the records of a running account at an instant: its balance and open lots are what it says, and
   * fills before it are kept as history that does not count. The same facts again change nothing.
   * @throws BlotterError `conflict` for other facts, unless it is a correction; `not_found`; `invalid`
   */
  adopt(input: AdoptionInput): Promise<AdoptionOutcome>;
  /** Records a payout, deposit, adjustment or reset. @throws BlotterError `conflict` for an id with other facts */
  recordCash(input: CashInput): Promise<CashOutcome>;
  /** Takes a mistaken movement out of the balance for good; it stays on record. @throws BlotterError `not_found` */
  voidCash(account: string, movementId: string, reason?: string): Promise<CashOutcome>;
  /** By instant; voided ones too with `all`. */
  cash(
    filter?: Pick<RowFilter, "account" | "from" | "to" | "limit">,
    all?: boolean,
  ): Promise<readonly CashMovement[]>;

  /** Records what is seen at a moment: our figures, and the broker's balance beside them where it is told. */
  recordSnapshot(input: SnapshotInput): Promise<AccountSnapshot>;
  /**
   * The broker said what the balance is, or whether the account may trade, now. Kept as an intraday snapshot beside
   * our balance, unless all is as it was at the last report. Told as `account.drift` when the balances begin or cease
   * to differ by a cent, or differ otherwise, and as `account.trading` when the account may not trade, or may again.
   */
  report(account: string, told: AccountTold): Promise<void>;
  /** By instant; end-of-day ones only of days that are over. */
  snapshots(filter?: SnapshotFilter): Promise<readonly AccountSnapshot[]>;
  /** Positions that were open at the ends of days, by instant. */
  positionSnapshots(filter?: RowFilter): Promise<readonly PositionSnapshot[]>;
  /**
   * Closes a trading day (default the newest that is over): a fact, with its end-of-day snapshot. Closing it
   * again changes nothing. @throws BlotterError `invalid` for a day that is not over
   */
  closeDay(account: string, day?: string): Promise<DayOutcome>;
}
export const AccountService: InjectionToken<AccountService> = Symbol("AccountService");

/** Closes trading days on its own: at 17:00 Chicago while it runs, and on start those that ended meanwhile. */
export interface EndOfDay {
  /** Closes what is due, then keeps doing so. */
  start(): void;
  /** Closes, for every account, each weekday and each day with activity that is over and not closed yet. */
  catchUp(): Promise<readonly DayOutcome[]>;
  /** Ends the schedule and waits for what is running. */
  stop(): Promise<void>;
}
export const EndOfDay: InjectionToken<EndOfDay> = Symbol("EndOfDay");
