import { inject, injectable } from "tsyringe";
import type { Account } from "../domain/account.js";
import type { AccountId, OrderId } from "../domain/ids.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { makeSums } from "./result-ledger.js";
import { makeRisks } from "./risk-keeper.js";

/** Accounts that have matches, but sums of none: these were there before any were kept. */
export async function withoutSums(
  accounts: readonly Account[],
  repos: ReadRepositories,
): Promise<readonly AccountId[]> {
  const lacking: AccountId[] = [];
  for (const { accountId } of accounts) {
    if ((await repos.sums.newestDay(accountId)) !== null) continue;
    if ((await repos.matches.count(accountId)) > 0) lacking.push(accountId);
  }
  return lacking;
}

/** Makes what is kept with results, in accounts whose results were there before. */
@injectable()
export class MissingResults {
  constructor(@inject(Store) private readonly store: Store) {}

  async make(): Promise<void> {
    const lacking = await this.store.read(async (repos) =>
      withoutSums(await repos.accounts.list(), repos),
    );
    for (const accountId of lacking) {
      // In steps with the lock released between: the sums, which say that all is there, come last.
      let after: OrderId | null = null;
      do {
        const from: OrderId | null = after;
        after = await this.store.write(accountId, (repos) => makeRisks(accountId, from, repos));
      } while (after !== null);
      await this.store.write(accountId, (repos) => makeSums(accountId, repos));
    }
  }
}
