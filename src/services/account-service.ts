import { inject, injectable } from "tsyringe";
import { type Account, type AccountInput, parseAccount } from "../domain/account.js";
import type { AdoptionInput } from "../domain/adoption.js";
import {
  type CashInput,
  type CashMovement,
  type CashType,
  cashEffect,
  compareCash,
} from "../domain/cash.js";
import { addDays, type DayTotals, emptyDay } from "../domain/daily.js";
import type { Epoch } from "../domain/epoch.js";
import { BlotterError, invalid } from "../domain/errors.js";
import { type AccountId, compareText } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { addMoney, type Money, ZERO } from "../domain/money.js";
import type { AccountSnapshot, PositionSnapshot } from "../domain/snapshot.js";
import type { TradingDay } from "../domain/trading-day.js";
import {
  type AccountService,
  type AccountSummary,
  type AdoptionOutcome,
  type CashOutcome,
  type DayOutcome,
  type SnapshotFilter,
  type SnapshotInput,
} from "../ports/account-service.js";
import type { AccountTold } from "../ports/broker.js";
import { Clock } from "../ports/clock.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { QuarantineService, type RowFilter } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { AccountAdopter } from "./account-adopter.js";
import { AccountBook } from "./account-book.js";
import { type AccountFacts, readAccountFacts } from "./account-facts.js";
import { daysOfEpoch, standingNow } from "./account-standing.js";
import { BalanceWatch } from "./balance-watch.js";
import { CashBook } from "./cash-book.js";
import { DayBook } from "./day-book.js";
import { Doorbell } from "./doorbell.js";
import { findAccount, RowReader } from "./row-reader.js";

@injectable()
export class StoredAccountService implements AccountService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(QuarantineService) private readonly quarantine: QuarantineService,
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(AccountAdopter) private readonly adopter: AccountAdopter,
    @inject(CashBook) private readonly cashBook: CashBook,
    @inject(BalanceWatch) private readonly watch: BalanceWatch,
    @inject(DayBook) private readonly dayBook: DayBook,
    @inject(RowReader) private readonly rows: RowReader,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async open(input: AccountInput): Promise<Account> {
    const account = parseAccount(input, this.clock.now());
    const { accountId } = account;
    const opened = await this.store.write(accountId, async (repos) => {
      if (await repos.accounts.insert(account)) return { account, isNew: true };
      const stored = await repos.accounts.get(accountId);
      if (stored) requireSameAccount(stored, input);
      return { account: stored ?? account, isNew: false };
    });
    if (opened.isNew) await this.quarantine.retry();
    return opened.account;
  }

  async get(account: string): Promise<Account> {
    return this.store.read((repos) => findAccount(repos, account));
  }

  async list(): Promise<readonly Account[]> {
    return this.store.read((repos) => repos.accounts.list());
  }

  async summary(name: string): Promise<AccountSummary> {
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, name);
      const facts = await readAccountFacts(accountId, repos);
      const { balance, highestEodBalance } = await standingNow(accountId, this.clock.now(), repos);
      return {
        account: facts.account,
        epoch: facts.present,
        balance,
        totals: await totalsOf(facts, repos),
        cash: await cashOf(facts, repos),
        highestEodBalance,
        openPositions: (await repos.positions.list({ accountId }, "open")).length,
        syntheticFills: await repos.made.count(accountId, "synthetic"),
        adoption: facts.adoption,
        lastReport: await repos.snapshots.lastReport(accountId),
      };
    });
  }

  async days(account: string, epoch?: number | "all"): Promise<readonly DayTotals[]> {
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      if (epoch === "all") return repos.days.list(accountId);
      const facts = await readAccountFacts(accountId, repos);
      return daysOfEpoch(accountId, epochNumbered(facts, epoch), repos);
    });
  }

  async epochs(account: string): Promise<readonly Epoch[]> {
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return (await readAccountFacts(accountId, repos)).epochs;
    });
  }

  async adopt(input: AdoptionInput): Promise<AdoptionOutcome> {
    const accountId = await this.accounts.require(input.account);
    const outcome = await this.adopter.adopt(accountId, input);
    this.doorbell.ring();
    return outcome;
  }

  async recordCash(input: CashInput): Promise<CashOutcome> {
    return this.#write(input.account, (accountId, repos) =>
      this.cashBook.record(accountId, input, repos),
    );
  }

  async voidCash(account: string, movementId: string, reason?: string): Promise<CashOutcome> {
    return this.#write(account, (accountId, repos) =>
      this.cashBook.void(accountId, movementId, reason ?? null, repos),
    );
  }

  async cash(
    filter: Pick<RowFilter, "account" | "from" | "to" | "limit"> = {},
    all = false,
  ): Promise<readonly CashMovement[]> {
    return this.rows.read(filter, compareCash, async (repos, { newest: _, ...query }) => {
      const movements = await repos.cash.list(query);
      return all ? movements : movements.filter(({ voidedAt }) => voidedAt === null);
    });
  }

  async recordSnapshot(input: SnapshotInput): Promise<AccountSnapshot> {
    return this.#write(input.account, (accountId, repos) =>
      this.watch.record(accountId, input, repos),
    );
  }

  async report(account: string, told: AccountTold): Promise<void> {
    return this.#write(account, (accountId, repos) => this.watch.report(accountId, told, repos));
  }

  async snapshots(filter: SnapshotFilter = {}): Promise<readonly AccountSnapshot[]> {
    const { type, epoch } = filter;
    const until = (this.clock.now() + 1) as Instant;
    return this.rows.read(filter, compareSnapshots, async (repos, query) => {
      const to = Math.min(query.to ?? until, until) as Instant;
      const number = epoch === "all" ? undefined : await epochIn(query.accountId, epoch, repos);
      return repos.snapshots.list({
        ...query,
        to,
        ...(type !== undefined && { type }),
        ...(number !== undefined && { epoch: number }),
      });
    });
  }

  async positionSnapshots(filter: RowFilter = {}): Promise<readonly PositionSnapshot[]> {
    return this.rows.read(filter, comparePositions, (repos, query) =>
      repos.positionSnapshots.list(query),
    );
  }

  async closeDay(account: string, day?: string): Promise<DayOutcome> {
    return this.#write(account, (accountId, repos) => this.dayBook.close(accountId, day, repos));
  }

  async #write<T>(
    account: string,
    work: (accountId: AccountId, repos: Repositories) => Promise<T>,
  ): Promise<T> {
    const accountId = await this.accounts.require(account);
    const done = await this.store.write(accountId, (repos) => work(accountId, repos));
    this.doorbell.ring();
    return done;
  }
}

