import type { AccountId, ContractId, FillId } from "./ids.js";
import type { Instant } from "./instant.js";
import type { Price } from "./money.js";

/** Why the books were compared with the broker. */
export const SYNC_REASONS = ["start", "reconnect", "schedule", "manual", "file"] as const;
export type SyncReason = (typeof SYNC_REASONS)[number];

/** One comparison of an account with its broker, from its first question on. */
export interface SyncRun {
  readonly accountId: AccountId;
  readonly runId: string;
  readonly reason: SyncReason;
  /** `interrupted`: stopped on request; what landed stays, and the next run goes on from there. */
  readonly state: "running" | "complete" | "interrupted" | "failed";
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** The history that was asked for; `throughAt` excluded. */
  readonly fromAt: Instant | null;
  readonly throughAt: Instant | null;
  /** While the stream was away; null when it was not. */
  readonly gapFrom: Instant | null;
  readonly gapTo: Instant | null;
  readonly newOrders: number;
  readonly changedOrders: number;
  readonly newFills: number;
  readonly changedFills: number;
  /** Differences that were found, healed or not. */
  readonly differences: number;
  readonly message: string | null;
}

/**
 * How our books and the broker's differ.
 * - `missing_order`, `missing_fill`      the broker has it, we do not
 * - `changed_order`, `changed_fill`      both have it, with other content
 * - `voided_fill`                        the broker took it back
 * - `unknown_order`, `unknown_fill`      we have it, and the broker's history of its time does not
 * - `conflicting_fill`                   told differently without a revision, settled by this comparison
 * - `unreadable_row`                     a row of the broker that makes no sense
 * - `position`, `balance`                what is held, and the money, are not the same
 */
export const DIFFERENCE_KINDS = [
  "missing_order",
  "missing_fill",
  "changed_order",
  "changed_fill",
  "voided_fill",
  "unknown_order",
  "unknown_fill",
  "conflicting_fill",
  "unreadable_row",
  "position",
  "balance",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** A difference as one comparison found it. */
export interface FoundDifference {
  readonly kind: DifferenceKind;
  /** Of what: a fill's or an order's id, a contract id, or the account id. */
  readonly subject: string;
  /** JSON; null where there is nothing. */
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly healed: boolean;
  /** What healed it, or what a person can do. */
  readonly remedy: string | null;
}

/** A difference on record. Found again, it is counted; gone, it is marked as healed. */
export interface Reconciliation extends FoundDifference {
  readonly accountId: AccountId;
  readonly differenceId: string;
  /** The run that found it first. */
  readonly runId: string;
  readonly count: number;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly healedAt: Instant | null;
}

/** The fill that stands for contracts of a broker's position that no fill of the broker explains. */
export interface PositionExplanation {
  readonly accountId: AccountId;
  readonly contractId: ContractId;
  /** When the broker was asked: fills up to then can explain it. */
  readonly asOf: Instant;
  /** Signed contracts that are not explained; 0 when all are. */
  readonly missing: number;
  /** The broker's average price. */
  readonly price: Price;
  readonly openedAt: Instant;
  readonly fillId: FillId;
  /** When real fills explained the position. */
  readonly explainedAt: Instant | null;
}
