import { parseName } from "./codes.js";
import { invalid } from "./errors.js";
import { type AccountId, accountId, fillId, show } from "./ids.js";
import { type Instant, type InstantInput, parseInstant } from "./instant.js";
import { type DecimalInput, type Money, parseMoney, ZERO } from "./money.js";

export const CASH_TYPES = ["payout", "deposit", "reset", "adjustment"] as const;
export type CashType = (typeof CASH_TYPES)[number];

/** Money that comes or goes other than by trading. A fact: it is voided when mistaken, never deleted. */
export interface CashMovement {
  readonly accountId: AccountId;
  readonly movementId: string;
  readonly type: CashType;
  /**
   * US dollars. Payout and deposit: positive; a payout lowers the balance. Adjustment: signed. Reset: the
   * balance that the account has from then on.
   */
  readonly amount: Money;
  readonly at: Instant;
  readonly reason: string | null;
  readonly source: string;
  readonly voidedAt: Instant | null;
  readonly voidReason: string | null;
  readonly checksum: string;
}

/** What a caller says of a cash movement. */
export interface CashInput {
  readonly account: string;
  readonly type: CashType;
  /** US dollars. May be left out of a reset: the starting balance. */
  readonly amount?: DecimalInput;
  readonly at: InstantInput;
  /** Default: made of account, type, amount and instant, so that telling it twice is one movement. */
  readonly movementId?: string;
  readonly reason?: string;
  readonly source?: string;
}

export type CashReport = Omit<CashMovement, "voidedAt" | "voidReason" | "checksum">;

/**
 * @param startingBalance what a reset without an amount resets to
 * @param idOf makes an id out of a text
 * @throws BlotterError `invalid` naming the field
 */
export function parseCash(
  input: CashInput,
  account: { readonly accountId: AccountId; readonly startingBalance: Money },
  idOf: (text: string) => string,
): CashReport {
  const names = CASH_TYPES.map((name) => name.toUpperCase());
  const type = CASH_TYPES[names.indexOf(parseName(names, input.type, "type"))] ?? "adjustment";
  const amount = parseAmount(type, input.amount, account.startingBalance);
  const at = parseInstant(input.at, "at");
  const { accountId: id } = account;
  const made = idOf(JSON.stringify(["cash", accountId(id), type, amount, at]));
  return {
    accountId: id,
    movementId: input.movementId === undefined ? made : movementId(input.movementId),
    type,
    amount,
    at,
    reason: input.reason ?? null,
    source: input.source ?? "manual",
  };
}

/** Ids of movements follow the rules of the broker's ids. */
function movementId(value: unknown): string {
  try {
    return fillId(value);
  } catch {
    throw invalid(`movement id must be 1-64 printable ASCII characters, was ${show(value)}`);
  }
}

function parseAmount(type: CashType, value: DecimalInput | undefined, starting: Money): Money {
  if (value === undefined) {
    if (type === "reset") return starting;
    throw invalid(`a ${type} needs an amount in US dollars`);
  }
  const amount = parseMoney(value, "amount");
  switch (type) {
    case "payout":
    case "deposit":
      if (amount <= 0) throw invalid(`amount of a ${type} must be positive, was ${show(value)}`);
      return amount;
    case "adjustment":
      if (amount === 0) throw invalid("amount of an adjustment must not be 0");
      return amount;
    case "reset":
      return amount;
  }
}

/** What a movement adds to the balance. A reset adds nothing: it starts a new epoch. */
export function cashEffect(movement: Pick<CashMovement, "type" | "amount">): Money {
  switch (movement.type) {
    case "payout":
      return -movement.amount as Money;
    case "deposit":
    case "adjustment":
      return movement.amount;
    case "reset":
      return ZERO;
  }
}

/** The text behind a movement's checksum: every canonical field, in a fixed order. */
export function cashFacts(movement: Omit<CashMovement, "checksum">): string {
  const { accountId: id, type, amount, at, reason, source, voidedAt, voidReason } = movement;
  return JSON.stringify([
    id,
    movement.movementId,
    type,
    amount,
    at,
    reason,
    source,
    voidedAt,
    voidReason,
  ]);
}

/** By instant; of one instant a reset first, then by id. */
export function compareCash(a: CashMovement, b: CashMovement): number {
  const rank = ({ type }: CashMovement) => (type === "reset" ? 0 : 1);
  return a.at - b.at || rank(a) - rank(b) || (a.movementId < b.movementId ? -1 : 1);
}
