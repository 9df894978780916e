import type { Account } from "../domain/account.js";
import type { Adoption } from "../domain/adoption.js";
import { type Epoch, epochsOf } from "../domain/epoch.js";
import { BlotterError } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** What the account itself is: how it was opened, adopted and reset. */
export interface AccountFacts {
  readonly account: Account;
  readonly adoption: Adoption | null;
  /** Oldest first. */
  readonly epochs: readonly Epoch[];
  readonly first: Epoch;
  readonly present: Epoch;
}

/** @throws BlotterError `corrupt` for rows of an account that has no row of its own */
export async function readAccountFacts(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<AccountFacts> {
  const account = await repos.accounts.get(accountId);
  if (!account) throw new BlotterError("corrupt", `account ${accountId} has no row`);
  const adoption = await repos.adoptions.current(accountId);
  const resets = await repos.cash.resets(accountId);
  const epochs = epochsOf(account.startingBalance, adoption, resets);
  const [first] = epochs;
  const present = epochs[epochs.length - 1];
  if (!first || !present) throw new RangeError("an account has at least one epoch");
  return { account, adoption, epochs, first, present };
}
