import { parseName, SIDES, type Side } from "./codes.js";
import { type Contract, requireOnTick } from "./contract.js";
import { effectiveCosts } from "./cost.js";
import { invalid } from "./errors.js";
import {
  type AccountId,
  accountId,
  type ContractId,
  type FillId,
  type FillKey,
  fillId,
  fillKey,
  type OrderId,
  orderId,
  show,
} from "./ids.js";
import { type Instant, type InstantInput, parseInstant } from "./instant.js";
import type { Execution } from "./lot.js";
import {
  type DecimalInput,
  type Money,
  type Price,
  parseAverage,
  parseMoney,
  parsePrice,
} from "./money.js";

/**
 * Whether a fill counts.
 * - `booked`: it is in the books
 * - `void`: the broker took it back; final
 * - `held`: real, but its order's stand-in still counts instead, because not all real fills have come; or it was
 *   executed before its running account was adopted, and is in the adopted balance
 * - `withdrawn`: a stand-in whose real fills have come
 * - `unmatched`: a row of a large import that is still running, or was cut off; not in the books yet
 */
export const FILL_STATES = ["booked", "void", "held", "withdrawn", "unmatched"] as const;
export type FillState = (typeof FILL_STATES)[number];

/**
 * Where a fill comes from.
 * - `broker`: told by the broker or its files
 * - `synthetic`: made by us to explain a position of the broker until its real fills come
 * - `adopted`: stands for a lot that was open when a running account was taken over
 * - `settlement`: closes what was open when a contract ended
 */
export const FILL_ORIGINS = ["broker", "synthetic", "adopted", "settlement"] as const;
export type FillOrigin = (typeof FILL_ORIGINS)[number];

/** Where an order is from whose fills we made ourselves: its id says so; `broker` for all others. */
export function originOfOrder(orderId: OrderId): FillOrigin {
  return FILL_ORIGINS.find((origin) => orderId.startsWith(`${origin}-`)) ?? "broker";
}

/** One execution of an order, immutable but for the broker's own voids and corrections. */
export interface Fill {
  readonly accountId: AccountId;
  readonly fillId: FillId;
  readonly fillKey: FillKey;
  readonly orderId: OrderId;
  readonly symbol: string;
  readonly contractId: ContractId;
  readonly root: string;
  readonly side: Side;
  readonly quantity: number;
  readonly price: Price;
  /** This side's costs, US dollars; null while unknown, which is not zero. */
  readonly commission: Money | null;
  readonly fee: Money | null;
  /** What the account's fee table says, where it has asked for one; stays beside a true cost that came late. */
  readonly modelledCommission: Money | null;
  readonly modelledFee: Money | null;
  readonly executedAt: Instant;
  /** 0, or the revision of the newest correction. */
  readonly revision: number;
  readonly state: FillState;
  /** Made from an order row because the source has no executions. */
  readonly standIn: boolean;
  /** The broker's own gross P&L of this fill, where it tells one. */
  readonly brokerPnl: Money | null;
  readonly source: string;
  readonly origin: FillOrigin;
  readonly checksum: string;
}

/** What a caller says of a fill. Names in any case; decimals as text or numbers; instants with an offset. */
export interface FillInput {
  readonly accountId: string;
  readonly fillId: string;
  readonly orderId: string;
  /** Symbol (MNQU26, MNQU6) or contract id (CON.F.US.MNQ.U26). */
  readonly contract: string;
  readonly side: Side | Lowercase<Side>;
  /** Contracts, a positive whole number. */
  readonly quantity: number;
  readonly price: DecimalInput;
  /** This side's costs in US dollars; leave out or null while unknown. */
  readonly commission?: DecimalInput | null;
  readonly fee?: DecimalInput | null;
  readonly executedAt: InstantInput;
  /** A whole number, or the instant the version was made. The highest revision wins, whenever it comes. */
  readonly revision?: number | InstantInput;
  readonly voided?: boolean;
  readonly standIn?: boolean;
  readonly brokerPnl?: DecimalInput | null;
  readonly source?: string;
  /** Default broker. The price of a fill of another origin may be an average, off the tick. */
  readonly origin?: FillOrigin;
}

/** A fill as one report tells it, checked and exact. */
export type FillReport = Omit<Fill, "state" | "checksum" | keyof typeof NOT_MODELLED> & {
  readonly voided: boolean;
};

/** A fill before the account's fee table was asked. */
export const NOT_MODELLED = { modelledCommission: null, modelledFee: null } as const;

