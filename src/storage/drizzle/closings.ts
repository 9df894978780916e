import { and, asc, desc, eq, gte } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { DayClosing } from "../../domain/snapshot.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type { ClosingRepository } from "../../ports/account-repositories.js";
import { columnsWithout } from "./columns.js";
import type { Handle, Session } from "./handle.js";

const closingColumns = ({ t }: Handle) => columnsWithout(t.dayClosings, "id");

export class DrizzleClosingRepository implements ClosingRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, day: TradingDay): Promise<DayClosing | null> {
    const h = this.session.handle;
    const { dayClosings: closings } = h.t;
    const [row] = await h.db
      .select(closingColumns(h))
      .from(closings)
      .where(and(eq(closings.accountId, accountId), eq(closings.tradingDay, day)));
    return row ?? null;
  }

  async list(accountId: AccountId, from: TradingDay | null): Promise<readonly DayClosing[]> {
    const h = this.session.handle;
    const { dayClosings: closings } = h.t;
    const later = from === null ? undefined : gte(closings.tradingDay, from);
    return h.db
      .select(closingColumns(h))
      .from(closings)
      .where(and(eq(closings.accountId, accountId), later))
      .orderBy(asc(closings.tradingDay));
  }

  async last(accountId: AccountId): Promise<DayClosing | null> {
    const h = this.session.handle;
    const { dayClosings: closings } = h.t;
    const [row] = await h.db
      .select(closingColumns(h))
      .from(closings)
      .where(eq(closings.accountId, accountId))
      .orderBy(desc(closings.tradingDay))
      .limit(1);
    return row ?? null;
  }

  async insert(closing: DayClosing): Promise<boolean> {
    const { db, t } = this.session.handle;
    const inserted = await db
      .insert(t.dayClosings)
      .values(closing)
      .onConflictDoNothing()
      .returning({ tradingDay: t.dayClosings.tradingDay });
    return inserted.length > 0;
  }
}
