import type { InjectionToken } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import type { InstantInput } from "../domain/instant.js";
import type { DecimalInput } from "../domain/money.js";

/** A price seen in the market. */
export interface MarkInput {
  /** Symbol or contract id. */
  readonly contract: string;
  readonly price: DecimalInput;
  readonly at: InstantInput;
}

/** What a price did to the accounts that hold the contract. */
export interface MarkOutcome {
  /** Accounts with an open position in the contract. */
  readonly accounts: readonly AccountId[];
  /** Those of them for which it was a new extreme, and was stored. */
  readonly stored: readonly AccountId[];
}

/** Prices of the market: unrealised P&L, MAE and MFE of open positions. */
export interface MarkService {
  /**
   * Takes a price of a live feed. Prices are worked off a few times a second: the highest, the lowest and the
   * newest of each contract since the last time. A price of a contract that nobody holds does nothing.
   * @throws BlotterError `invalid` for no price, or no moment
   */
  see(mark: MarkInput): void;
  /**
   * Records one price now, for one account or for all that hold the contract, also late.
   * @throws BlotterError `not_found` for an unknown account or contract; `invalid` for what cannot be
   */
  record(mark: MarkInput, account?: string): Promise<MarkOutcome>;
  /** Resolves when every price seen so far is worked off. @throws what `record` throws */
  flush(): Promise<void>;
}
export const MarkService: InjectionToken<MarkService> = Symbol("MarkService");
