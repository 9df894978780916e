import { inject, injectable } from "tsyringe";
import { type Account, parseAccount } from "../domain/account.js";
import { parseAccountType } from "../domain/account-type.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { addMoney, formatMoney, ZERO } from "../domain/money.js";
import type { StrategyRule } from "../domain/strategy.js";
import { AccountService } from "../ports/account-service.js";
import type { FileFormat } from "../ports/broker.js";
import { Clock } from "../ports/clock.js";
import type { ReadRepositories } from "../ports/repositories.js";
import {
  type FileImporter,
  type ImportFile,
  type ImportOptions,
  type ImportReport,
  type PnlDifference,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { StrategyOfTag } from "../ports/strategy.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";
import { ImportRun, type ToldPnl } from "./import-run.js";
import { WriterFactory } from "./writer-factory.js";

/** Reads and checks a whole file, opens the accounts it names, writes, and compares with the broker's P&L. */
@injectable()
export class BrokerFileImporter implements FileImporter {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(StrategyOfTag) private readonly strategyOf: StrategyRule,
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(WriterFactory) private readonly writers: WriterFactory,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async import(
    format: FileFormat,
    files: readonly ImportFile[],
    options: ImportOptions = {},
  ): Promise<ImportReport> {
    // Bad options are found before any file is read.
    if (options.accountType !== undefined) parseAccountType(options.accountType);
    const { startingBalance = 0 } = options;
    parseAccount({ accountId: "check", startingBalance }, this.clock.now());
    const { store, strategyOf, contracts, writers } = this;
    const run = new ImportRun({ store, strategyOf, contracts, writers }, format, files, options);
    await run.check();
    const opened = await this.#openAccounts(run, options);
    await run.write();
    this.doorbell.ring();
    return {
      rows: run.rows,
      ...run.counts,
      accountReportsLeftOut: run.accountReportsLeftOut,
      openedAccounts: opened,
      brokerPnl: await this.#comparePnl(run),
    };
  }

  async #openAccounts(run: ImportRun, options: ImportOptions): Promise<readonly Account[]> {
    const opened: Account[] = [];
    const { accountType, startingBalance } = options;
    for (const [accountId, accountName] of run.missingAccounts) {
      const account = await this.accounts.open({
        accountId,
        ...(accountName !== null && { accountName }),
        ...(accountType !== undefined && { accountType: parseAccountType(accountType) }),
        ...(startingBalance !== undefined && { startingBalance }),
      });
      run.opened(account);
      opened.push(account);
    }
    return opened;
  }

  async #comparePnl(run: ImportRun): Promise<ImportReport["brokerPnl"]> {
    const different: PnlDifference[] = [];
    let compared = 0;
    for (const page of pagesOf(run.toldPnl, 500)) {
      const { comparable, found } = await this.store.read(async (repos) => {
        const counting = await sinceAdoption(page, repos);
        return { comparable: counting.length, found: await differentPnl(counting, repos) };
      });
      compared += comparable;
      for (const difference of found) different.push(difference);
    }
    return { compared, different };
  }
}

/** Fills from before an account was adopted are in its adopted balance: they close nothing here. */
async function sinceAdoption(
  told: readonly ToldPnl[],
  repos: ReadRepositories,
): Promise<readonly ToldPnl[]> {
  const adopted = new Map<AccountId, Instant | null>();
  for (const { accountId } of told) {
    if (adopted.has(accountId)) continue;
    adopted.set(accountId, await repos.adoptions.instant(accountId));
  }
  return told.filter((fill) => fill.executedAt >= (adopted.get(fill.accountId) ?? 0));
}

async function differentPnl(
  told: readonly ToldPnl[],
  repos: ReadRepositories,
): Promise<readonly PnlDifference[]> {
  const different: PnlDifference[] = [];
  for (const fill of told) {
    const { accountId, fillId, brokerPnl } = fill;
    const matches = await repos.matches.ofExit(accountId, fill);
    const ours = matches.reduce((sum, match) => addMoney(sum, match.grossPnl), ZERO);
    if (ours === brokerPnl) continue;
    const [broker, own] = [formatMoney(brokerPnl), formatMoney(ours)];
    different.push({ accountId, fillId, broker, ours: own });
  }
  return different;
}

function* pagesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
