import type { InjectionToken } from "tsyringe";
import type { FeeAccount, FeeEntry, FeeInput } from "../domain/fees.js";
import type { AccountId } from "../domain/ids.js";

/** The fee tables that come with Blotter: what brokers charged, as seen in their own rows. */
export const KnownFees: InjectionToken<readonly FeeEntry[]> = Symbol("KnownFees");

export interface FeeReads {
  /** The fee table that an account has asked for; null when it has asked for none. */
  account(accountId: AccountId): Promise<FeeAccount | null>;
  /** All accounts that have asked for one, by id. */
  accounts(): Promise<readonly FeeAccount[]>;
  /** A user's entries, of one broker's table or of all, by broker, root, day and whom they are for. */
  entries(broker?: string): Promise<readonly FeeEntry[]>;
}
export interface FeeRepository extends FeeReads {
  /** Inserts, or replaces the figures of the entry for the same accounts, root and day. */
  save(entry: FeeEntry): Promise<void>;
  /** Null: no fee table any more. */
  use(accountId: AccountId, broker: string | null): Promise<void>;
}

/** Which fee entries to show. What is left out does not filter. */
export interface FeeFilter {
  readonly broker?: string;
  /** Only what may hold for this account. */
  readonly account?: string;
}

/** What a change of a fee table restated. */
export interface Restated {
  readonly accounts: readonly AccountId[];
  /** Booked fills whose modelled cost is another now. */
  readonly fills: number;
}

/**
 * Dated fee tables, for accounts whose broker does not tell all costs. An account asks for one; from then on,
 * and for its fills so far, a cost that the broker has not told counts as the table says, marked as modelled. A
 * true cost that comes late takes its place and restates net.
 */
export interface FeeService {
  /** By broker, root and day. @throws BlotterError `invalid` for an account that uses no fee table */
  list(filter?: FeeFilter): Promise<readonly FeeEntry[]>;
  /** Accounts that have asked for a fee table, by id. */
  accounts(): Promise<readonly FeeAccount[]>;
  /**
   * Adds or replaces an entry and restates the accounts that use its table. It may be repeated.
   * @throws BlotterError `invalid`, `not_found` for an unknown account
   */
  set(input: FeeInput): Promise<Restated & { readonly entry: FeeEntry }>;
  /**
   * Chooses an account's fee table, null for none, and restates the account. It may be repeated.
   * @throws BlotterError `not_found`; `invalid` for a table that nobody has
   */
  use(account: string, broker: string | null): Promise<Restated>;
}
export const FeeService: InjectionToken<FeeService> = Symbol("FeeService");
