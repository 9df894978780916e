import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { type FillId, matchId } from "../../domain/ids.js";
import { type Instant, secondsBetween } from "../../domain/instant.js";
import type { Match } from "../../domain/match.js";
import type { Money } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import { excursions, netOf } from "../../domain/trade.js";
import type {
  PlannedResult,
  ResultLists,
  ResultQuery,
  SummableField,
} from "../../ports/performance-repositories.js";
import type { Handle, Selection } from "./handle.js";
import { placed, wanted } from "./result-conditions.js";
import { writtenConditions } from "./written-conditions.js";

/** The columns that a field of a result is made of, and how; without `of` it is the column itself. */
interface Source {
  readonly from: readonly AnyPgColumn[];
  of?(values: readonly unknown[]): unknown;
}
type Sources = Readonly<Record<keyof PlannedResult, Source>>;

/** Reads no more columns than the fields asked for need. */
export async function readColumns<K extends keyof PlannedResult, S extends SummableField>(
  h: Handle,
  query: Omit<ResultQuery, "newest">,
  names: readonly K[],
  summed: readonly S[],
): Promise<ResultLists<K, S>> {
  const sources = SOURCES[query.level](h);
  // The store sums what is a column itself; a sum of anything else is made of lists.
  const isMade = (name: S) => sources[name].of !== undefined;
  const listed = [...names, ...summed.filter(isMade)].flatMap((name) => sources[name].from);
  const onlySummed = summed
    .flatMap((name) => sources[name].from)
    .filter((c) => !listed.includes(c));
  const needed = [...new Set([...listed, ...onlySummed])];
  const fields = Object.fromEntries(needed.map((column, i) => [`f${i}`, column]));
  const sums = Object.keys(fields).slice(needed.length - new Set(onlySummed).size);
  const lists = await h.columns(SELECTIONS[query.level](h, query, fields), fields, sums);
  const listOf = new Map(needed.map((column, i) => [column, lists[i] ?? []]));
  const valuesOf = (name: keyof PlannedResult): readonly unknown[] => {
    const { from, of } = sources[name];
    const parts = from.map((column) => listOf.get(column) ?? []);
    const [first = []] = parts;
    return of ? first.map((_, i) => of(parts.map((part) => part[i]))) : first;
  };
  const sumOf = (name: S) => valuesOf(name).reduce<number>((sum, n) => sum + Number(n), 0);
  // Each list has the values that its field has in a result, and each sum is one of money.
  return {
    columns: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
    sums: Object.fromEntries(summed.map((name) => [name, sumOf(name)])),
  } as unknown as ResultLists<K, S>;
}

type Fields = Record<string, AnyPgColumn | SQL>;
type Select = (h: Handle, query: Omit<ResultQuery, "newest">, fields: Fields) => Selection;

/** Joins of which no column is asked for cost nothing: both engines leave them out. */
const SELECTIONS: Readonly<Record<ResultLevel, Select>> = {
  match(h, query, fields) {
    const { matches, orders, contracts } = h.t;
    const at = matches.exitTimestamp;
    return h.db
      .select(fields)
      .from(matches)
      .leftJoin(
        orders,
        and(eq(orders.accountId, matches.accountId), eq(orders.orderId, matches.entryOrderId)),
      )
      .leftJoin(contracts, eq(contracts.contractId, matches.contractId))
      .where(
        and(
          wanted(query, { ...matches, strategy: orders.strategy, at }),
          ...writtenConditions(h, "match", query),
        ),
      )
      .orderBy(
        ...placed(query, [at, matches.exitFillKey, matches.entryTimestamp, matches.entryFillKey]),
      );
  },
  trade(h, query, fields) {
    const { trades, orders, contracts } = h.t;
    const at = trades.exitTimestamp;
    return h.db
      .select(fields)
      .from(trades)
      .leftJoin(
        orders,
        and(eq(orders.accountId, trades.accountId), eq(orders.orderId, trades.entryOrderId)),
      )
      .leftJoin(contracts, eq(contracts.contractId, trades.contractId))
      .where(and(wanted(query, { ...trades, at }), ...writtenConditions(h, "trade", query)))
      .orderBy(
        ...placed(query, [at, trades.exitFillKey, trades.entryTimestamp, trades.entryFillKey]),
      );
  },
  position(h, query, fields) {
    const { positions, orders, contracts } = h.t;
    const at = positions.closedAt;
    return h.db
      .select(fields)
      .from(positions)
      .leftJoin(
        orders,
        and(eq(orders.accountId, positions.accountId), eq(orders.orderId, positions.entryOrderId)),
      )
      .leftJoin(contracts, eq(contracts.contractId, positions.contractId))
      .where(
        and(
          eq(positions.status, "closed"),
          wanted(query, { ...positions, at }),
          ...writtenConditions(h, "position", query),
        ),
      )
      .orderBy(
        ...placed(query, [at, positions.lastFillKey, positions.openedAt, positions.openFillKey]),
      );
  },
};

