import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import type { OrderIntent } from "../domain/order-intent.js";
import type { PositionExplanation, Reconciliation, SyncRun } from "../domain/reconciliation.js";

/** A stored mark and the contract whose price it is. */
export interface ContractMark extends Mark {
  readonly contractId: ContractId;
}

/** Marks that set a new extreme of an open position or of the account: facts. */
export interface MarkReads {
  /** By instant, then price; `before` excluded, null for the end. */
  ofContract(
    accountId: AccountId,
    contractId: ContractId,
    from: Instant,
    before: Instant | null,
  ): Promise<readonly Mark[]>;
  /** When the newest of a contract was seen; null when there is none. */
  newest(accountId: AccountId, contractId: ContractId): Promise<Instant | null>;
  /** Of all contracts, by instant, contract, price; at most `limit`. */
  ofAccount(
    accountId: AccountId,
    from: Instant,
    before: Instant | null,
    limit: number,
  ): Promise<readonly ContractMark[]>;
  /** In the same order, after a mark, at most `limit`. */
  page(
    accountId: AccountId,
    after: ContractMark | null,
    limit: number,
  ): Promise<readonly ContractMark[]>;
}
export interface MarkRepository extends MarkReads {
  /** Does nothing when it is there. */
  insert(accountId: AccountId, mark: ContractMark): Promise<void>;
}

export interface IntentReads {
  get(accountId: AccountId, customTag: string): Promise<OrderIntent | null>;
  /** Those that wait for the broker's word (sending, unknown), by creation instant, then tag. */
  open(accountId: AccountId): Promise<readonly OrderIntent[]>;
  /** Those since an instant that the broker may have taken, and of which no order has been heard; in no order. */
  unheard(accountId: AccountId, since: Instant): Promise<readonly OrderIntent[]>;
  /** All, by creation instant, then tag; the newest n with `newest`. */
  list(accountId: AccountId, newest?: number): Promise<readonly OrderIntent[]>;
}
export interface IntentRepository extends IntentReads {
  /** False, and nothing changed, when the account has an intent of that tag. */
  insert(intent: OrderIntent): Promise<boolean>;
  /** Writes state, order id, reason and instant. */
  settle(intent: OrderIntent): Promise<void>;
}

export interface ExplanationReads {
  /** Positions of a contract that real fills do not explain yet, oldest first. */
  missing(accountId: AccountId, contractId: ContractId): Promise<readonly PositionExplanation[]>;
  /** All of the account's, oldest first. */
  list(accountId: AccountId): Promise<readonly PositionExplanation[]>;
}
export interface ExplanationRepository extends ExplanationReads {
  /** Inserts, or replaces the row of the same contract and moment. */
  save(explanation: PositionExplanation): Promise<void>;
}

export interface SyncReads {
  /** Orders and fills before it have landed; null before the first comparison. */
  cursor(accountId: AccountId): Promise<Instant | null>;
  /** Newest first, at most `limit`. */
  runs(accountId: AccountId, limit: number): Promise<readonly SyncRun[]>;
  /** A difference by its id; null when it was never found. */
  difference(accountId: AccountId, differenceId: string): Promise<Reconciliation | null>;
  /** Those not healed (all with `all`), newest first, at most `limit`. */
  differences(
    accountId: AccountId,
    all: boolean,
    limit: number,
  ): Promise<readonly Reconciliation[]>;
}
export interface SyncRepository extends SyncReads {
  setCursor(accountId: AccountId, through: Instant): Promise<void>;
  /** Inserts, or replaces the row of the same run id. */
  saveRun(run: SyncRun): Promise<void>;
  /** Inserts, or counts one more of the same id and takes on whether it is healed. */
  putDifference(difference: Reconciliation): Promise<void>;
  /** Marks a difference that is no more. */
  healDifference(
    accountId: AccountId,
    differenceId: string,
    remedy: string,
    at: Instant,
  ): Promise<void>;
}
