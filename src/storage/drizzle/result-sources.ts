import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { MONEY_UNIT, PRICE_UNIT } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type { PlannedResult } from "../../ports/performance-repositories.js";
import type { Fields, Handle } from "./handle.js";

/** Tables beside that of a level, of the entry order and of the contract. */
export type Beside = "orders" | "contracts";

/** What a field of a result is read from, and how its values are read. */
export interface Source {
  readonly from: AnyPgColumn | SQL;
  readonly codec: Fields[string];
  /** What has to be joined for it. */
  readonly beside?: Beside;
  /** It is no column, so that the store cannot add it up. */
  readonly isMade?: true;
}

type Sources = Readonly<Record<keyof PlannedResult, Source>>;

export const SOURCES: Readonly<Record<ResultLevel, (h: Handle) => Sources>> = {
  match(h) {
    const { matches: t, orders } = h.t;
    const { grossPnl, commissions, fees } = t;
    const net = sql`${grossPnl} - coalesce(${commissions}, 0) - coalesce(${fees}, 0)`;
    return {
      ...ownFields(t),
      positionId: column(t.positionId),
      strategy: { ...column(orders.strategy), beside: "orders" },
      entryOrderType: { ...column(orders.orderType), beside: "orders" },
      // As `matchId` has it.
      resultId: made(sql`${t.entryFillId} || ':' || ${t.exitFillId}`, t.entryFillId),
      netPnl: made(net, grossPnl),
      durationSeconds: made(h.seconds(t.entryTimestamp, t.exitTimestamp), WHOLE),
      mae: { ...made(excursion(h, "adverse"), HALF_EVEN), beside: "contracts" },
      mfe: { ...made(excursion(h, "favourable"), HALF_EVEN), beside: "contracts" },
    };
  },
  trade({ t: { trades: t, orders } }) {
    return {
      ...ownFields(t),
      resultId: column(t.tradeId),
      strategy: column(t.strategy),
      entryOrderType: { ...column(orders.orderType), beside: "orders" },
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
      entryOrderType: { ...column(orders.orderType), beside: "orders" },
      commissions: knownOf(t.commissions, t.commissionMatches),
      fees: knownOf(t.fees, t.feeMatches),
      netPnl: column(t.netPnl),
      costsKnown: made(sql`${t.costsKnownMatches} = ${t.matchCount}`, trades.costsKnown),
      durationSeconds: made(h.seconds(t.openedAt, t.closedAt), WHOLE),
      mae: column(t.mae),
      mfe: column(t.mfe),
    };
  },
};

/**
 * What a match won or lost at most while it was open, as `excursions` has it: in millionths of a dollar, which are
 * whole on the tick. The entry lies between low and high. Points are counted in units of a price before they are
 * multiplied: a difference of decimals is not exact in doubles.
 */
function excursion({ t: { matches, contracts } }: Handle, which: "adverse" | "favourable"): SQL {
  const { entryPrice: entry, lowPrice: low, highPrice: high } = matches;
  const [long, short] =
    which === "adverse"
      ? [sql`${low} - ${entry}`, sql`${entry} - ${high}`]
      : [sql`${high} - ${entry}`, sql`${entry} - ${low}`];
  const points = sql`case ${matches.side} when 'LONG' then ${long} else ${short} end`;
  const [unit, perMillionth] = [PRICE_UNIT, PRICE_UNIT / MONEY_UNIT].map((n) => sql.raw(String(n)));
  return sql`round((${points}) * ${unit}) * ${contracts.pointValue} / ${perMillionth} * ${matches.quantity}`;
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
const made = (from: SQL, codec: Fields[string]): Source => ({
  from: from.mapWith(codec),
  codec,
  isMade: true,
});

const WHOLE: Fields[string] = { mapFromDriverValue: (value) => Number(value) || 0 };

/** How far a double may be from a half that it stands for. */
const NOISE = 0.0005;

/** Rounded half to even, as `profit` is. */
const HALF_EVEN: Fields[string] = {
  mapFromDriverValue(value) {
    const exact = Number(value);
    if (Number.isInteger(exact)) return exact || 0;
    const below = Math.floor(exact);
    const isHalf = Math.abs(exact - below - 0.5) < NOISE;
    return (isHalf ? below + (below & 1) : Math.round(exact)) || 0;
  },
};

/** Null while no match's is known. */
const knownOf = (amount: AnyPgColumn, matches: AnyPgColumn): Source =>
  made(sql`case when ${matches} = 0 then null else ${amount} end`, amount);