const SOURCES: Readonly<Record<ResultLevel, (h: Handle) => Sources>> = {
  match({ t: { matches, orders, contracts } }) {
    const { entryTimestamp, exitTimestamp, entryFillId, exitFillId } = matches;
    const { grossPnl, commissions, fees } = matches;
    const excursed = [
      matches.entryPrice,
      matches.lowPrice,
      matches.highPrice,
      matches.side,
      matches.quantity,
      contracts.pointValue,
    ];
    return {
      ...ownFields(matches),
      positionId: { from: [matches.positionId] },
      strategy: { from: [orders.strategy] },
      entryOrderType: { from: [orders.orderType] },
      resultId: {
        from: [entryFillId, exitFillId],
        of: ([entry, exit]) => matchId(entry as FillId, exit as FillId),
      },
      netPnl: {
        from: [grossPnl, commissions, fees],
        of: ([gross, commission, fee]) =>
          netOf(gross as Money, commission as Money | null, fee as Money | null),
      },
      durationSeconds: secondsFrom(entryTimestamp, exitTimestamp),
      mae: { from: excursed, of: (values) => excursionOf(values).mae },
      mfe: { from: excursed, of: (values) => excursionOf(values).mfe },
    };
  },
  trade({ t: { trades, orders } }) {
    return {
      ...ownFields(trades),
      resultId: { from: [trades.tradeId] },
      strategy: { from: [trades.strategy] },
      entryOrderType: { from: [orders.orderType] },
      netPnl: { from: [trades.netPnl] },
      durationSeconds: { from: [trades.durationSeconds] },
      mae: { from: [trades.mae] },
      mfe: { from: [trades.mfe] },
    };
  },
  position({ t: { positions: t, orders } }) {
    return {
      ...ownFields({
        ...t,
        quantity: t.closedQuantity,
        entryTimestamp: t.openedAt,
        entryFillKey: t.openFillKey,
        exitTimestamp: t.closedAt,
        exitFillKey: t.lastFillKey,
        costsKnown: t.costsKnownMatches,
      }),
      resultId: { from: [t.positionId] },
      strategy: { from: [t.strategy] },
      entryOrderType: { from: [orders.orderType] },
      commissions: knownOf(t.commissions, t.commissionMatches),
      fees: knownOf(t.fees, t.feeMatches),
      netPnl: { from: [t.netPnl] },
      costsKnown: {
        from: [t.costsKnownMatches, t.matchCount],
        of: ([known, all]) => known === all,
      },
      durationSeconds: secondsFrom(t.openedAt, t.closedAt),
      mae: { from: [t.mae] },
      mfe: { from: [t.mfe] },
    };
  },
};

const OWN = [
  "accountId",
  "positionId",
  "contractId",
  "symbol",
  "root",
  "side",
  "entryOrderId",
  "exitOrderId",
  "quantity",
  "entryTimestamp",
  "entryFillKey",
  "exitTimestamp",
  "exitFillKey",
  "grossPnl",
  "commissions",
  "fees",
  "costsKnown",
  "plannedRisk",
] as const satisfies readonly (keyof PlannedResult)[];
type Own = (typeof OWN)[number];

/** Fields that are columns of the table by their own name. */
function ownFields(columns: Readonly<Record<Own, AnyPgColumn>>): Readonly<Record<Own, Source>> {
  const fields = OWN.map((name) => [name, { from: [columns[name]] }]);
  return Object.fromEntries(fields) as Record<Own, Source>;
}

function secondsFrom(from: AnyPgColumn, to: AnyPgColumn): Source {
  return { from: [from, to], of: ([a, b]) => secondsBetween(a as Instant, b as Instant) };
}

/** Null while no match's is known. */
function knownOf(amount: AnyPgColumn, matches: AnyPgColumn): Source {
  return { from: [amount, matches], of: ([value, known]) => (known === 0 ? null : value) };
}

function excursionOf(values: readonly unknown[]) {
  // In the order of the columns that were asked for.
  const [entryPrice, lowPrice, highPrice, side, quantity, pointValue] = values as [
    Match["entryPrice"],
    Match["lowPrice"],
    Match["highPrice"],
    Match["side"],
    number,
    Money,
  ];
  return excursions([{ entryPrice, lowPrice, highPrice, side, quantity }], pointValue);
}
