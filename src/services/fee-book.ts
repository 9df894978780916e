import { inject, injectable } from "tsyringe";
import {
  type FeeAccount,
  type FeeEntry,
  type ModelledCosts,
  modelledCosts,
} from "../domain/fees.js";
import { type Fill, NOT_MODELLED } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { addMoney, type Money, ZERO } from "../domain/money.js";
import { tradingDay } from "../domain/trading-day.js";
import { KnownFees } from "../ports/fees.js";
import type { ReadRepositories } from "../ports/repositories.js";

interface AskedTable {
  readonly account: FeeAccount;
  readonly schedule: readonly FeeEntry[];
}

/**
 * What the fee table that an account has asked for says of its fills: a function of the fill and the table
 * alone, whatever the broker has told of the cost, so that the order in which facts come does not matter.
 */
@injectable()
export class FeeBook {
  /** Read once in each unit of work. */
  readonly #asked = new WeakMap<ReadRepositories, Map<AccountId, Promise<AskedTable | null>>>();

  constructor(@inject(KnownFees) private readonly known: readonly FeeEntry[]) {}

  async modelled(
    fill: Pick<Fill, "accountId" | "root" | "executedAt" | "quantity" | "origin">,
    repos: ReadRepositories,
  ): Promise<ModelledCosts> {
    const asked = await this.#askedBy(fill.accountId, repos);
    // A contract that ends is settled without an execution that could cost something.
    // What an adopted lot cost is in the adopted balance; a settlement is no execution.
    const executed = fill.origin !== "settlement" && fill.origin !== "adopted";
    if (asked === null || !executed) return NOT_MODELLED;
    const { account, schedule } = asked;
    return modelledCosts(schedule, account, fill.root, tradingDay(fill.executedAt), fill.quantity);
  }

  /** What the table says that opening and closing one contract costs, as far as it knows; 0 without one. */
  async roundTurn(
    accountId: AccountId,
    root: string,
    at: Instant,
    repos: ReadRepositories,
  ): Promise<Money> {
    const fill = { accountId, root, executedAt: at, quantity: 2, origin: "broker" } as const;
    const { modelledCommission, modelledFee } = await this.modelled(fill, repos);
    return addMoney(modelledCommission ?? ZERO, modelledFee ?? ZERO);
  }

  /** The entries of one table, or of all: those that come with Blotter, then the user's. */
  async entries(repos: ReadRepositories, broker?: string): Promise<readonly FeeEntry[]> {
    const known = this.known.filter((entry) => broker === undefined || entry.broker === broker);
    return [...known, ...(await repos.fees.entries(broker))];
  }

  #askedBy(accountId: AccountId, repos: ReadRepositories): Promise<AskedTable | null> {
    const unit = this.#asked.get(repos) ?? new Map<AccountId, Promise<AskedTable | null>>();
    this.#asked.set(repos, unit);
    const asked = unit.get(accountId) ?? this.#read(accountId, repos);
    unit.set(accountId, asked);
    return asked;
  }

  async #read(accountId: AccountId, repos: ReadRepositories): Promise<AskedTable | null> {
    const account = await repos.fees.account(accountId);
    if (account === null) return null;
    return { account, schedule: await this.entries(repos, account.broker) };
  }
}
