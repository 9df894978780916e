import type { Account } from "../domain/account.js";
import { POSITION_SIDES } from "../domain/codes.js";
import type { Contract } from "../domain/contract.js";
import { invalid } from "../domain/errors.js";
import { type AccountId, type ContractId, show } from "../domain/ids.js";
import { RESULT_LEVELS, type Result, type ResultLevel } from "../domain/performance/result.js";
import { parseTradingDay, startOfTradingDay, type TradingDay } from "../domain/trading-day.js";
import type { PerformanceFilter } from "../ports/performance.js";
import type { ResultQuery, WrittenQuery } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { findAccount } from "./row-reader.js";
import { type AskedWritten, parseWritten, writtenQuery } from "./written-filter.js";

/** A filter with its names looked up and checked; null does not filter. */
export interface ResolvedFilter {
  readonly accounts: readonly Account[];
  readonly contracts: ReadonlyMap<ContractId, Contract>;
  readonly level: ResultLevel;
  readonly contractIds: ReadonlySet<ContractId> | null;
  readonly strategies: ReadonlySet<string | null> | null;
  readonly sides: ReadonlySet<Result["side"]> | null;
  /** By account; null does not filter. */
  readonly written: ReadonlyMap<AccountId, WrittenQuery> | null;
  /** Inclusive, and exclusive. */
  readonly from: TradingDay | null;
  readonly to: TradingDay | null;
}

/** @throws BlotterError `not_found` for an unknown account, `invalid` for what makes no sense */
export async function resolveFilter(
  filter: PerformanceFilter,
  repos: ReadRepositories,
): Promise<ResolvedFilter> {
  const contracts = new Map((await repos.contracts.list()).map((c) => [c.contractId, c]));
  const [from, to] = [parseDay(filter.from), parseDay(filter.to)];
  if (from !== null && to !== null && from > to) throw invalid(`from ${from} is after to ${to}`);
  const level = filter.level ?? "trade";
  if (!RESULT_LEVELS.includes(level)) {
    throw invalid(`level must be one of ${RESULT_LEVELS.join(", ")}; was ${show(level)}`);
  }
  for (const side of filter.sides ?? []) {
    if (!POSITION_SIDES.includes(side))
      throw invalid(`side must be LONG or SHORT, was ${show(side)}`);
  }
  const asked = parseWritten(filter);
  const accounts = await accountsOf(filter, repos);
  return {
    accounts,
    contracts,
    level,
    contractIds: contractsOf(filter.symbols, contracts),
    strategies: setOf(filter.strategies),
    sides: setOf(filter.sides),
    written: asked && (await writtenOf(accounts, asked, repos)),
    from,
    to,
  };
}

async function writtenOf(
  accounts: readonly Account[],
  asked: AskedWritten,
  repos: ReadRepositories,
): Promise<ReadonlyMap<AccountId, WrittenQuery>> {
  const found = new Map<AccountId, WrittenQuery>();
  for (const { accountId } of accounts) {
    found.set(accountId, await writtenQuery(accountId, asked, repos));
  }
  return found;
}

async function accountsOf(
  { accounts }: PerformanceFilter,
  repos: ReadRepositories,
): Promise<readonly Account[]> {
  if (!accounts?.length) return repos.accounts.list();
  const found = new Map<AccountId, Account>();
  for (const name of accounts) {
    const account = await findAccount(repos, name);
    found.set(account.accountId, account);
  }
  return [...found.values()];
}

function contractsOf(
  symbols: PerformanceFilter["symbols"],
  contracts: ReadonlyMap<ContractId, Contract>,
): ReadonlySet<ContractId> | null {
  if (!symbols?.length) return null;
  const wanted = new Set(symbols);
  const named = [...contracts.values()].filter(
    ({ symbol, contractId, root }) =>
      wanted.has(symbol) || wanted.has(contractId) || wanted.has(root),
  );
  return new Set(named.map(({ contractId }) => contractId));
}

const setOf = <T>(values: readonly T[] | undefined): ReadonlySet<T> | null =>
  values?.length ? new Set(values) : null;

const parseDay = (text: string | undefined): TradingDay | null =>
  text === undefined ? null : parseTradingDay(text);

/** True while only accounts and dates narrow the results down. */
export function isUnfiltered({ contractIds, strategies, sides, written }: ResolvedFilter): boolean {
  return contractIds === null && strategies === null && sides === null && written === null;
}

/** What the rows of one account are asked for. */
export function queryOf(filter: ResolvedFilter, accountId: AccountId): ResultQuery {
  const { level, contractIds, strategies, sides, from, to } = filter;
  return {
    accountId,
    level,
    ...(contractIds && { contractIds: [...contractIds] }),
    ...(strategies && { strategies: [...strategies] }),
    ...(sides && { sides: [...sides] }),
    ...(from && { from: startOfTradingDay(from) }),
    ...(to && { to: startOfTradingDay(to) }),
    ...filter.written?.get(accountId),
  };
}
