import { and, asc, between, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { ResultSums } from "../../domain/performance/result-sums.js";
import type { SumKey, SumRow, SumSpan } from "../../domain/performance/sum-row.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type {
  CalendarSums,
  DayQuery,
  DaySums,
  ResultSumRepository,
  SumRange,
} from "../../ports/performance-repositories.js";
import { columnsWithout, param, placeholders } from "./columns.js";
import { type Handle, prepared, rowsOf, type Session, type Tables } from "./handle.js";

const FIGURES = [
  "count",
  "wins",
  "losses",
  "quantity",
  "grossPnl",
  "commissions",
  "fees",
  "won",
  "unknownCosts",
  "seconds",
  "winSeconds",
  "lossSeconds",
] as const satisfies readonly (keyof ResultSums)[];

const rowColumns = ({ t }: Handle) => columnsWithout(t.resultSums, "id");

function inRange({ t: { resultSums: t } }: Handle): SQL | undefined {
  return and(
    eq(t.accountId, sql.placeholder("accountId")),
    eq(t.level, param("level", t.level)),
    eq(t.family, param("family", t.family)),
    eq(t.span, param("span", t.span)),
    between(t.period, sql.placeholder("first"), sql.placeholder("last")),
  );
}

const isKey = ({ t: { resultSums: t } }: Handle) =>
  and(
    eq(t.accountId, sql.placeholder("accountId")),
    eq(t.level, param("level", t.level)),
    eq(t.family, param("family", t.family)),
    eq(t.span, param("span", t.span)),
    eq(t.period, sql.placeholder("period")),
    eq(t.bucket, sql.placeholder("bucket")),
  );

/** Sums may come as texts: `bigint` is one on Postgres. */
const WHOLE = { mapFromDriverValue: Number };

const sumColumns = (t: Tables["resultSums"]) =>
  Object.fromEntries(FIGURES.map((name) => [name, sql`sum(${t[name]})`.mapWith(Number)])) as Record<
    (typeof FIGURES)[number],
    SQL
  >;

type BucketSums = ResultSums & { readonly bucket: string };

const bucketColumns = ({ t: { resultSums: t } }: Handle) => {
  const { bucket, count, wins, losses, quantity, grossPnl, commissions, fees, won } = t;
  const { unknownCosts, seconds, winSeconds, lossSeconds } = t;
  const money = { grossPnl, commissions, fees, won };
  const rest = { unknownCosts, seconds, winSeconds, lossSeconds };
  return { bucket, count, wins, losses, quantity, ...money, ...rest };
};

const byBucket = prepared<SumRange, readonly BucketSums[]>(
  "result_sums_by_bucket",
  (h) => {
    const { resultSums: t } = h.t;
    // The names and types of the columns, each summed.
    const selected = { bucket: t.bucket, ...sumColumns(t) } as unknown as ReturnType<
      typeof bucketColumns
    >;
    return h.db.select(selected).from(t).where(inRange(h)).groupBy(t.bucket);
  },
  bucketColumns,
);

const listed = prepared<SumRange, readonly SumRow[]>(
  "result_sums_of_range",
  (h) => {
    const { resultSums: t } = h.t;
    return h.db.select(rowColumns(h)).from(t).where(inRange(h)).orderBy(asc(t.period));
  },
  rowColumns,
);

const newestColumns = ({ t: { resultSums } }: Handle) => ({ period: resultSums.period });

const newest = prepared<Omit<SumKey, "period" | "bucket">, readonly { readonly period: string }[]>(
  "newest_result_sums",
  (h) => {
    const { resultSums: t } = h.t;
    return h.db
      .select(newestColumns(h))
      .from(t)
      .where(
        and(
          eq(t.accountId, sql.placeholder("accountId")),
          eq(t.level, param("level", t.level)),
          eq(t.family, param("family", t.family)),
          eq(t.span, param("span", t.span)),
        ),
      )
      .orderBy(desc(t.period))
      .limit(1);
  },
  newestColumns,
);

