import { readAccountName } from "./account-name.js";
import { type AccountType, parseAccountType } from "./account-type.js";
import { invalid } from "./errors.js";
import { type AccountId, accountId, show } from "./ids.js";
import type { Instant } from "./instant.js";
import { type DecimalInput, type Money, parseMoney } from "./money.js";

/** A trading account. Matched by its id, then by its exact name; an id is never read out of a name. */
export interface Account {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly accountType: AccountType;
  readonly startingBalance: Money;
  readonly createdAt: Instant;
}

export interface AccountInput {
  readonly accountId: string;
  /** Default: the id. */
  readonly accountName?: string;
  /** Default: what the name tells by the firm's pattern (`50KTC-`, `EXPRESS`, `PRAC`, ...), else practice. */
  readonly accountType?: AccountType;
  /** US dollars; default 0. */
  readonly startingBalance?: DecimalInput;
}

/** @throws BlotterError `invalid` naming the field. */
export function parseAccount(input: AccountInput, now: Instant): Account {
  const id = accountId(input.accountId);
  const name = input.accountName ?? id;
  if (typeof name !== "string" || name.trim() === "" || name.length > 200) {
    throw invalid(`account name must be 1-200 characters, was ${show(name)}`);
  }
  return {
    accountId: id,
    accountName: name,
    accountType: parseAccountType(
      input.accountType ?? readAccountName(name)?.accountType ?? "practice",
    ),
    startingBalance: parseMoney(input.startingBalance ?? 0, "starting balance"),
    createdAt: now,
  };
}
