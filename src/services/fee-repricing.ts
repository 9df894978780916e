import { executionOf, type Fill } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import { sameExecution } from "../domain/lot.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange } from "../ports/services.js";
import type { FeeBook } from "./fee-book.js";

const PAGE = 1_000;

export interface Repriced {
  /** The last fill looked at; null when there was none after the place. */
  readonly last: Fill | null;
  readonly done: boolean;
  /** Booked fills whose modelled cost is another now. */
  readonly changed: readonly Fill[];
  /** Those of them whose cost in the books is another now. */
  readonly changes: readonly FillChange[];
}

/** Gives a page of an account's fills, in any state, the modelled costs that the fee table says. */
export async function repriceFills(
  accountId: AccountId,
  after: Fill | null,
  fees: FeeBook,
  repos: Repositories,
): Promise<Repriced> {
  const page = await repos.fills.page(accountId, after, PAGE);
  const changed: Fill[] = [];
  const changes: FillChange[] = [];
  for (const before of page) {
    const fill = { ...before, ...(await fees.modelled(before, repos)) };
    if (sameModel(before, fill)) continue;
    await repos.fills.update(fill);
    if (fill.state !== "booked") continue;
    changed.push(fill);
    // A true cost beside the modelled one is what the books hold. The strategy is the order's, as before.
    if (sameExecution(executionOf(before, null), executionOf(fill, null))) continue;
    changes.push({ before, after: fill, strategy: null });
  }
  const last = page[page.length - 1] ?? null;
  return { last, done: page.length < PAGE, changed, changes };
}

export function sameModel(a: Fill, b: Fill): boolean {
  return a.modelledCommission === b.modelledCommission && a.modelledFee === b.modelledFee;
}
