import type { Account } from "../domain/account.js";
import { BlotterError } from "../domain/errors.js";
import { type AccountId, accountId as toAccountId } from "../domain/ids.js";
import type { FillPlace } from "../domain/lot.js";
import type { Money } from "../domain/money.js";
import type { StrategyRule } from "../domain/strategy.js";
import type { FileFormat, RowProblem } from "../ports/broker.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ImportFile, ImportOptions } from "../ports/services.js";
import type { Store } from "../ports/store.js";
import type { ContractBook } from "./contract-book.js";
import { addCounts, type EventWriter, NO_COUNTS, type WrittenCounts } from "./event-writer.js";
import {
  type BadRow,
  badRowsError,
  type CheckedEvent,
  contractOf,
  ImportReader,
  type ReadItem,
  type RowPlace,
} from "./import-reader.js";
import { refusedInput } from "./quarantine.js";
import { findAccount } from "./row-reader.js";
import type { WriterFactory } from "./writer-factory.js";

/** Up to here an import is one unit of work; beyond, it goes in steps with the lock released between. */
const ONE_UNIT = 20_000;
const STEP = 5_000;
const CHECK_PAGE = 500;

export interface ImportParts {
  readonly store: Store;
  readonly strategyOf: StrategyRule;
  readonly contracts: ContractBook;
  readonly writers: WriterFactory;
}

/** What a broker told of one fill's gross P&L. */
export interface ToldPnl extends FillPlace {
  readonly accountId: AccountId;
  readonly fillId: string;
  readonly brokerPnl: Money;
}

/** One import from its first look at the files to the last matched fill. */
export class ImportRun {
  /** Rows of the files; one may tell of an order and of its fill. */
  rows = 0;
  #items = 0;
  counts: WrittenCounts = NO_COUNTS;
  /** Rows with the present of an account, of a moment that they do not tell. */
  accountReportsLeftOut = 0;
  /** Accounts that the files name and the store lacks, with the name a file gives them. */
  readonly missingAccounts = new Map<string, string | null>();
  readonly toldPnl: ToldPnl[] = [];
  readonly #accounts = new Map<string, AccountId>();
  readonly #contracts = new Map<string, ToldContract>();
  /** All items while there are few enough to keep. */
  #kept: ReadItem[] | null = [];

  constructor(
    private readonly parts: ImportParts,
    private readonly format: FileFormat,
    private readonly files: readonly ImportFile[],
    private readonly options: ImportOptions,
  ) {}

