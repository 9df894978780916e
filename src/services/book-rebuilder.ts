import type { Account } from "../domain/account.js";
import { DayLedger } from "../domain/daily.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import type { Ids } from "../ports/ids.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import type { RebuildReport } from "../ports/services.js";
import type { Store } from "../ports/store.js";
import { requireContract } from "../ports/stored-contract.js";
import { foldAll } from "./compliance-fold.js";
import { writeDerived } from "./derived-rows.js";
import { restateDays } from "./end-of-day-rows.js";
import type { FeeBook } from "./fee-book.js";
import { type Repriced, repriceFills } from "./fee-repricing.js";
import { type HistoryPage, historyPages, stepsOf } from "./market-history.js";
import { Pricing } from "./pricing.js";
import { MatchingRun, NOTHING_OPEN } from "./rematch.js";

/** Recomputes all derived rows of an account from its fills, in one unit of work. */
export class BookRebuilder {
  constructor(
    private readonly store: Store,
    private readonly ids: Ids,
    private readonly fees: FeeBook,
  ) {}

  async rebuild(accounts: readonly Account[]): Promise<RebuildReport> {
    const total = { accounts: 0, fills: 0, matches: 0, trades: 0, positions: 0 };
    for (const { accountId } of accounts) {
      const done = await this.store.write(accountId, (repos) => this.account(accountId, repos));
      total.accounts += 1;
      total.fills += done.fills;
      total.matches += done.matches;
      total.trades += done.trades;
      total.positions += done.positions;
    }
    return total;
  }

  /** One account, inside the caller's unit of work. */
  async account(accountId: AccountId, repos: Repositories) {
    await repos.matches.clear(accountId);
    await repos.lots.clear(accountId);
    await repos.trades.clear(accountId);
    const observed = await repos.positions.observed(accountId);
    await repos.positions.clear(accountId);
    await repos.days.clear(accountId);
    // What the fee table says is derived too.
    for (let last: Repriced["last"] = null, done = false; !done; ) {
      ({ last, done } = await repriceFills(accountId, last, this.fees, repos));
    }
    await repos.sums.clear(accountId);
    let fills = 0;
    for (const contractId of await repos.fills.contracts(accountId)) {
      fills += await this.#contract(accountId, contractId, repos);
    }
    for (const seen of observed) await repos.positions.observe(accountId, seen);
    await repos.snapshots.clearEods(accountId);
    await repos.positionSnapshots.clear(accountId);
    await restateDays(accountId, null, repos);
    await rebuildCompliance(accountId, repos);
    return {
      fills,
      matches: await repos.matches.count(accountId),
      trades: await repos.trades.count(accountId),
      positions: await repos.positions.count(accountId),
    };
  }

  async #contract(
    accountId: AccountId,
    contractId: ContractId,
    repos: Repositories,
  ): Promise<number> {
    const contract = await requireContract(contractId, repos);
    const pricing = new Pricing(accountId, contract, this.ids);
    const run = new MatchingRun(NOTHING_OPEN);
    let count = 0;
    for await (const page of wholeHistory(accountId, contractId, repos)) {
      const days = new DayLedger(accountId);
      const lotsBefore = run.queue;
      for (const { fill, mark } of stepsOf(page)) {
        if (mark) {
          run.see(mark);
          continue;
        }
        run.step(fill);
        days.fill(fill, 1);
      }
      const seen = run.take();
      const added = seen.slices.map((slice) => pricing.match(slice));
      for (const match of added) days.match(match, 1);
      await writeDerived(
        {
          accountId,
          contract,
          removed: [],
          added,
          lotsBefore,
          lotsAfter: run.queue,
          positions: seen.traces.map((trace) => pricing.identified(trace)),
          gone: [],
          metAt: null,
          stored: new Map(),
          days: days.days(),
        },
        this.ids,
        repos,
      );
      count += page.fills.length;
    }
    return count;
  }
}

/** What rules know of the account, anew from the facts. The log stays: it says what was found when. */
async function rebuildCompliance(accountId: AccountId, repos: Repositories): Promise<void> {
  await repos.compliance.clearDays(accountId, null);
  for (const day of await foldAll(accountId, repos)) await repos.compliance.saveDay(day);
}

/** All booked fills and stored marks of a contract, in canonical order, page by page. */
export function wholeHistory(
  accountId: AccountId,
  contractId: ContractId,
  repos: ReadRepositories,
): AsyncGenerator<HistoryPage> {
  return historyPages({ accountId, contractId, from: null, before: null }, repos);
}
