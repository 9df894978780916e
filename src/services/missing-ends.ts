import { inject, injectable } from "tsyringe";
import { Store } from "../ports/store.js";
import { restateDays } from "./end-of-day-rows.js";

/** Makes the ends of days of accounts that were kept before there were any. */
@injectable()
export class MissingEnds {
  constructor(@inject(Store) private readonly store: Store) {}

  async make(): Promise<void> {
    const missing = await this.store.read(async (repos) => {
      const without = [];
      for (const { accountId } of await repos.accounts.list()) {
        const [last] = await repos.snapshots.lastEods(accountId);
        if (last === undefined && (await repos.days.list(accountId)).length > 0) {
          without.push(accountId);
        }
      }
      return without;
    });
    for (const accountId of missing) {
      await this.store.write(accountId, (repos) => restateDays(accountId, null, repos));
    }
  }
}
