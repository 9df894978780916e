import type { ComplianceEntry } from "../../src/domain/compliance/log.js";
import type { AccountId } from "../../src/domain/ids.js";
import { moneyToNumber } from "../../src/domain/money.js";
import type { Blotter, ComplianceStatus, FillInput } from "../../src/index.js";
import { freshAccount } from "./fresh-account.js";

const ENTRY = 20_000;
const POINT = 2;

/** An account under rules, and short words for trading it in MNQU26 at two dollars a point. */
export class RiskDesk {
  #fills = 0;

  constructor(
    readonly blotter: Blotter,
    readonly account: AccountId,
  ) {}

  /** An account of 50,000 under a preset. */
  static async open(blotter: Blotter, preset = "topstep-combine-50k-dll"): Promise<RiskDesk> {
    const desk = new RiskDesk(blotter, await freshAccount(blotter));
    await blotter.rules.set(desk.account, { name: preset });
    return desk;
  }

  /** Opens and closes one contract with a gross result, at an instant; returns the id of the exit. */
  async trade(at: string, dollars: number): Promise<string> {
    await this.fill(at, "buy", ENTRY);
    return this.fill(at, "sell", ENTRY + dollars / POINT);
  }

  async fill(
    at: string,
    side: "buy" | "sell",
    price: number,
    more: Partial<FillInput> = {},
  ): Promise<string> {
    const input = this.input(at, side, price, more);
    await this.blotter.orders.recordFill(input);
    return input.fillId;
  }

  input(at: string, side: "buy" | "sell", price: number, more: Partial<FillInput> = {}): FillInput {
    this.#fills += 1;
    const fillId = String(1_000 + this.#fills);
    const what = { contract: "MNQU26", side, quantity: 1, price, commission: 0, fee: 0 };
    return { accountId: this.account, fillId, orderId: fillId, executedAt: at, ...what, ...more };
  }

  mark(at: string, price: number, contract = "MNQU26") {
    return this.blotter.marks.record({ contract, price, at }, this.account);
  }

  cash(at: string, type: "payout" | "deposit" | "reset" | "adjustment", amount: number) {
    return this.blotter.accounts.recordCash({ account: this.account, type, amount, at });
  }

  status(at: string): Promise<ComplianceStatus> {
    return this.blotter.compliance.status(this.account, at);
  }

  log(): Promise<readonly ComplianceEntry[]> {
    return this.blotter.compliance.log({ account: this.account });
  }

  async keys(): Promise<readonly string[]> {
    return (await this.log()).map((entry) => entry.eventKey);
  }

  /** The kept state, day by day. */
  days() {
    return this.blotter.store.read((repos) => repos.compliance.days(this.account));
  }

  verify() {
    return this.blotter.trades.verify(this.account);
  }
}

/** The figures of a standing that tests name, in dollars. */
export function figures(status: ComplianceStatus) {
  const { dll, mll } = status;
  return {
    balance: moneyToNumber(status.balance),
    equity: moneyToNumber(status.equity),
    high: moneyToNumber(status.highestEodBalance),
    day: moneyToNumber(status.dailyPnl),
    used: dll && moneyToNumber(dll.used),
    floor: mll && moneyToNumber(mll.floor),
    canTrade: status.canTrade,
  };
}
