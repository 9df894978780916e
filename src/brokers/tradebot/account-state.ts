import { z } from "zod";
import type { AccountState } from "../../domain/account-state.js";
import type { AccountType } from "../../domain/account-type.js";
import { BlotterError, invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import { subtractMoney, ZERO } from "../../domain/money.js";
import { Cells, required } from "./cells.js";
import { parsedJson } from "./rows.js";

const WHAT = "account state";

/** By account id; a list of accounts and a single account are taken too. */
const account = z.record(z.string(), z.unknown());
const stateFile = z.union([
  z.object({ accounts: z.union([z.array(account), z.record(z.string(), account)]) }),
  z.array(account),
  z.record(z.string(), account),
  account,
]);

/** Express and live accounts are both funded ones. */
const TYPES: Readonly<Record<string, AccountType>> = {
  evaluation: "evaluation",
  combine: "evaluation",
  funded: "funded",
  express_funded: "funded",
  express: "funded",
  live_funded: "funded",
  live: "funded",
  practice: "practice",
};

/**
 * Reads the `.account_state.json` of the bot of the architecture document. Its balance holds the unrealised
 * result of open positions, which is taken out again.
 * @throws BlotterError `invalid` naming account and field
 */
export function readAccountStates(text: string): readonly AccountState[] {
  const told = stateFile.safeParse(parsedJson(WHAT, text.replace(/^\uFEFF/, "").trim()));
  if (!told.success) {
    throw invalid(`${WHAT}: accounts by their id were expected, each an object of its fields`);
  }
  const accounts = accountsOf(told.data);
  if (accounts.length === 0) throw invalid(`${WHAT}: it names no account`);
  return accounts.map(([id, fields]) => stateOf(id, fields));
}

type Fields = Readonly<Record<string, unknown>>;

function accountsOf(content: z.infer<typeof stateFile>): readonly (readonly [string, Fields])[] {
  if (Array.isArray(content)) return content.map((fields, i) => [`account ${i + 1}`, fields]);
  const { accounts } = content;
  if (typeof accounts === "object" && accounts !== null) return accountsOf(Object(accounts));
  const cells = new Cells(content);
  if (cells.text(BALANCE.slice(0, 1)) !== null) return [["account 1", content]];
  return Object.entries(content).map(([id, fields]) => [id, withId(id, fields)]);
}

/** The key names the account, unless its fields do. */
function withId(id: string, fields: unknown): Fields {
  const named: Fields = { ...Object(fields) };
  return new Cells(named).text(ID) === null ? { ...named, account_id: id } : named;
}

const ID = ["accountid", "id"];
const BALANCE = ["startingbalance", "startbalance", "initialbalance"];

function stateOf(id: string, fields: Fields): AccountState {
  try {
    const cells = new Cells(fields);
    const accountId = required(cells.text(ID), "account_id");
    const unrealizedPnl = cells.money(["unrealisedpnl", "unrealizedpnl"]);
    const shown = required(cells.money(["currentbalance", "balance"]), "current_balance");
    return {
      accountId,
      accountName: cells.text(["accountname", "name"]) ?? accountId,
      accountType: typeOf(required(cells.text(["accounttype", "type"]), "account_type")),
      startingBalance: required(cells.money(BALANCE), "starting_balance"),
      balance: subtractMoney(shown, unrealizedPnl ?? ZERO),
      unrealizedPnl,
      highestEodBalance: cells.money(["highesteodbalance"]),
      asOf: cells.instant(["lastupdate", "lastupdated", "updatedat", "timestamp"]),
    };
  } catch (error) {
    if (error instanceof BlotterError) throw invalid(`${WHAT} of ${id}: ${error.message}`);
    throw error;
  }
}

function typeOf(text: string): AccountType {
  const type = TYPES[text.toLowerCase()];
  if (type !== undefined) return type;
  const names = Object.keys(TYPES).join(", ");
  throw invalid(`account_type must be one of ${names}; was ${show(text)}`);
}
