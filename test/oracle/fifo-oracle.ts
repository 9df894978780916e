import {
  floorDivide,
  MONEY_DECIMALS,
  nearestEven,
  PRICE_DECIMALS,
  toDouble,
  total,
  toUnits,
} from "./exact.js";
import { compareFills, isoOf, type OracleFill, sessionDay } from "./oracle-fill.js";

/**
 * The books worked out the slow and obvious way, to be compared with the product: every fill is
 * taken apart into single contracts, the contracts are matched one by one, and the rows are put
 * together again at the end. Rows look like the JSON of the command line, less what only the
 * product can know (ids, MAE, MFE).
 */

export type OracleRow = Readonly<Record<string, string | number | boolean | null>>;

export interface OracleBooks {
  readonly matches: readonly OracleRow[];
  readonly trades: readonly OracleRow[];
  /** Closed positions, flat to flat. */
  readonly closed: readonly OracleRow[];
  readonly open: readonly OracleRow[];
  /** Signed contracts held, by "account contract"; flat ones are left out. */
  readonly net: Readonly<Record<string, number>>;
  readonly days: readonly OracleRow[];
}

/** One contract of a fill with its own share of the fill's costs, in millionths of a dollar. */
interface Single {
  readonly fill: OracleFill;
  readonly commission: bigint | null;
  readonly fee: bigint | null;
}
interface Pair {
  readonly entry: Single;
  readonly exit: Single;
}
/** From flat to flat, or to the present. */
interface Round {
  readonly opener: OracleFill;
  readonly pairs: Pair[];
  left: readonly Single[];
}

export function oracleBooks(fills: readonly OracleFill[]): OracleBooks {
  const rounds = [...groupBy(fills, (fill) => `${fill.accountId} ${fill.contractId}`).values()]
    .map((group) => [...group].sort(compareFills))
    .flatMap(playContract);
  const matches = rounds.flatMap((round) =>
    split(round.pairs, (pair) => JSON.stringify([pair.entry.fill.fillId, pair.exit.fill.fillId])),
  );
  const trades = rounds.flatMap((round) =>
    split(round.pairs, (pair) => JSON.stringify([pair.entry.fill.orderId, pair.exit.fill.orderId])),
  );
  const ended = rounds.filter((round) => round.left.length === 0).map((round) => round.pairs);
  const open = rounds.filter((round) => round.left.length > 0);
  return {
    matches: canonical(matches).map(matchRow),
    trades: canonical(trades).map(closedRow),
    closed: canonical(ended).map(closedRow),
    open: open.map(openRow),
    net: Object.fromEntries(
      open.map(({ opener, left }) => [
        `${opener.accountId} ${opener.contractId}`,
        direction(opener) * left.length,
      ]),
    ),
    days: dayRows(fills, matches),
  };
}

/** Fills of one account and contract, in order, one contract at a time. */
function playContract(fills: readonly OracleFill[]): readonly Round[] {
  const rounds: Round[] = [];
  let queue: Single[] = [];
  for (const fill of fills) {
    for (const single of singles(fill)) {
      const round = rounds.at(-1);
      const oldest = queue[0];
      if (round === undefined || oldest === undefined) {
        rounds.push({ opener: fill, pairs: [], left: [] });
        queue = [single];
      } else if (oldest.fill.side === fill.side) {
        queue.push(single);
      } else {
        round.pairs.push({ entry: oldest, exit: single });
        queue = queue.slice(1);
      }
    }
  }
  const last = rounds.at(-1);
  if (last) last.left = queue;
  return rounds;
}

function singles(fill: OracleFill): readonly Single[] {
  const share = (cost: string | null, index: number): bigint | null => {
    if (cost === null) return null;
    const [whole, count] = [toUnits(cost, MONEY_DECIMALS), BigInt(fill.quantity)];
    const upTo = (contracts: number) => floorDivide(whole * BigInt(contracts), count);
    return upTo(index + 1) - upTo(index);
  };
  return Array.from({ length: fill.quantity }, (_, index) => ({
    fill,
    commission: share(costOf(fill, "commission"), index),
    fee: share(costOf(fill, "fee"), index),
  }));
}

const COSTS = ["commission", "fee"] as const;

/** What the broker told, else what the fee table says. */
const costOf = (fill: OracleFill, cost: (typeof COSTS)[number]): string | null =>
  fill[cost] ?? fill.modelled?.[cost] ?? null;

const isModelled = (fill: OracleFill): boolean =>
  COSTS.some((cost) => fill[cost] === null && costOf(fill, cost) !== null);

const isTold = (fill: OracleFill): boolean => COSTS.every((cost) => fill[cost] !== null);

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

const split = (pairs: readonly Pair[], key: (pair: Pair) => string) => [
  ...groupBy(pairs, key).values(),
];

const direction = (fill: OracleFill): 1 | -1 => (fill.side === "BUY" ? 1 : -1);

const first = (pairs: readonly Pair[]): OracleFill => edge(pairs.map((p) => p.entry.fill)[0]);
const last = (pairs: readonly Pair[]): OracleFill => edge(pairs.map((p) => p.exit.fill).at(-1));

function edge(fill: OracleFill | undefined): OracleFill {
  if (fill === undefined) throw new Error("a row of no pairs");
  return fill;
}

/** By exit, then by entry, then by account. */
function canonical(rows: readonly (readonly Pair[])[]): readonly (readonly Pair[])[] {
  return [...rows].sort(
    (a, b) =>
      compareFills(last(a), last(b)) ||
      compareFills(first(a), first(b)) ||
      (first(a).accountId < first(b).accountId ? -1 : 1),
  );
}