  /** Reads everything and writes nothing. @throws BlotterError `invalid` for the first bad rows */
  async check(): Promise<void> {
    const bad: BadRow[] = [];
    let page: FileEvent[] = [];
    let last: RowPlace | null = null;
    for await (const item of this.#read()) {
      this.#items += 1;
      if (this.#items % CHECK_PAGE === 0) this.#progress("reading", this.#items, null);
      const { place } = item.bad ?? item.good;
      if (place.row !== last?.row || place.file !== last.file) this.rows += 1;
      last = place;
      if (item.bad) bad.push(item.bad);
      else if (item.good.kind !== "account") page.push(item.good);
      else this.#named(item.good);
      if (page.length >= CHECK_PAGE) {
        for (const row of await this.#against(page)) bad.push(row);
        page = [];
      }
      if (this.#kept && this.#kept.push(item) > ONE_UNIT) this.#kept = null;
    }
    for (const row of await this.#against(page)) bad.push(row);
    await this.#findAccounts();
    if (bad.length > 0 && !this.options.keepGoing) throw badRowsError(bad);
    // Rows are sound from here on: contracts are reference data, and may be stored.
    for (const { text, at } of this.#contracts.values())
      await this.parts.contracts.resolve(text, at);
  }

  opened(account: Account): void {
    this.#accounts.set(account.accountId, account.accountId);
    this.missingAccounts.delete(account.accountId);
  }

  async write(): Promise<void> {
    const scope = [...new Set(this.#accounts.values())];
    if (this.#kept) await this.#writeAtOnce(this.#kept, scope);
    else await this.#writeInSteps(scope);
    for (const accountId of scope) await this.#matchRest(accountId);
  }

  async #writeAtOnce(items: readonly ReadItem[], scope: readonly AccountId[]): Promise<void> {
    this.counts = await this.parts.store.write(
      scope.length > 0 ? scope : "global",
      async (repos) => {
        const writer = this.parts.writers.writer(repos, {
          keepGoing: this.options.keepGoing ?? false,
        });
        for (const [i, item] of items.entries()) {
          await this.#put(item, writer, false);
          if (i % CHECK_PAGE === 0) this.#progress("writing", i, items.length);
        }
        await writer.finish();
        return writer.counts;
      },
    );
  }

  async #writeInSteps(scope: readonly AccountId[]): Promise<void> {
    let step: ReadItem[] = [];
    let done = 0;
    const flush = async () => {
      const items = step;
      step = [];
      const counts = await this.parts.store.write(scope, async (repos) => {
        const writer = this.parts.writers.writer(repos, {
          keepGoing: this.options.keepGoing ?? false,
        });
        for (const item of items) await this.#put(item, writer, true);
        await writer.finish();
        return writer.counts;
      });
      this.counts = addCounts(this.counts, counts);
      done += items.length;
      this.#progress("writing", done, this.#items);
    };
    for await (const item of this.#read()) {
      step.push(item);
      if (step.length >= STEP) await flush();
    }
    if (step.length > 0) await flush();
  }

  /** Fills of this import's steps, and of one that was cut off, in canonical order. */
  async #matchRest(accountId: AccountId): Promise<void> {
    const total = await this.parts.store.read((repos) => repos.fills.countUnmatched(accountId));
    for (let done = 0; ; ) {
      const count = await this.parts.store.write(accountId, (repos) =>
        this.parts.writers.writer(repos, { keepGoing: false }).book(accountId, STEP),
      );
      done += count;
      if (count < STEP) return;
      this.#progress("matching", done, total);
    }
  }

  async #put(item: ReadItem, writer: EventWriter, unmatched: boolean): Promise<void> {
    if (item.bad) return writer.refuse(item.bad.refused);
    if (item.good.kind === "account") return;
    await writer.write(item.good, this.#accountOf(item.good), unmatched);
  }

  #accountOf({ report }: FileEvent): AccountId {
    return this.#accounts.get(report.accountId) ?? report.accountId;
  }

  #named({ event }: Extract<CheckedEvent, { kind: "account" }>): void {
    const { accountId, accountName } = event.input;
    const { balance = null, canTrade = null } = event.told ?? {};
    if (balance !== null || canTrade !== null) this.accountReportsLeftOut += 1;
    if (!this.#accounts.has(accountId)) this.missingAccounts.set(accountId, accountName ?? null);
  }

  /** Compares a page with the orders in the store and takes note of what it names. */
  async #against(page: readonly FileEvent[]): Promise<readonly BadRow[]> {
    const bad: BadRow[] = [];
    for (const event of page) this.#note(event);
    await this.#findAccounts();
    await this.parts.store.read(async (repos) => {
      for (const event of page) {
        const found = await this.#contradiction(event, repos);
        if (found === null) continue;
        const { column, message } = found;
        const refused = refusedInput(event.event, { reason: "invalid", message });
        bad.push({ place: { ...event.place, column }, refused });
      }
    });
    return bad;
  }

  #note(event: FileEvent): void {
    const { accountId } = event.report;
    if (!this.#accounts.has(accountId) && !this.missingAccounts.has(accountId)) {
      this.missingAccounts.set(accountId, null);
    }
    const { contractId } = contractOf(event);
    const at = event.kind === "order" ? event.report.createdAt : event.report.executedAt;
    if (!this.#contracts.has(contractId)) this.#contracts.set(contractId, { text: contractId, at });
  }

  async #contradiction(event: FileEvent, repos: ReadRepositories): Promise<RowProblem | null> {
    const { orderId, side } = event.report;
    const { contractId, symbol } = contractOf(event);
    const order = await repos.orders.get(this.#accountOf(event), orderId);
    if (event.kind === "fill") this.#notePnl(event);
    if (order === null || (order.contractId === contractId && order.side === side)) return null;
    const message = `${event.kind} of order ${orderId} is ${side} ${symbol}, but the order is ${order.side} ${order.symbol}`;
    return { column: order.side === side ? "contract" : "side", message };
  }

  #notePnl({ report }: Extract<CheckedEvent, { kind: "fill" }>): void {
    const { fillId, fillKey, executedAt, brokerPnl, voided } = report;
    if (brokerPnl === null || voided) return;
    const accountId = this.#accounts.get(report.accountId) ?? report.accountId;
    this.toldPnl.push({ accountId, fillId, fillKey, executedAt, brokerPnl });
  }

  async #findAccounts(): Promise<void> {
    for (const name of [...this.missingAccounts.keys()]) {
      const found = await this.parts.store.read((repos) => findOrNull(repos, name));
      if (found === null) continue;
      this.#accounts.set(name, found);
      this.missingAccounts.delete(name);
    }
  }

  #read(): AsyncGenerator<ReadItem> {
    const { account } = this.options;
    const name = account === undefined ? undefined : toAccountId(account);
    return new ImportReader(this.format, this.parts.contracts, this.parts.strategyOf, name).read(
      this.files,
    );
  }

  #progress(step: "reading" | "writing" | "matching", done: number, total: number | null): void {
    this.options.onProgress?.({ step, done, total });
  }
}

type FileEvent = Exclude<CheckedEvent, { kind: "account" }>;

interface ToldContract {
  readonly text: string;
  readonly at: Parameters<ImportParts["contracts"]["resolve"]>[1];
}

async function findOrNull(repos: ReadRepositories, name: string): Promise<AccountId | null> {
  try {
    return (await findAccount(repos, name)).accountId;
  } catch (error) {
    if (error instanceof BlotterError && error.code === "not_found") return null;
    throw error;
  }
}