const addRow = prepared<SumRow, unknown>("add_result_sums", (h) => {
  const { resultSums: t } = h.t;
  const added = FIGURES.map((name) => [
    name,
    sql`${t[name]} + excluded.${sql.identifier(t[name].name)}`,
  ]);
  return h.db
    .insert(t)
    .values(placeholders(t, "id"))
    .onConflictDoUpdate({
      target: [t.accountId, t.level, t.family, t.span, t.period, t.bucket],
      set: Object.fromEntries(added),
    });
});

const pruneRow = prepared<SumKey, unknown>("prune_result_sums", (h) => {
  const { resultSums: t } = h.t;
  return h.db.delete(t).where(and(isKey(h), sql`${t.count} = 0`));
});

/** The days of a family; those of the family that knows nothing but days have an index of their own. */
function ofDays(t: Tables["resultSums"], query: DayQuery): SQL | undefined {
  const { accountIds, level, family, buckets, first, last } = query;
  return and(
    inArray(t.accountId, [...accountIds]),
    eq(t.level, level),
    family === "day"
      ? sql`${t.family} = 0 and ${t.span} = 0`
      : and(eq(t.family, family), eq(t.span, "day")),
    between(t.period, first, last),
    buckets === null ? undefined : inArray(t.bucket, [...buckets]),
  );
}

export class DrizzleResultSumRepository implements ResultSumRepository {
  constructor(private readonly session: Session) {}

  async byBucket(range: SumRange): Promise<readonly BucketSums[]> {
    return byBucket(this.session, range);
  }

  async byDay(query: DayQuery): Promise<readonly DaySums[]> {
    const { resultSums: t } = this.session.handle.t;
    const { fields, columns } = await this.#days(query, sumColumns(t));
    return rowsOf<DaySums>(fields, columns);
  }

  async netsByDay(query: DayQuery): Promise<readonly CalendarSums[]> {
    const { resultSums: t } = this.session.handle.t;
    const { count, wins, losses } = sumColumns(t);
    const netPnl = sql`sum(${t.grossPnl} - ${t.commissions} - ${t.fees})`.mapWith(Number);
    const { columns } = await this.#days(query, { count, wins, losses, netPnl });
    const [days = [], counts = [], won = [], lost = [], nets = []] = columns;
    return Array.from(
      days,
      (tradingDay, n) =>
        // The columns that were asked for, in their order.
        ({
          tradingDay,
          count: counts[n],
          wins: won[n],
          losses: lost[n],
          netPnl: nets[n],
        }) as CalendarSums,
    );
  }

  async #days(query: DayQuery, sums: Readonly<Record<string, SQL>>) {
    const h = this.session.handle;
    const { resultSums: t } = h.t;
    const days = h.db
      .select({ tradingDay: t.period, ...sums })
      .from(t)
      .where(ofDays(t, query))
      .groupBy(t.period)
      .orderBy(asc(t.period));
    // Periods of days are trading days; the rest are whole numbers, money among them.
    const whole = Object.fromEntries(Object.keys(sums).map((name) => [name, WHOLE]));
    const fields = { tradingDay: t.period, ...whole };
    return { fields, columns: await h.columns(days, fields) };
  }

  async list(range: SumRange): Promise<readonly SumRow[]> {
    return listed(this.session, range);
  }

  async newestDay(accountId: AccountId): Promise<TradingDay | null> {
    const key = { accountId, level: "match", family: "day", span: "day" } as const;
    const [row] = await newest(this.session, key);
    // Periods of the span are trading days.
    return (row?.period ?? null) as TradingDay | null;
  }

  async all(accountId: AccountId): Promise<readonly SumRow[]> {
    const h = this.session.handle;
    const { resultSums } = h.t;
    return h.db.select(rowColumns(h)).from(resultSums).where(eq(resultSums.accountId, accountId));
  }

  async add(row: SumRow): Promise<void> {
    await addRow(this.session, row);
  }

  async prune(key: SumKey): Promise<void> {
    await pruneRow(this.session, key);
  }

  async removeFrom(accountId: AccountId, span: SumSpan, period: string): Promise<void> {
    const { db, t } = this.session.handle;
    const { resultSums } = t;
    await db
      .delete(resultSums)
      .where(
        and(
          eq(resultSums.accountId, accountId),
          eq(resultSums.span, span),
          gte(resultSums.period, period),
        ),
      );
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.resultSums).where(eq(t.resultSums.accountId, accountId));
  }
}
