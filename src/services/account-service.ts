import { inject, injectable } from "tsyringe";
import { type Account, type AccountInput, parseAccount } from "../domain/account.js";
import { addDays, type DayTotals, emptyDay } from "../domain/daily.js";
import { BlotterError } from "../domain/errors.js";
import { addMoney } from "../domain/money.js";
import type { TradingDay } from "../domain/trading-day.js";
import { Clock } from "../ports/clock.js";
import { type AccountService, type AccountSummary, QuarantineService } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { findAccount } from "./row-reader.js";

@injectable()
export class StoredAccountService implements AccountService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(QuarantineService) private readonly quarantine: QuarantineService,
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
      const account = await findAccount(repos, name);
      const { accountId, startingBalance } = account;
      const { tradingDay: _, ...totals } = sumOf(account, await repos.days.list(accountId));
      const open = await repos.positions.list({ accountId }, "open");
      const balance = addMoney(startingBalance, totals.netPnl);
      return { account, balance, totals, openPositions: open.length };
    });
  }

  async days(account: string): Promise<readonly DayTotals[]> {
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return repos.days.list(accountId);
    });
  }
}

function sumOf({ accountId }: Account, days: readonly DayTotals[]): DayTotals {
  let sum = emptyDay(accountId, "" as TradingDay);
  for (const day of days) sum = addDays(sum, day);
  return sum;
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
