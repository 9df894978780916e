import { type AccountType, parseAccountType } from "./account-type.js";
import { toSafe } from "./decimal.js";
import { invalid } from "./errors.js";
import { optionalMoney } from "./fill.js";
import { type AccountId, compareText, show } from "./ids.js";
import { type DecimalInput, formatMoney, type Money } from "./money.js";
import { parseTradingDay, type TradingDay } from "./trading-day.js";

/** What one contract of a root costs on one side, from a trading day on. */
export interface FeeEntry {
  /** Whose table it is in: `topstepx`. */
  readonly broker: string;
  /** Null: accounts of any type. */
  readonly accountType: AccountType | null;
  /** Null: any account. */
  readonly accountId: AccountId | null;
  readonly root: string;
  readonly validFrom: TradingDay;
  /** US dollars per contract and side; null while unknown, which is not zero. */
  readonly commissionPerSide: Money | null;
  readonly feePerSide: Money | null;
  /** Where the figures come from. */
  readonly source: string;
  /** Comes with Blotter; a user's entries go before it. */
  readonly builtIn: boolean;
}

export interface FeeInput {
  readonly broker: string;
  readonly root: string;
  /** The first trading day, YYYY-MM-DD. */
  readonly validFrom: string;
  /** US dollars per contract and side; leave out or null what is unknown. */
  readonly commissionPerSide?: DecimalInput | null;
  readonly feePerSide?: DecimalInput | null;
  /** Only for accounts of this type, or only for this account; not both. */
  readonly accountType?: AccountType;
  readonly account?: string;
  readonly source?: string;
}

/** An account that has asked for a fee table. */
export interface FeeAccount {
  readonly accountId: AccountId;
  readonly accountType: AccountType;
  readonly broker: string;
}

/** What a fee table says that a fill costs, in US dollars; null for what it does not know. */
export interface ModelledCosts {
  readonly modelledCommission: Money | null;
  readonly modelledFee: Money | null;
}

const BROKER = /^[a-z0-9][a-z0-9-]{0,31}$/;
const MOST_PER_SIDE = 1_000;

/** @throws BlotterError `invalid` */
export function parseFeeBroker(text: string): string {
  if (BROKER.test(text)) return text;
  throw invalid(`broker must be 1-32 of a-z, 0-9 and -, was ${show(text)}`);
}

/** @param accountId of the account that the input names. @throws BlotterError `invalid` naming the field */
export function parseFeeEntry(input: FeeInput, accountId: AccountId | null): FeeEntry {
  const { accountType } = input;
  if (accountId !== null && accountType !== undefined) {
    throw invalid("a fee is for a type of accounts or for one account, not for both");
  }
  const commissionPerSide = perSide(input.commissionPerSide, "commission per side");
  const feePerSide = perSide(input.feePerSide, "fee per side");
  if (commissionPerSide === null && feePerSide === null) {
    throw invalid("a fee needs a commission or a fee per side: neither was given");
  }
  return {
    broker: parseFeeBroker(input.broker),
    accountType: accountType === undefined ? null : parseAccountType(accountType),
    accountId,
    root: input.root,
    validFrom: parseTradingDay(input.validFrom),
    commissionPerSide,
    feePerSide,
    source: input.source ?? "user",
    builtIn: false,
  };
}

function perSide(value: DecimalInput | null | undefined, what: string): Money | null {
  const money = optionalMoney(value, what);
  if (money !== null && Math.abs(money) > MOST_PER_SIDE * 1_000_000) {
    throw invalid(`${what} must be at most ${MOST_PER_SIDE} dollars, was ${formatMoney(money)}`);
  }
  return money;
}

/** Entries with one key are one entry: the later telling replaces it. */
export function feeKey(entry: FeeEntry): string {
  const { broker, root, accountType, accountId, validFrom } = entry;
  const type = accountType === null ? "" : `type ${accountType}`;
  const whom = accountId === null ? type : `account ${accountId}`;
  return [broker, root, validFrom, whom].join("|");
}

/** By broker, root, day; at one day the general before the special. */
export function compareFees(a: FeeEntry, b: FeeEntry): number {
  return (
    compareText(a.broker, b.broker) ||
    compareText(a.root, b.root) ||
    compareText(a.validFrom, b.validFrom) ||
    Number(b.builtIn) - Number(a.builtIn) ||
    compareText(feeKey(a), feeKey(b))
  );
}

/** True when the entry may speak for the account, on some day and for some root. */
export function isForAccount(entry: FeeEntry, account: FeeAccount): boolean {
  return (
    entry.broker === account.broker &&
    (entry.accountId === null || entry.accountId === account.accountId) &&
    (entry.accountType === null || entry.accountType === account.accountType)
  );
}

/**
 * The entry that holds for an account, root and day: a user's before one that comes with Blotter, then the
 * most special (account, type, any), then the latest. Null when there is none.
 */
export function feeEntryFor(
  schedule: readonly FeeEntry[],
  account: FeeAccount,
  root: string,
  day: TradingDay,
): FeeEntry | null {
  let best: FeeEntry | null = null;
  for (const entry of schedule) {
    if (entry.root !== root || entry.validFrom > day || !isForAccount(entry, account)) continue;
    if (best === null || isBefore(entry, best)) best = entry;
  }
  return best;
}

function isBefore(a: FeeEntry, b: FeeEntry): boolean {
  const rank = specificity(a) - specificity(b);
  return rank > 0 || (rank === 0 && a.validFrom > b.validFrom);
}

function specificity(entry: FeeEntry): number {
  const own = entry.builtIn ? 0 : 4;
  return own + (entry.accountId !== null ? 2 : entry.accountType !== null ? 1 : 0);
}

/** What the schedule says a fill of this many contracts costs. */
export function modelledCosts(
  schedule: readonly FeeEntry[],
  account: FeeAccount,
  root: string,
  day: TradingDay,
  quantity: number,
): ModelledCosts {
  const entry = feeEntryFor(schedule, account, root, day);
  return {
    modelledCommission: times(entry?.commissionPerSide ?? null, quantity),
    modelledFee: times(entry?.feePerSide ?? null, quantity),
  };
}

function times(perContract: Money | null, quantity: number): Money | null {
  if (perContract === null) return null;
  return toSafe(BigInt(perContract) * BigInt(quantity), "modelled cost") as Money;
}
