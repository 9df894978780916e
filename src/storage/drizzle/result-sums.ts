import { and, asc, between, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Money } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type { ResultSums } from "../../domain/performance/result-sums.js";
import type { SumKey, SumRow, SumSpan } from "../../domain/performance/sum-row.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type {
  CalendarSums,
  DaySums,
  ResultSumRepository,
  SumRange,
} from "../../ports/performance-repositories.js";
import { columnsWithout, param, placeholders } from "./columns.js";
import { type Handle, prepared, type Session, type Tables } from "./handle.js";

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
    const sums = FIGURES.map((name) => [name, sql`sum(${t[name]})`.mapWith(Number)]);
    // The names and types of the columns, each summed.
    const selected = { bucket: t.bucket, ...Object.fromEntries(sums) } as ReturnType<
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

function ofDays(
  t: Tables["resultSums"],
  accountIds: readonly AccountId[],
  level: ResultLevel,
  first: string,
  last: string,
): SQL | undefined {
  return and(
    inArray(t.accountId, [...accountIds]),
    eq(t.level, level),
    eq(t.family, "day"),
    eq(t.span, "day"),
    between(t.period, first, last),
  );
}

export class DrizzleResultSumRepository implements ResultSumRepository {
  constructor(private readonly session: Session) {}

  async byBucket(range: SumRange): Promise<readonly BucketSums[]> {
    return byBucket(this.session, range);
  }

  async byDay(
    accountIds: readonly AccountId[],
    level: ResultLevel,
    first: string,
    last: string,
  ): Promise<readonly DaySums[]> {
    const { db, t } = this.session.handle;
    const { resultSums } = t;
    const { period } = resultSums;
    const sums = FIGURES.map((name) => [name, sql`sum(${resultSums[name]})`.mapWith(Number)]);
    // Periods of days are trading days; the names and types of the columns, each summed.
    const selected = { tradingDay: period, ...Object.fromEntries(sums) } as unknown as Omit<
      ReturnType<typeof bucketColumns>,
      "bucket"
    > & { readonly tradingDay: typeof t.dailyPerformance.tradingDay };
    return db
      .select(selected)
      .from(resultSums)
      .where(ofDays(resultSums, accountIds, level, first, last))
      .groupBy(period)
      .orderBy(asc(period));
  }

  async calendar(
    accountIds: readonly AccountId[],
    level: ResultLevel,
    first: string,
    last: string,
  ): Promise<readonly CalendarSums[]> {
    const { db, t } = this.session.handle;
    const { resultSums } = t;
    const { period, count, wins, losses, grossPnl, commissions, fees } = resultSums;
    const net = sql`${grossPnl} - ${commissions} - ${fees}`;
    const rows = await db
      .select({
        tradingDay: period,
        count: sql`sum(${count})`.mapWith(Number),
        wins: sql`sum(${wins})`.mapWith(Number),
        losses: sql`sum(${losses})`.mapWith(Number),
        netPnl: sql<Money>`sum(${net})`.mapWith(Number),
      })
      .from(resultSums)
      .where(ofDays(resultSums, accountIds, level, first, last))
      .groupBy(period)
      .orderBy(asc(period));
    // Periods of days are trading days, and millionths of a dollar are money.
    return rows as unknown as readonly CalendarSums[];
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
