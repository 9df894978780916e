import type { AccountType } from "./account-type.js";
import type { Instant } from "./instant.js";
import type { Money } from "./money.js";

/** What another program says of an account at an instant: what its records can begin with here. */
export interface AccountState {
  readonly accountId: string;
  readonly accountName: string;
  readonly accountType: AccountType;
  readonly startingBalance: Money;
  /** Realised results less costs, without open positions. */
  readonly balance: Money;
  /** Of open positions at that instant; null while unknown. */
  readonly unrealizedPnl: Money | null;
  readonly highestEodBalance: Money | null;
  /** When it was told; null while unknown. */
  readonly asOf: Instant | null;
}
