import type { AccountState } from "../domain/account-state.js";
import type { ComputedOrder, ComputedTrade } from "../domain/computed-rows.js";

/** Reads the files of a bot that kept its own records before. */
export interface OldProgram {
  /** Its `.account_state.json`. @throws BlotterError `invalid` naming account and field */
  accountStates(text: string): readonly AccountState[];
  /**
   * Its orders: a JSON array or CSV with a header.
   * @throws BlotterError `invalid` naming row and column of the first bad rows, or the missing column
   */
  orders(text: string): readonly ComputedOrder[];
  /** Its consolidated trades, likewise. @throws as `orders` */
  trades(text: string): readonly ComputedTrade[];
}