async function totalsOf(
  { account, present }: AccountFacts,
  repos: ReadRepositories,
): Promise<AccountSummary["totals"]> {
  const { accountId } = account;
  let sum = emptyDay(accountId, "" as TradingDay);
  for (const day of await daysOfEpoch(accountId, present, repos)) sum = addDays(sum, day);
  const { tradingDay: _, ...totals } = sum;
  return totals;
}

async function cashOf(
  { account, present }: AccountFacts,
  repos: ReadRepositories,
): Promise<AccountSummary["cash"]> {
  const since = present.startsAt === null ? {} : { from: present.startsAt };
  const moves = await repos.cash.list({ accountId: account.accountId, ...since });
  const sumOf = (type: CashType): Money =>
    moves
      .filter((move) => move.type === type && move.voidedAt === null)
      .reduce((sum, move) => addMoney(sum, cashEffect(move)), ZERO);
  return {
    payout: sumOf("payout"),
    deposit: sumOf("deposit"),
    adjustment: sumOf("adjustment"),
  };
}

/** @throws BlotterError `invalid` for an epoch that the account never had */
function epochNumbered({ account, epochs, present }: AccountFacts, epoch?: number): Epoch {
  if (epoch === undefined) return present;
  const found = epochs.find((candidate) => candidate.epoch === epoch);
  if (found) return found;
  throw invalid(
    `account ${account.accountId} has epochs 0 to ${present.epoch}, and no epoch ${epoch}`,
  );
}

async function epochIn(
  accountId: AccountId,
  epoch: number | undefined,
  repos: ReadRepositories,
): Promise<number> {
  return epochNumbered(await readAccountFacts(accountId, repos), epoch).epoch;
}

function compareSnapshots(a: AccountSnapshot, b: AccountSnapshot): number {
  return a.at - b.at || compareText(a.type, b.type) || compareText(a.accountId, b.accountId);
}

function comparePositions(a: PositionSnapshot, b: PositionSnapshot): number {
  return (
    a.at - b.at || compareText(a.positionId, b.positionId) || compareText(a.accountId, b.accountId)
  );
}

/** Only what the caller said is compared: a file that names an account knows no balance. */
function requireSameAccount(stored: Account, input: AccountInput): void {
  const asked = parseAccount({ ...stored, startingBalance: 0, ...input }, stored.createdAt);
  const differs =
    (input.accountName !== undefined && asked.accountName !== stored.accountName) ||
    (input.accountType !== undefined && asked.accountType !== stored.accountType) ||
    (input.startingBalance !== undefined && asked.startingBalance !== stored.startingBalance);
  if (differs) {
    throw new BlotterError(
      "conflict",
      `account ${stored.accountId} exists with another name, type or starting balance (${stored.accountName}, ${stored.accountType})`,
    );
  }
}
