import { describe, expect, it } from "vitest";
import { readAccountStates } from "../../../src/brokers/tradebot/account-state.js";
import { formatInstant } from "../../../src/domain/instant.js";
import { formatMoney, type Money } from "../../../src/domain/money.js";

/** An account as the bot's tracker writes it. */
const TRACKED = {
  account_id: "12694476",
  account_name: "50KTC-V2-100001-10000001",
  account_type: "evaluation",
  starting_balance: 50000.0,
  current_balance: 50249.119999999995,
  highest_EOD_balance: 50310.5,
  realised_PnL: 260.5,
  unrealised_PnL: -10.0,
  commissions: 0.0,
  fees: 1.38,
  daily_loss_limit: 1000.0,
  is_compliant: true,
  violation_reason: null,
  last_update: "2025-11-07T20:59:58.123456+00:00",
  total_trades: 3,
};

const dollars = (money: Money | null) => (money === null ? null : formatMoney(money));

function read(content: unknown) {
  return readAccountStates(JSON.stringify(content)).map((state) => ({
    ...state,
    startingBalance: dollars(state.startingBalance),
    balance: dollars(state.balance),
    unrealizedPnl: dollars(state.unrealizedPnl),
    highestEodBalance: dollars(state.highestEodBalance),
    asOf: state.asOf === null ? null : formatInstant(state.asOf),
  }));
}

const READ = {
  accountId: "12694476",
  accountName: "50KTC-V2-100001-10000001",
  accountType: "evaluation",
  startingBalance: "50000",
  balance: "50259.12",
  unrealizedPnl: "-10",
  highestEodBalance: "50310.5",
  asOf: "2025-11-07T20:59:58.123456Z",
};

describe("an older bot's account state", () => {
  it.each([
    ["by account id", { "12694476": TRACKED }],
    ["by account id, which the fields leave out", { "12694476": { ...TRACKED, account_id: null } }],
    ["a list", [TRACKED]],
    ["a single account", TRACKED],
    ["under accounts", { accounts: { "12694476": TRACKED } }],
  ])("is read as %s: the balance without open positions, exact to the millionth", (_, content) => {
    expect(read(content)).toEqual([READ]);
  });

  it("is read in the spelling of the bot's API too, and with what it does not tell as unknown", () => {
    const told = {
      accountId: 7,
      type: "express_funded",
      startingBalance: 0,
      balance: "-12.5",
      lastUpdate: "2025-11-07 21:00:00",
    };
    expect(read({ "7": told })).toEqual([
      {
        accountId: "7",
        accountName: "7",
        accountType: "funded",
        startingBalance: "0",
        balance: "-12.5",
        unrealizedPnl: null,
        highestEodBalance: null,
        asOf: "2025-11-07T21:00:00Z",
      },
    ]);
  });

  it.each([
    ["", "broken or cut off"],
    [JSON.stringify({ A: TRACKED }).slice(0, -9), "broken or cut off"],
    ["{}", "names no account"],
    ["[1]", "accounts by their id were expected"],
    [
      JSON.stringify({ A: { ...TRACKED, account_type: "unknown" } }),
      "account state of A: account_type",
    ],
    [JSON.stringify({ A: { ...TRACKED, starting_balance: null } }), "starting_balance is missing"],
    [
      JSON.stringify({ A: { ...TRACKED, current_balance: "x" } }),
      "current_balance must be a decimal",
    ],
    [JSON.stringify({ A: { ...TRACKED, last_update: "now" } }), "last_update must be an ISO-8601"],
  ])("%j is refused: %s", (text, message) => {
    expect(() => readAccountStates(text)).toThrow(message);
  });
});
