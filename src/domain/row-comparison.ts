import type { ComputedOrder, ComputedTrade } from "./computed-rows.js";
import { formatInstant, type Instant } from "./instant.js";
import { addMoney, type Money, moneyToNumber, type Price, priceToNumber, ZERO } from "./money.js";
import type { Order } from "./order.js";
import type { PlainValue } from "./plain.js";
import type { Trade } from "./trade.js";

/** A row that only one side has, or a field in which both differ. */
export interface RowDifference {
  readonly what: "order" | "trade";
  readonly kind: "only ours" | "only theirs" | "differs";
  /** Our order's or trade's id; of a row that only they have, its own, if any. */
  readonly key: string | null;
  /** Where their row stands in the file; null for one that only we have. */
  readonly row: number | null;
  readonly field: string | null;
  readonly ours: PlainValue;
  readonly theirs: PlainValue;
  /** Theirs less ours, where both are figures. */
  readonly difference: number | null;
}

export interface RowComparison {
  readonly ours: number;
  readonly theirs: number;
  readonly equal: number;
  readonly differing: number;
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  readonly differences: readonly RowDifference[];
}

export interface TradeComparison extends RowComparison {
  readonly grossPnl: SumsCompared;
  readonly netPnl: SumsCompared;
}

/** Sums over all rows, in US dollars; null for theirs when no row of theirs tells the figure. */
export interface SumsCompared {
  readonly ours: number;
  readonly theirs: number | null;
  readonly difference: number | null;
}

/** One figure of both rows. Theirs is null when their row does not tell it: then it is not compared. */
interface Field {
  readonly name: string;
  readonly ours: string | number | null;
  readonly theirs: string | number | null;
  readonly show?: (value: number) => PlainValue;
  /** Instants have no difference in figures. */
  readonly counts?: false;
}

/** Orders by their id, in an account where the row names one. */
export function compareOrders(
  ours: readonly Order[],
  theirs: readonly ComputedOrder[],
): RowComparison {
  const left = new Set(ours);
  const byId = groupBy(ours, (order) => order.orderId);
  return compareRows("order", left, theirs, {
    find: (row) => (byId.get(row.orderId) ?? []).find((o) => left.has(o) && isOfAccount(row, o)),
    keyOf: (order) => order.orderId,
    keyOfTheirs: (row) => row.orderId,
    fieldsOf: orderFields,
  });
}

/**
 * Trades by our trade id, else by the ids of their entry and exit orders, else by symbol, side, quantity,
 * prices and instants to the second. A trade of ours is taken by one row.
 */
export function compareTrades(
  ours: readonly Trade[],
  theirs: readonly ComputedTrade[],
): TradeComparison {
  const left = new Set(ours);
  const indexes = [tradeIdOf, ordersOf, placeOf].map((key) => groupBy(ours, key));
  const find = (row: ComputedTrade) => {
    for (const [i, key] of [tradeIdOf, ordersOf, placeOf].entries()) {
      const candidates = indexes[i]?.get(key(row)) ?? [];
      const found = candidates.find(
        (t) => left.has(t) && isOfAccount(row, t) && isOfSymbol(row, t),
      );
      if (found) return found;
    }
    return undefined;
  };
  return {
    ...compareRows("trade", left, theirs, {
      find,
      keyOf: (trade) => trade.tradeId,
      keyOfTheirs: (row) => row.tradeId,
      fieldsOf: tradeFields,
    }),
    grossPnl: sumsOf(ours, theirs, (row) => row.grossPnl),
    netPnl: sumsOf(ours, theirs, (row) => row.netPnl),
  };
}

interface Rules<O, T> {
  readonly find: (row: T) => O | undefined;
  readonly keyOf: (ours: O) => string;
  readonly keyOfTheirs: (row: T) => string | null;
  readonly fieldsOf: (ours: O, theirs: T) => readonly Field[];
}

function compareRows<O, T extends { readonly row: number }>(
  what: RowDifference["what"],
  left: Set<O>,
  theirs: readonly T[],
  rules: Rules<O, T>,
): RowComparison {
  const ours = left.size;
  const differences: RowDifference[] = [];
  const missing = { what, field: null, ours: null, theirs: null, difference: null };
  const counts = { equal: 0, differing: 0, onlyTheirs: 0 };
  for (const row of theirs) {
    const found = rules.find(row);
    if (found === undefined) {
      counts.onlyTheirs += 1;
      const key = rules.keyOfTheirs(row);
      differences.push({ ...missing, kind: "only theirs", key, row: row.row });
      continue;
    }
    left.delete(found);
    const differing = rules.fieldsOf(found, row).filter(differs);
    counts[differing.length === 0 ? "equal" : "differing"] += 1;
    const at = { what, kind: "differs", key: rules.keyOf(found), row: row.row } as const;
    for (const field of differing) differences.push({ ...at, ...shown(field) });
  }
  for (const order of left) {
    differences.push({ ...missing, kind: "only ours", key: rules.keyOf(order), row: null });
  }
  return { ours, theirs: theirs.length, ...counts, onlyOurs: left.size, differences };
}

function differs({ ours, theirs }: Field): boolean {
  return theirs !== null && ours !== theirs;
}