/** @throws BlotterError `invalid` naming the field, what was found, and what is allowed. */
export function parseFill(input: FillInput, contract: Contract): FillReport {
  const id = fillId(input.fillId);
  const standIn = input.standIn ?? false;
  const origin = parseOrigin(input.origin);
  const executed = !standIn && origin === "broker";
  const price = (executed ? parsePrice : parseAverage)(input.price, "price");
  if (executed) requireOnTick(price, contract, "price");
  return {
    accountId: accountId(input.accountId),
    fillId: id,
    fillKey: fillKey(id, standIn),
    orderId: orderId(input.orderId),
    symbol: contract.symbol,
    contractId: contract.contractId,
    root: contract.root,
    side: parseName(SIDES, input.side, "side"),
    quantity: positiveQuantity(input.quantity, "quantity"),
    price,
    commission: optionalMoney(input.commission, "commission"),
    fee: optionalMoney(input.fee, "fee"),
    executedAt: parseInstant(input.executedAt, "execution time"),
    revision: parseRevision(input.revision),
    standIn,
    brokerPnl: optionalMoney(input.brokerPnl, "profit and loss"),
    source: input.source ?? "api",
    origin,
    voided: input.voided ?? false,
  };
}

function parseOrigin(value: FillOrigin | undefined): FillOrigin {
  const origin = FILL_ORIGINS.find((known) => known === (value ?? "broker"));
  if (origin === undefined) {
    throw invalid(`origin must be one of ${FILL_ORIGINS.join(", ")}, was ${show(value)}`);
  }
  return origin;
}

export const MAX_QUANTITY = 1_000_000;

export function positiveQuantity(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw invalid(`${what} must be a whole number of contracts, was ${show(value)}`);
  }
  if (value <= 0) throw invalid(`${what} must be positive, was ${value}`);
  if (value > MAX_QUANTITY) throw invalid(`${what} must be at most ${MAX_QUANTITY}, was ${value}`);
  return value;
}

export function optionalMoney(value: DecimalInput | null | undefined, what: string): Money | null {
  return value === null || value === undefined ? null : parseMoney(value, what);
}

export function parseRevision(value: number | InstantInput | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== "number") return parseInstant(value, "revision");
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalid(`revision must be a whole number from 0 or an instant, was ${show(value)}`);
  }
  return value;
}

/** The fields of a fill that a version may tell. */
export type FillContent = Pick<
  Fill,
  | "orderId"
  | "contractId"
  | "symbol"
  | "root"
  | "side"
  | "quantity"
  | "price"
  | "commission"
  | "fee"
  | "executedAt"
  | "brokerPnl"
>;

/**
 * The state of each fill of one order: while a stand-in covers more contracts than the real fills that
 * have come (void ones included), it counts and they wait; from then on they count and it is withdrawn.
 */
export function settleStates(fills: readonly Fill[]): readonly Fill[] {
  const standIn = fills.find((fill) => fill.standIn && fill.state !== "void");
  const real = fills.filter((fill) => !fill.standIn);
  const told = real.reduce((sum, fill) => sum + fill.quantity, 0);
  const standInCounts = standIn !== undefined && told < standIn.quantity;
  return fills.map((fill) => {
    if (fill.state === "void") return fill;
    const counts = fill.standIn === standInCounts;
    const state: FillState = counts ? "booked" : fill.standIn ? "withdrawn" : "held";
    return fill.state === state ? fill : { ...fill, state };
  });
}

/**
 * Fills before the adoption of their account are history: they are in its balance and open lots already. The order
 * counts them, the books do not.
 */
export function holdHistory(fills: readonly Fill[], adoptedAt: Instant | null): readonly Fill[] {
  if (adoptedAt === null) return fills;
  return fills.map((fill) =>
    fill.state === "booked" && fill.origin !== "adopted" && fill.executedAt < adoptedAt
      ? { ...fill, state: "held" }
      : fill,
  );
}

/** A booked fill as matching sees it. */
export function executionOf(fill: Fill, strategy: string | null): Execution {
  const { fillId: id, fillKey: key, orderId: order, side, quantity, price } = fill;
  return {
    fillId: id,
    fillKey: key,
    orderId: order,
    side,
    quantity,
    price,
    ...effectiveCosts(fill),
    executedAt: fill.executedAt,
    strategy,
  };
}

/** The text behind a fill's checksum: every canonical field, in a fixed order. Modelled costs are no facts. */
export function fillFacts(fill: Omit<Fill, "checksum">): string {
  return JSON.stringify([
    fill.accountId,
    fill.fillId,
    fill.orderId,
    fill.contractId,
    fill.side,
    fill.quantity,
    fill.price,
    fill.commission,
    fill.fee,
    fill.executedAt,
    fill.revision,
    fill.state,
    fill.standIn,
    fill.brokerPnl,
    // Left out for the broker's own, whose checksums are older than this field.
    ...(fill.origin === "broker" ? [] : [fill.origin]),
  ]);
}
