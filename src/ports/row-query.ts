import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { WrittenQuery } from "./performance-repositories.js";

/** Rows of one account. What is left out does not filter; what was written narrows down closed rows only. */
export interface RowQuery extends WrittenQuery {
  readonly accountId: AccountId;
  readonly contractIds?: readonly ContractId[];
  readonly strategy?: string;
  /** Inclusive, on the row's own instant (created, executed, exit, opened). */
  readonly from?: Instant;
  /** Exclusive. */
  readonly to?: Instant;
  /** Only the newest n, still in canonical order. */
  readonly newest?: number;
  /** Only the oldest n; not together with `newest`. */
  readonly oldest?: number;
  /** Only rows before a place in the order of the list: with `newest`, the page before it. */
  readonly before?: ListPlace;
  /** Only rows after a place: with `oldest`, the page after it. */
  readonly after?: ListPlace;
}

/** A row's place in a list: the values of the columns that order it, in their order. */
export interface ListPlace {
  readonly key: ListKey;
  /** True: a row of exactly this place counts too. */
  readonly inclusive: boolean;
}
export type ListKey = readonly (number | string)[];
