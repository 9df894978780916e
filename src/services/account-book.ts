import { inject, injectable } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import { Store } from "../ports/store.js";
import { findAccount } from "./row-reader.js";

/** Accounts by the text that names them. They are never deleted, so what was found once stays found. */
@injectable()
export class AccountBook {
  readonly #known = new Map<string, AccountId>();

  constructor(@inject(Store) private readonly store: Store) {}

  /** By id, then by exact name. @throws BlotterError `not_found`, `conflict` for an ambiguous name */
  async require(account: string): Promise<AccountId> {
    const known = this.#known.get(account);
    if (known !== undefined) return known;
    const { accountId } = await this.store.read((repos) => findAccount(repos, String(account)));
    // A name may become ambiguous, an id may not.
    if (accountId === account) this.#known.set(account, accountId);
    return accountId;
  }
}
