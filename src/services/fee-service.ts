import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import {
  compareFees,
  type FeeAccount,
  type FeeEntry,
  type FeeInput,
  isForAccount,
  parseFeeBroker,
  parseFeeEntry,
} from "../domain/fees.js";
import type { Fill } from "../domain/fill.js";
import { type AccountId, type OrderId, show } from "../domain/ids.js";
import { plainFill } from "../domain/plain.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import type { OutboxEvent } from "../ports/events.js";
import type { FeeFilter, FeeService, Restated } from "../ports/fees.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { TradeConsolidator } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { consolidationEvents } from "./book-events.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";
import { FeeBook } from "./fee-book.js";
import { type Repriced, repriceFills } from "./fee-repricing.js";
import { findAccount } from "./row-reader.js";

/** Which exit orders have ended is not looked up: a restatement tells of all trades alike. */
const NO_ORDERS: ReadonlySet<OrderId> = new Set();

/**
 * Changes a fee table, then restates the accounts that use it, a page of fills in one unit of work, with the
 * lock released between. A change that is cut off leaves true books on the old table for the rest; the same
 * call again finishes it.
 */
@injectable()
export class StoredFeeService implements FeeService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(FeeBook) private readonly fees: FeeBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(TradeConsolidator) private readonly consolidator: TradeConsolidator,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async list({ broker, account }: FeeFilter = {}): Promise<readonly FeeEntry[]> {
    return this.store.read(async (repos) => {
      const asked = account === undefined ? null : await requireAsked(repos, account);
      const entries = await this.fees.entries(repos, broker ?? asked?.broker);
      const shown = entries.filter((entry) => asked === null || isForAccount(entry, asked));
      return [...shown].sort(compareFees);
    });
  }

  async accounts(): Promise<readonly FeeAccount[]> {
    return this.store.read((repos) => repos.fees.accounts());
  }

  async set(input: FeeInput): Promise<Restated & { readonly entry: FeeEntry }> {
    const { accountId, users } = await this.store.read(async (repos) => ({
      accountId: input.account === undefined ? null : await idOf(repos, input.account),
      users: await usersOf(repos, input.broker),
    }));
    const entry = parseFeeEntry(input, accountId);
    await this.#requireRoot(entry.root);
    const scope = [...new Set([...users, ...(accountId === null ? [] : [accountId])])];
    await this.store.write(scope.length > 0 ? scope : "global", (repos) => repos.fees.save(entry));
    const now = await this.store.read((repos) => usersOf(repos, entry.broker));
    return { ...(await this.#restate(now)), entry };
  }

  async use(account: string, broker: string | null): Promise<Restated> {
    const accountId = await this.store.read((repos) => idOf(repos, account));
    if (broker !== null) await this.#requireTable(parseFeeBroker(broker));
    await this.store.write(accountId, (repos) => repos.fees.use(accountId, broker));
    return this.#restate([accountId]);
  }

  async #restate(accounts: readonly AccountId[]): Promise<Restated> {
    let fills = 0;
    for (const accountId of accounts) {
      let page: Repriced = { last: null, done: false, changed: [], changes: [] };
      while (!page.done) {
        const after = page.last;
        page = await this.store.write(accountId, (repos) => this.#page(accountId, after, repos));
        fills += page.changed.length;
      }
    }
    if (fills > 0) this.doorbell.ring();
    return { accounts, fills };
  }

  async #page(accountId: AccountId, after: Fill | null, repos: Repositories): Promise<Repriced> {
    const page = await repriceFills(accountId, after, this.fees, repos);
    const events: OutboxEvent[] = page.changed.map((fill) => ({
      type: "fill.restated",
      payload: plainFill(fill),
    }));
    for (const [contract, group] of await this.contracts.group(page.changes, repos)) {
      const done = await this.consolidator.consolidate(accountId, contract, group, repos);
      for (const event of consolidationEvents(done, NO_ORDERS)) events.push(event);
    }
    const now = this.clock.now();
    if (events.length > 0) await repos.outbox.append(accountId, events, now);
    const { changes } = page;
    await this.compliance.review(accountId, { kind: "fills", changes }, repos, now);
    return page;
  }

  async #requireRoot(root: string): Promise<void> {
    const known = (await this.contracts.catalog()).all();
    if (known.some((product) => product.root === root)) return;
    throw invalid(
      `no product has the root ${show(root)}: "blotter contracts" lists them, "blotter contracts add" adds one`,
    );
  }

  async #requireTable(broker: string): Promise<void> {
    const entries = await this.store.read((repos) => this.fees.entries(repos));
    const brokers = [...new Set(entries.map((entry) => entry.broker))].sort();
    if (brokers.includes(broker)) return;
    throw invalid(
      `no fee table of ${show(broker)}: there are ${brokers.join(", ")}; "blotter fees set" begins another`,
    );
  }
}

async function idOf(repos: ReadRepositories, account: string): Promise<AccountId> {
  return (await findAccount(repos, account)).accountId;
}

async function usersOf(repos: ReadRepositories, broker: string): Promise<readonly AccountId[]> {
  const accounts = await repos.fees.accounts();
  return accounts.filter((used) => used.broker === broker).map((used) => used.accountId);
}

/** @throws BlotterError `invalid` for an account that has asked for no fee table */
async function requireAsked(repos: ReadRepositories, account: string): Promise<FeeAccount> {
  const asked = await repos.fees.account(await idOf(repos, account));
  if (asked) return asked;
  throw invalid(`account ${show(account)} uses no fee table: choose one with "blotter fees use"`);
}