function shown(field: Field): Pick<RowDifference, "field" | "ours" | "theirs" | "difference"> {
  const { name, ours, theirs, show } = field;
  const plain = (value: Field["ours"]) => (typeof value === "number" && show ? show(value) : value);
  const bothFigures = typeof ours === "number" && typeof theirs === "number";
  const gap = bothFigures && field.counts !== false ? plain(theirs - ours) : null;
  const difference = typeof gap === "number" ? gap : null;
  return { field: name, ours: plain(ours), theirs: plain(theirs), difference };
}

function orderFields(ours: Order, theirs: ComputedOrder): readonly Field[] {
  const symbol = isOfSymbol(theirs, ours) ? null : theirs.symbol;
  return [
    { name: "symbol", ours: ours.symbol, theirs: symbol },
    { name: "side", ours: ours.side, theirs: theirs.side },
    { name: "orderType", ours: ours.orderType, theirs: theirs.orderType },
    { name: "quantity", ours: ours.quantity, theirs: theirs.quantity },
    { name: "limitPrice", ours: ours.limitPrice, theirs: theirs.limitPrice, show: points },
    { name: "stopPrice", ours: ours.stopPrice, theirs: theirs.stopPrice, show: points },
    { name: "status", ours: ours.status, theirs: theirs.status },
    { name: "filledQuantity", ours: ours.filledQuantity, theirs: theirs.filledQuantity },
    {
      name: "averageFillPrice",
      ours: ours.averageFillPrice,
      theirs: theirs.averageFillPrice,
      show: points,
    },
    instantField("createdAt", ours.createdAt, theirs.createdAt),
  ];
}

function tradeFields(ours: Trade, theirs: ComputedTrade): readonly Field[] {
  return [
    { name: "side", ours: ours.side, theirs: theirs.side },
    { name: "quantity", ours: ours.quantity, theirs: theirs.quantity },
    { name: "entryPrice", ours: ours.entryPrice, theirs: theirs.entryPrice, show: points },
    instantField("entryTimestamp", ours.entryTimestamp, theirs.entryTimestamp),
    { name: "exitPrice", ours: ours.exitPrice, theirs: theirs.exitPrice, show: points },
    instantField("exitTimestamp", ours.exitTimestamp, theirs.exitTimestamp),
    { name: "grossPnl", ours: ours.grossPnl, theirs: theirs.grossPnl, show: dollars },
    { name: "commissions", ours: ours.commissions, theirs: theirs.commissions, show: dollars },
    { name: "fees", ours: ours.fees, theirs: theirs.fees, show: dollars },
    { name: "netPnl", ours: ours.netPnl, theirs: theirs.netPnl, show: dollars },
    { name: "entryOrderId", ours: ours.entryOrderId, theirs: theirs.entryOrderId },
    { name: "exitOrderId", ours: ours.exitOrderId, theirs: theirs.exitOrderId },
  ];
}

/** To the second: such programs often keep no more. */
function instantField(name: string, ours: Instant, theirs: Instant | null): Field {
  const show = (micros: number) => formatInstant(micros as Instant);
  const told = theirs === null ? null : wholeSecond(theirs);
  return { name, ours: wholeSecond(ours), theirs: told, show, counts: false };
}

const points = (value: number): number => priceToNumber(value as Price);
const dollars = (value: number): number => moneyToNumber(value as Money);
const wholeSecond = (at: Instant): number => Math.floor(at / 1_000_000) * 1_000_000;

interface Placed
  extends Pick<
    ComputedTrade,
    "side" | "quantity" | "entryPrice" | "entryTimestamp" | "exitPrice" | "exitTimestamp"
  > {}

const tradeIdOf = (row: Pick<ComputedTrade, "tradeId">): string => row.tradeId ?? "";

const ordersOf = (row: Pick<ComputedTrade, "entryOrderId" | "exitOrderId">): string =>
  row.entryOrderId === null || row.exitOrderId === null
    ? ""
    : JSON.stringify([row.entryOrderId, row.exitOrderId]);

const placeOf = (row: Placed): string =>
  JSON.stringify([
    row.side,
    row.quantity,
    row.entryPrice,
    row.exitPrice,
    wholeSecond(row.entryTimestamp),
    wholeSecond(row.exitTimestamp),
  ]);

function isOfAccount(
  row: { readonly accountId: string | null },
  ours: { readonly accountId: string },
): boolean {
  return row.accountId === null || row.accountId === ours.accountId;
}

/** MNQU26, MNQU6, MNQ.U26, the contract id, or the root alone. */
function isOfSymbol(
  { symbol }: { readonly symbol: string | null },
  ours: Pick<Order, "symbol" | "contractId" | "root">,
): boolean {
  if (symbol === null) return true;
  const short = ours.symbol.replace(/\d(\d)$/, "$1");
  const names = [ours.symbol, ours.contractId, ours.root, short];
  return names.includes(symbol) || names.includes(symbol.replace(".", ""));
}

function sumsOf(
  ours: readonly Trade[],
  theirs: readonly ComputedTrade[],
  figure: (row: Pick<ComputedTrade, "grossPnl" | "netPnl">) => Money | null,
): SumsCompared {
  const known = theirs.flatMap((row) => figure(row) ?? []);
  const our = addMoney(...ours.map((trade) => figure(trade) ?? ZERO));
  if (known.length === 0) return { ours: dollars(our), theirs: null, difference: null };
  const their = addMoney(...known);
  return { ours: dollars(our), theirs: dollars(their), difference: dollars(their - our) };
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
