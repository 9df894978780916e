import { invalid } from "./errors.js";

declare const accountIdBrand: unique symbol;
declare const orderIdBrand: unique symbol;
declare const fillIdBrand: unique symbol;
declare const contractIdBrand: unique symbol;
declare const fillKeyBrand: unique symbol;

/** Ids are the broker's, verbatim: 1-64 printable ASCII characters. */
export type AccountId = string & { readonly [accountIdBrand]: true };
export type OrderId = string & { readonly [orderIdBrand]: true };
export type FillId = string & { readonly [fillIdBrand]: true };
/** `CON.F.US.MNQ.U26`, or the bare root of an undated contract. */
export type ContractId = string & { readonly [contractIdBrand]: true };

/**
 * A fill's place among the fills of the same instant: digits-only ids first, by length then text; then
 * the rest by bytes. Comparing keys as bytes gives that order in JavaScript and in both stores.
 */
export type FillKey = string & { readonly [fillKeyBrand]: true };

const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/;

function checkedId(value: unknown, what: string): string {
  if (typeof value !== "string" || !PRINTABLE.test(value)) {
    throw invalid(`${what} must be 1-64 printable ASCII characters, was ${show(value)}`);
  }
  if (/^0\d+$/.test(value)) throw invalid(`${what} has leading zeros: ${value}`);
  return value;
}

/**
 * A value in an error message: quoted, and cut when it is long, between two characters. Never
 * throws.
 */
export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = written(value);
  return text.length > 100 ? `${text.slice(0, 97).replace(/[\uD800-\uDBFF]$/, "")}...` : text;
}

function written(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function") {
    return String(value);
  }
  try {
    // Of a huge text only what can be shown is quoted.
    const text = JSON.stringify(typeof value === "string" ? value.slice(0, 200) : value);
    return text ?? String(value);
  } catch {
    return "(a value that cannot be written as JSON)";
  }
}

export const accountId = (value: unknown): AccountId => checkedId(value, "account id") as AccountId;
export const orderId = (value: unknown, what = "order id"): OrderId =>
  checkedId(value, what) as OrderId;
export const fillId = (value: unknown): FillId => checkedId(value, "fill id") as FillId;

/**
 * The sort key of a fill. A stand-in carries its order's id, which may also be the id of a real
 * fill: its key ends in a mark of its own, so that the two stay two.
 */
export function fillKey(id: FillId, standIn: boolean): FillKey {
  const ordered = /^\d+$/.test(id) ? `0${String(id.length).padStart(2, "0")}${id}` : `1${id}`;
  return (standIn ? `${ordered} standin` : ordered) as FillKey;
}

/** Byte order of two ASCII keys. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The name behind a position's id: the fill that opened it. */
export function positionName(account: AccountId, contract: ContractId, opener: FillKey): string {
  return JSON.stringify(["position", account, contract, opener]);
}

/** The name behind a trade's id: one entry order and one exit order within one position. */
export function tradeName(position: string, entry: OrderId, exit: OrderId): string {
  return JSON.stringify(["trade", position, entry, exit]);
}

/** The readable id of a match: its two fills. */
export function matchId(entry: FillId, exit: FillId): string {
  return `${entry}:${exit}`;
}
