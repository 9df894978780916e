import type { AccountState } from "../../domain/account-state.js";
import type { AccountType } from "../../domain/account-type.js";
import { BlotterError, invalid } from "../../domain/errors.js";
import { formatInstant } from "../../domain/instant.js";
import { formatMoney, type Money, moneyToNumber } from "../../domain/money.js";
import type { PlainRow } from "../../domain/plain.js";
import type { AccountService } from "../../ports/account-service.js";
import { ACCOUNT_STATES } from "../account-views.js";
import type { CliDependencies } from "../context.js";
import type { OutputOptions } from "../options.js";
import { printRows } from "../print.js";

export const ACCOUNT_STATE_FORMAT = {
  name: "account-state",
  description: "the .account_state.json of an older bot: its accounts and their balances",
} as const;

export interface AccountStateOptions extends OutputOptions {
  readonly account?: string;
  readonly accountType?: AccountType;
  readonly startingBalance?: string;
}

/** Opens the accounts of an older bot that the store lacks, and tells what the file says of each. */
export async function importAccountStates(
  cli: CliDependencies,
  accounts: AccountService,
  states: readonly AccountState[],
  options: AccountStateOptions,
): Promise<void> {
  const { account } = options;
  if (account !== undefined && states.length > 1) {
    throw invalid(`--account names one account, the file has ${states.length}`);
  }
  const rows: PlainRow[] = [];
  for (const told of states) {
    const state = account === undefined ? told : { ...told, accountId: account };
    rows.push(plainState(state, await openedFrom(accounts, state, options)));
  }
  await printRows(cli, ACCOUNT_STATES, rows, { ...options, limit: Number.MAX_SAFE_INTEGER });
}

/** True when the account was opened now. Where the file says of when it is, its books begin there. */
async function openedFrom(
  accounts: AccountService,
  state: AccountState,
  { accountType = state.accountType, startingBalance }: AccountStateOptions,
): Promise<boolean> {
  const { accountId, accountName } = state;
  try {
    await accounts.get(accountId);
    return false;
  } catch (error) {
    if (!(error instanceof BlotterError) || error.code !== "not_found") throw error;
  }
  const start = startingBalance ?? moneyToNumber(state.startingBalance);
  await accounts.open({ accountId, accountName, accountType, startingBalance: start });
  const { balance, asOf, highestEodBalance } = state;
  if (asOf !== null) {
    await accounts.adopt({
      account: accountId,
      at: formatInstant(asOf),
      balance: formatMoney(balance),
      highestEodBalance: highestEodBalance === null ? null : formatMoney(highestEodBalance),
      reason: "taken over from an older bot",
      source: ACCOUNT_STATE_FORMAT.name,
    });
  }
  return true;
}

function plainState(state: AccountState, opened: boolean): PlainRow {
  const dollars = (money: Money | null) => (money === null ? null : moneyToNumber(money));
  return {
    accountId: state.accountId,
    accountName: state.accountName,
    accountType: state.accountType,
    startingBalance: dollars(state.startingBalance),
    balance: dollars(state.balance),
    unrealizedPnl: dollars(state.unrealizedPnl),
    highestEodBalance: dollars(state.highestEodBalance),
    asOf: state.asOf === null ? null : formatInstant(state.asOf),
    opened,
  };
}
