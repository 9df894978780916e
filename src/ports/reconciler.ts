import type { InjectionToken } from "tsyringe";
import type { Instant, InstantInput } from "../domain/instant.js";
import type { OrderIntent } from "../domain/order-intent.js";
import type {
  FoundDifference,
  Reconciliation,
  SyncReason,
  SyncRun,
} from "../domain/reconciliation.js";
import type { BrokerEvent, BrokerPosition } from "./broker.js";
import type { BrokerAccount } from "./broker-client.js";
import type { ImportFile } from "./services.js";

export interface SyncOptions {
  /** Default manual. */
  readonly reason?: SyncReason;
  /**
   * - `nothing`     compare only: the books stay as they are
   * - `rows`        take what the broker's history tells (default)
   * - `everything`  and explain positions that no fill explains by a synthetic fill
   */
  readonly heal?: "nothing" | "rows" | "everything";
  /** Ask for the history from here on. Default: from where the last comparison ended, with a day's overlap. */
  readonly from?: InstantInput;
  /** While the stream was away. */
  readonly gap?: { readonly from: Instant | InstantInput; readonly to: Instant | InstantInput };
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Stops between two steps; what landed stays, and the next comparison goes on from there. */
  readonly signal?: AbortSignal;
}

export interface SyncProgress {
  readonly from: Instant;
  /** History before this has landed. */
  readonly through: Instant;
  readonly until: Instant;
  readonly orders: number;
  readonly fills: number;
}

export interface SyncReport {
  readonly run: SyncRun;
  readonly differences: readonly FoundDifference[];
  /** Intents that the broker's word settled. */
  readonly intents: readonly OrderIntent[];
}

/** What a broker's own rows tell of a stretch of time. */
export interface ToldHistory {
  readonly orders: readonly BrokerEvent[];
  readonly fills: readonly BrokerEvent[];
  /** Which of the two the rows tell at all: where they tell none, nothing can be missing from ours. */
  readonly tellsOrders: boolean;
  readonly tellsFills: boolean;
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  /** What is held and what the account is worth at `to`; null where the rows do not say. */
  readonly positions: readonly BrokerPosition[] | null;
  readonly accounts: readonly BrokerAccount[] | null;
}

/**
 * Reads files that hold a broker's own rows: what they tell of each account that they name, by account id.
 *
 * @param now stands for the time range of an account without orders and fills
 * @throws BlotterError `invalid` naming the file, and the row where one cannot be read
 */
export type HistoryReader = (
  files: readonly ImportFile[],
  now: Instant,
) => Promise<ReadonlyMap<string, ToldHistory>>;

export interface WatchOptions {
  /** Default: all accounts that the broker knows and the store has. */
  readonly accounts?: readonly string[];
  /** Default: a quarter of an hour. */
  readonly everyMs?: number;
  /** Told of comparisons that failed; default: a warning of the process. */
  readonly onError?: (error: unknown, account: string) => void;
}

export interface SyncWatch {
  /** Resolves when the first comparison of every account is done. */
  readonly started: Promise<void>;
  /** Ends the schedule and waits for what is running. */
  stop(): Promise<void>;
}

/** Compares the books with the broker's own, and heals them. */
export interface Reconciler {
  /**
   * Asks the broker for orders and fills from a cursor on, takes in what is new or changed, settles open intents, and
   * compares positions and balance. Every difference is kept, with what healed it. Doing it twice changes nothing.
   *
   * @throws BlotterError `not_found` for an unknown account; `unsupported` without a broker; `unavailable` when
   *   the broker does not answer: what landed before stays
   */
  sync(account: string, options?: SyncOptions): Promise<SyncReport>;
  /** The same against rows that the broker gave before, of a file. @throws `not_found` */
  compareWith(
    account: string,
    told: ToldHistory,
    options?: Pick<SyncOptions, "heal">,
  ): Promise<SyncReport>;
  /** Syncs now and on a schedule. */
  watch(options?: WatchOptions): SyncWatch;
  /** The newest comparisons, newest first. Default 50. */
  runs(account?: string, limit?: number): Promise<readonly SyncRun[]>;
  /** Differences that are not healed, newest first; with `all`, also the healed ones. */
  differences(account?: string, all?: boolean): Promise<readonly Reconciliation[]>;
}
export const Reconciler: InjectionToken<Reconciler> = Symbol("Reconciler");
