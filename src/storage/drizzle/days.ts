import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { DayTotals } from "../../domain/daily.js";
import type { AccountId } from "../../domain/ids.js";
import type { Money } from "../../domain/money.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type { DayNet, DayRepository } from "../../ports/day-repositories.js";
import { columnsWithout, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const dayColumns = ({ t }: Handle) => columnsWithout(t.dailyPerformance, "id");

const dayOf = prepared<Pick<DayTotals, "accountId" | "tradingDay">, readonly DayTotals[]>(
  "day_of_account",
  (h) => h.db.select(dayColumns(h)).from(h.t.dailyPerformance).where(isDay(h)),
  dayColumns,
);

const isDay = ({ t: { dailyPerformance: days } }: Handle) =>
  sql`${days.accountId} = ${sql.placeholder("accountId")}
      and ${days.tradingDay} = ${sql.placeholder("tradingDay")}`;

const insertDay = prepared<DayTotals, unknown>("insert_day", (h) =>
  h.db.insert(h.t.dailyPerformance).values(placeholders(h.t.dailyPerformance, "id")),
);

const updateDay = prepared<DayTotals, unknown>("update_day", (h) =>
  h.db
    .update(h.t.dailyPerformance)
    .set(placeholders(h.t.dailyPerformance, "id", "accountId", "tradingDay"))
    .where(isDay(h)),
);

export class DrizzleDayRepository implements DayRepository {
  constructor(private readonly session: Session) {}

  async list(accountId: AccountId): Promise<readonly DayTotals[]> {
    const h = this.session.handle;
    const { dailyPerformance: days } = h.t;
    return h.db
      .select(dayColumns(h))
      .from(days)
      .where(eq(days.accountId, accountId))
      .orderBy(asc(days.tradingDay));
  }

  async from(accountId: AccountId, day: TradingDay): Promise<readonly DayTotals[]> {
    const h = this.session.handle;
    const { dailyPerformance: days } = h.t;
    return h.db
      .select(dayColumns(h))
      .from(days)
      .where(and(eq(days.accountId, accountId), gte(days.tradingDay, day)))
      .orderBy(asc(days.tradingDay));
  }

  async nets(accountIds: readonly AccountId[], to: TradingDay | null): Promise<readonly DayNet[]> {
    const h = this.session.handle;
    const { dailyPerformance: days } = h.t;
    const fields = { tradingDay: days.tradingDay, netPnl: days.netPnl };
    const query = h.db
      .select({ ...fields, netPnl: sql<Money>`sum(${days.netPnl})`.mapWith(days.netPnl) })
      .from(days)
      .where(
        and(
          inArray(days.accountId, [...accountIds]),
          to === null ? undefined : lt(days.tradingDay, to),
        ),
      )
      .groupBy(days.tradingDay)
      .orderBy(asc(days.tradingDay));
    const [tradingDays = [], nets = []] = await h.columns(query, fields);
    // The columns of the two fields.
    return Array.from(tradingDays, (day, n) => ({ tradingDay: day, netPnl: nets[n] }) as DayNet);
  }

  async get(accountId: AccountId, tradingDay: DayTotals["tradingDay"]): Promise<DayTotals | null> {
    const [row] = await dayOf(this.session, { accountId, tradingDay });
    return row ?? null;
  }

  async insert(day: DayTotals): Promise<void> {
    await insertDay(this.session, day);
  }

  async update(day: DayTotals): Promise<void> {
    await updateDay(this.session, day);
  }

  async remove(accountId: AccountId, tradingDay: DayTotals["tradingDay"]): Promise<void> {
    const { db, t } = this.session.handle;
    const { dailyPerformance: days } = t;
    await db
      .delete(days)
      .where(sql`${days.accountId} = ${accountId} and ${days.tradingDay} = ${tradingDay}`);
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.dailyPerformance).where(eq(t.dailyPerformance.accountId, accountId));
  }
}