/** Gross in millionths: exact, but for prices off the tick, rounded once for each pair of fills. */
function grossOf(pairs: readonly Pair[]): bigint {
  const perMatch = split(pairs, (p) => JSON.stringify([p.entry.fill.fillId, p.exit.fill.fillId]));
  return total(
    perMatch.map((match) => {
      const fill = first(match);
      const points =
        toUnits(last(match).price, PRICE_DECIMALS) - toUnits(fill.price, PRICE_DECIMALS);
      const size = BigInt(direction(fill) * match.length);
      const value = toUnits(fill.pointValue, MONEY_DECIMALS);
      return nearestEven(points * size * value, 10n ** BigInt(PRICE_DECIMALS));
    }),
  );
}

function averageOf(fills: readonly OracleFill[]): number {
  const sum = total(fills.map((fill) => toUnits(fill.price, PRICE_DECIMALS)));
  return toDouble(nearestEven(sum, BigInt(fills.length)), PRICE_DECIMALS);
}

/** Gross, costs and net of pairs, as dollars. A cost is null while no contract knows it. */
function moneyOf(pairs: readonly Pair[]) {
  const sides = pairs.flatMap((pair) => [pair.entry, pair.exit]);
  const known = (costs: readonly (bigint | null)[]) => costs.filter((cost) => cost !== null);
  const commissions = known(sides.map((side) => side.commission));
  const fees = known(sides.map((side) => side.fee));
  const gross = grossOf(pairs);
  const dollars = (amount: bigint) => toDouble(amount, MONEY_DECIMALS);
  return {
    gross: dollars(gross),
    commissions: commissions.length === 0 ? null : dollars(total(commissions)),
    fees: fees.length === 0 ? null : dollars(total(fees)),
    net: dollars(gross - total(commissions) - total(fees)),
    costsKnown: sides.every((side) => isTold(side.fill)),
    costsModelled: sides.some((side) => isModelled(side.fill)),
  };
}

function closedRow(pairs: readonly Pair[]): OracleRow {
  const [entry, exit, money] = [first(pairs), last(pairs), moneyOf(pairs)];
  return {
    accountId: entry.accountId,
    symbol: entry.symbol,
    contractId: entry.contractId,
    root: entry.root,
    side: entry.side === "BUY" ? "LONG" : "SHORT",
    quantity: pairs.length,
    entryPrice: averageOf(pairs.map((pair) => pair.entry.fill)),
    entryTimestamp: isoOf(entry.executedAt),
    exitPrice: averageOf(pairs.map((pair) => pair.exit.fill)),
    exitTimestamp: isoOf(exit.executedAt),
    grossPnl: money.gross,
    commissions: money.commissions,
    fees: money.fees,
    netPnl: money.net,
    costsKnown: money.costsKnown,
    entryOrderId: entry.orderId,
    exitOrderId: exit.orderId,
    strategy: entry.strategy,
    costsModelled: money.costsModelled,
  };
}

function matchRow(pairs: readonly Pair[]): OracleRow {
  return {
    ...closedRow(pairs),
    entryFillId: first(pairs).fillId,
    exitFillId: last(pairs).fillId,
  };
}

function openRow(round: Round): OracleRow {
  const { opener, pairs, left } = round;
  const money = moneyOf(pairs);
  return {
    accountId: opener.accountId,
    symbol: opener.symbol,
    contractId: opener.contractId,
    root: opener.root,
    side: opener.side === "BUY" ? "LONG" : "SHORT",
    status: "open",
    quantity: left.length,
    entryPrice: averageOf(left.map((single) => single.fill)),
    openedAt: isoOf(opener.executedAt),
    closedAt: null,
    closedQuantity: pairs.length,
    realizedGrossPnl: money.gross,
    commissions: money.commissions,
    fees: money.fees,
    realizedNetPnl: money.net,
    // Nothing realised has no costs, known or not.
    costsKnown: pairs.length === 0 ? null : money.costsKnown,
    entryOrderId: opener.orderId,
    strategy: opener.strategy,
    costsModelled: pairs.length === 0 ? null : money.costsModelled,
    // All that the oracle is told of is a broker's.
    origin: "broker",
  };
}

/** Ledger days: gross on the day of the exit, costs on the day of each fill. */
function dayRows(fills: readonly OracleFill[], matches: readonly (readonly Pair[])[]) {
  const dayOf = (fill: OracleFill) => `${fill.accountId} ${sessionDay(fill.executedAt)}`;
  const grossByDay = groupBy(matches, (match) => dayOf(last(match)));
  const days = [...groupBy(fills, dayOf)].map(([day, ofDay]): OracleRow => {
    const cost = (field: "commission" | "fee") =>
      total(ofDay.map((fill) => toUnits(costOf(fill, field) ?? "0", MONEY_DECIMALS)));
    const gross = total((grossByDay.get(day) ?? []).map(grossOf));
    const [accountId = "", tradingDay = ""] = day.split(" ");
    return {
      accountId,
      tradingDay,
      grossPnl: toDouble(gross, MONEY_DECIMALS),
      commissions: toDouble(cost("commission"), MONEY_DECIMALS),
      fees: toDouble(cost("fee"), MONEY_DECIMALS),
      netPnl: toDouble(gross - cost("commission") - cost("fee"), MONEY_DECIMALS),
      costsKnown: ofDay.every(isTold),
      fillCount: ofDay.length,
      volume: ofDay.reduce((sum, fill) => sum + fill.quantity, 0),
    };
  });
  return days.sort((a, b) =>
    `${a.accountId} ${a.tradingDay}`.localeCompare(`${b.accountId} ${b.tradingDay}`),
  );
}
