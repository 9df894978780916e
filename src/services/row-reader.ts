import { inject, injectable } from "tsyringe";
import type { Account } from "../domain/account.js";
import type { Contract } from "../domain/contract.js";
import { BlotterError, invalid } from "../domain/errors.js";
import { type AccountId, show } from "../domain/ids.js";
import { formatInstant, parseInstant } from "../domain/instant.js";
import type { WrittenQuery } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { RowQuery } from "../ports/row-query.js";
import type { ClosedFilter, RowFilter } from "../ports/services.js";
import { Store } from "../ports/store.js";
import type { WrittenFilter } from "../ports/written-filter.js";
import { parseWritten, writtenQuery } from "./written-filter.js";

/** Turns a filter into queries, one an account, and merges their rows in canonical order. */
@injectable()
export class RowReader {
  constructor(@inject(Store) private readonly store: Store) {}

  async read<R>(
    filter: ClosedFilter,
    compare: (a: R, b: R) => number,
    list: (repos: ReadRepositories, query: RowQuery) => Promise<readonly R[]>,
  ): Promise<readonly R[]> {
    const newest = parseLimit(filter.limit);
    return this.store.read(async (repos) => {
      const accounts = await findAccounts(repos, filter.account);
      const shared = { ...(await sharedQuery(repos, filter)), newest };
      const written = await writtenReader(repos, filter);
      if (shared.contractIds?.length === 0) return [];
      const rows: R[] = [];
      for (const { accountId } of accounts) {
        const query = { ...shared, accountId, ...(await written(accountId)) };
        for (const row of await list(repos, query)) rows.push(row);
      }
      if (accounts.length > 1) rows.sort(compare);
      return newest === undefined ? rows : rows.slice(Math.max(0, rows.length - newest));
    });
  }

  /** The rows of one list of each account, one account after the other. @throws as `read` */
  async readEach<R>(
    filter: Omit<ClosedFilter, "limit">,
    list: (repos: ReadRepositories, query: RowQuery) => Promise<readonly R[]>,
  ): Promise<readonly R[]> {
    return this.store.read(async (repos) => {
      const accounts = await findAccounts(repos, filter.account);
      const shared = await sharedQuery(repos, filter);
      const written = await writtenReader(repos, filter);
      if (shared.contractIds?.length === 0) return [];
      const rows: R[] = [];
      for (const { accountId } of accounts) {
        const query = { ...shared, accountId, ...(await written(accountId)) };
        for (const row of await list(repos, query)) rows.push(row);
      }
      return rows;
    });
  }

  /** One account, or all of them. @throws BlotterError `not_found` */
  async accounts(account?: string): Promise<readonly Account[]> {
    return this.store.read((repos) => findAccounts(repos, account));
  }
}

function parseLimit(limit: number | undefined): number | undefined {
  if (limit === undefined) return undefined;
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw invalid(`limit must be a whole number from 0, was ${show(limit)}`);
  }
  return limit;
}

/** What each account's rows are asked for of what was written. */
async function writtenReader(
  repos: ReadRepositories,
  filter: WrittenFilter,
): Promise<(accountId: AccountId) => Promise<WrittenQuery>> {
  const asked = parseWritten(filter);
  if (asked === null) return async () => ({});
  return (accountId) => writtenQuery(accountId, asked, repos);
}

async function sharedQuery(
  repos: ReadRepositories,
  filter: RowFilter,
): Promise<Omit<RowQuery, "accountId">> {
  const { symbol, strategy } = filter;
  const from = filter.from === undefined ? undefined : parseInstant(filter.from, "from");
  const to = filter.to === undefined ? undefined : parseInstant(filter.to, "to");
  if (from !== undefined && to !== undefined && from > to) {
    throw invalid(`from ${formatInstant(from)} is after to ${formatInstant(to)}`);
  }
  return {
    ...(symbol !== undefined && { contractIds: await contractIds(repos, symbol) }),
    ...(strategy !== undefined && { strategy }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

async function contractIds(
  repos: ReadRepositories,
  symbol: string,
): Promise<Contract["contractId"][]> {
  const contracts = await repos.contracts.list();
  return contracts
    .filter((c) => c.symbol === symbol || c.contractId === symbol || c.root === symbol)
    .map((c) => c.contractId);
}

async function findAccounts(
  repos: ReadRepositories,
  account: string | undefined,
): Promise<readonly Account[]> {
  return account === undefined ? repos.accounts.list() : [await findAccount(repos, account)];
}

/**
 * By id, then by exact name.
 * @throws BlotterError `not_found`, or `conflict` when several accounts have the name
 */
export async function findAccount(repos: ReadRepositories, account: string): Promise<Account> {
  // An id that no account has cannot harm a lookup.
  const byId = await repos.accounts.get(account as Account["accountId"]);
  if (byId) return byId;
  const [named, another] = await repos.accounts.named(account);
  if (another) {
    throw new BlotterError("conflict", `several accounts are named ${show(account)}: give the id`);
  }
  if (!named) {
    throw new BlotterError(
      "not_found",
      `unknown account ${show(account)}: open it with "blotter accounts add" or import its files`,
    );
  }
  return named;
}
