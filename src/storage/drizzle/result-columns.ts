import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { MONEY_UNIT } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type {
  PlannedResult,
  ResultLists,
  ResultQuery,
  SummableField,
} from "../../ports/performance-repositories.js";
import type { Fields, Handle, Selection } from "./handle.js";
import { placed, wanted } from "./result-conditions.js";
import { writtenConditions } from "./written-conditions.js";

/** What a field of a result is read from, and how its values are read. */
interface Source {
  readonly from: AnyPgColumn | SQL;
  readonly codec: Fields[string];
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
  // A field may be asked for as a list and as a sum.
  const asked = [
    ...[...new Set(names)].map((name) => ({ name, at: name, isSum: false })),
    ...summed.map((name) => ({ name, at: `sum_${name}`, isSum: true })),
  ];
  const read = <V>(of: (source: Source) => V) =>
    Object.fromEntries(asked.map(({ name, at }) => [at, of(sources[name])]));
  const selection = SELECTIONS[query.level](
    h,
    query,
    read(({ from }) => from),
  );
  const found = await h.columns(
    selection,
    read(({ codec }) => codec),
    { numbers: NUMBERS, sums: asked.filter(({ isSum }) => isSum).map(({ at }) => at) },
  );
  const columns = new Map(asked.map(({ at }, i) => [at, found[i] ?? []]));
  // Each list has the values that its field has in a result, and each sum is one of money.
  return {
    columns: Object.fromEntries(names.map((name) => [name, columns.get(name)])),
    sums: Object.fromEntries(summed.map((name) => [name, columns.get(`sum_${name}`)?.[0]])),
  } as unknown as ResultLists<K, S>;
}

/** Flags among them. */
const NUMBERS = [
  "quantity",
  "entryTimestamp",
  "exitTimestamp",
  "durationSeconds",
  "grossPnl",
  "commissions",
  "fees",
  "netPnl",
  "mae",
  "mfe",
  "plannedRisk",
  "costsKnown",
] as const satisfies readonly (keyof PlannedResult)[];

type Selected = Record<string, AnyPgColumn | SQL>;
type Select = (h: Handle, query: Omit<ResultQuery, "newest">, fields: Selected) => Selection;

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
  match(h) {
    const { matches: t, orders } = h.t;
    const { grossPnl, commissions, fees } = t;
    const net = sql`${grossPnl} - coalesce(${commissions}, 0) - coalesce(${fees}, 0)`;
    return {
      ...ownFields(t),
      positionId: column(t.positionId),
      strategy: column(orders.strategy),
      entryOrderType: column(orders.orderType),
      // As `matchId` has it.
      resultId: made(sql`${t.entryFillId} || ':' || ${t.exitFillId}`, t.entryFillId),
      netPnl: made(net, DOLLARS),
      durationSeconds: made(h.seconds(t.entryTimestamp, t.exitTimestamp), COUNT),
      mae: made(excursion(h, "adverse"), DOLLARS),
      mfe: made(excursion(h, "favourable"), DOLLARS),
    };
  },
  trade({ t: { trades: t, orders } }) {
    return {
      ...ownFields(t),
      resultId: column(t.tradeId),
      strategy: column(t.strategy),
      entryOrderType: column(orders.orderType),
      netPnl: column(t.netPnl),
      durationSeconds: column(t.durationSeconds),
      mae: column(t.mae),
      mfe: column(t.mfe),
    };
  },
  position(h) {
    const { positions: t, orders, trades } = h.t;
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
      resultId: column(t.positionId),
      strategy: column(t.strategy),
      entryOrderType: column(orders.orderType),
      commissions: knownOf(t.commissions, t.commissionMatches),
      fees: knownOf(t.fees, t.feeMatches),
      netPnl: column(t.netPnl),
      costsKnown: made(sql`${t.costsKnownMatches} = ${t.matchCount}`, trades.costsKnown),
      durationSeconds: made(h.seconds(t.openedAt, t.closedAt), COUNT),
      mae: column(t.mae),
      mfe: column(t.mfe),
    };
  },
};

/** What a match won or lost at most while it was open, as `excursions` has it. */
function excursion({ t: { matches, contracts } }: Handle, which: "adverse" | "favourable"): SQL {
  const { entryPrice: entry, lowPrice: low, highPrice: high } = matches;
  const fell = sql`case when ${low} < ${entry} then ${low} - ${entry} else 0 end`;
  const rose = sql`case when ${high} > ${entry} then ${high} - ${entry} else 0 end`;
  const [long, short] = which === "adverse" ? [fell, sql`-(${rose})`] : [rose, sql`-(${fell})`];
  const points = sql`case ${matches.side} when 'LONG' then ${long} else ${short} end`;
  return sql`(${points}) * ${matches.quantity} * ${contracts.pointValue}`;
}

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
  const fields = OWN.map((name) => [name, column(columns[name])]);
  return Object.fromEntries(fields) as Record<Own, Source>;
}

const column = (from: AnyPgColumn): Source => ({ from, codec: from });

/** A field that no column has; its values are read as those of another column, or by a codec of their own. */
const made = (from: SQL, codec: Fields[string]): Source => ({ from: from.mapWith(codec), codec });

const COUNT: Fields[string] = { mapFromDriverValue: Number };

/** Sums and products of decimals, in which SQLite's doubles may be off by their last bits. */
const DOLLARS: Fields[string] = {
  mapFromDriverValue: (value) => Math.round(Number(value) * MONEY_UNIT) || 0,
};

/** Null while no match's is known. */
const knownOf = (amount: AnyPgColumn, matches: AnyPgColumn): Source =>
  made(sql`case when ${matches} = 0 then null else ${amount} end`, amount);
