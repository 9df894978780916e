import { and, asc, desc, eq, gt, gte, lte, sql } from "drizzle-orm";
import type { ComplianceEntry } from "../../domain/compliance/log.js";
import type { ComplianceState } from "../../domain/compliance/state.js";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type {
  ComplianceDay,
  ComplianceQuery,
  ComplianceRepository,
  LiftedLock,
  RuleAssignment,
} from "../../ports/compliance-repositories.js";
import { columnsWithout, excluded, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering } from "./row-query.js";

const ruleColumns = ({ t }: Handle) => columnsWithout(t.accountRules, "id");

const rulesOfAccount = prepared<{ accountId: AccountId }, readonly RuleAssignment[]>(
  "rules_of_account",
  (h) =>
    h.db
      .select(ruleColumns(h))
      .from(h.t.accountRules)
      .where(eq(h.t.accountRules.accountId, sql.placeholder("accountId")))
      .orderBy(asc(h.t.accountRules.validFrom), asc(h.t.accountRules.id)),
  ruleColumns,
);

interface DayRow {
  readonly accountId: AccountId;
  readonly tradingDay: TradingDay;
  readonly floor: ComplianceDay["floor"];
  readonly opening: string;
  readonly state: string;
}

const dayColumns = ({ t: { complianceState: days } }: Handle) => ({
  accountId: days.accountId,
  tradingDay: days.tradingDay,
  floor: days.floor,
  opening: days.opening,
  state: days.state,
});

const newestDay = prepared<{ accountId: AccountId }, readonly DayRow[]>(
  "newest_compliance_day",
  (h) =>
    h.db
      .select(dayColumns(h))
      .from(h.t.complianceState)
      .where(eq(h.t.complianceState.accountId, sql.placeholder("accountId")))
      .orderBy(desc(h.t.complianceState.tradingDay))
      .limit(1),
  dayColumns,
);

const saveDay = prepared<Record<string, unknown>, unknown>("save_compliance_day", (h) =>
  h.db
    .insert(h.t.complianceState)
    .values(placeholders(h.t.complianceState, "id"))
    .onConflictDoUpdate({
      target: [h.t.complianceState.accountId, h.t.complianceState.tradingDay],
      set: excluded(h.t.complianceState, "id", "accountId", "tradingDay"),
    }),
);

const entryColumns = ({ t: { complianceEvents: log } }: Handle) => {
  const { timestamp, currentBalance, ...others } = columnsWithout(log, "id");
  return { ...others, at: timestamp, balance: currentBalance };
};

/** As the table allows it; rows of ours have all that an entry has. */
type EntryRow = { readonly [K in keyof ComplianceEntry]: ComplianceEntry[K] | null };

const locksOfAccount = prepared<{ accountId: AccountId; after: Instant }, readonly EntryRow[]>(
  "compliance_locks",
  (h) => {
    const { complianceEvents: log } = h.t;
    return h.db
      .select(entryColumns(h))
      .from(log)
      .where(
        and(
          eq(log.accountId, sql.placeholder("accountId")),
          gt(log.lockedUntil, sql.param(sql.placeholder("after"), log.lockedUntil)),
        ),
      )
      .orderBy(asc(log.id));
  },
  entryColumns,
);

export class DrizzleComplianceRepository implements ComplianceRepository {
  constructor(private readonly session: Session) {}

  async rules(accountId: AccountId): Promise<readonly RuleAssignment[]> {
    return rulesOfAccount(this.session, { accountId });
  }

  async day(accountId: AccountId, upTo: TradingDay | null): Promise<ComplianceDay | null> {
    if (upTo === null) {
      const [newest] = await newestDay(this.session, { accountId });
      return newest ? dayOf(newest) : null;
    }
    const h = this.session.handle;
    const { complianceState: days } = h.t;
    const [row] = await h.db
      .select(dayColumns(h))
      .from(days)
      .where(and(eq(days.accountId, accountId), sql`${days.tradingDay} <= ${upTo}`))
      .orderBy(desc(days.tradingDay))
      .limit(1);
    return row ? dayOf(row) : null;
  }

  async days(accountId: AccountId): Promise<readonly ComplianceDay[]> {
    const h = this.session.handle;
    const { complianceState: days } = h.t;
    const rows = await h.db
      .select(dayColumns(h))
      .from(days)
      .where(eq(days.accountId, accountId))
      .orderBy(asc(days.tradingDay));
    return rows.map(dayOf);
  }

  async log(query: ComplianceQuery): Promise<readonly ComplianceEntry[]> {
    const h = this.session.handle;
    const { complianceEvents: log } = h.t;
    const { accountId } = log;
    const filters = query.severity === undefined ? [] : [eq(log.severity, query.severity)];
    // No contract is asked for, so its column does not matter.
    const columns = { accountId, contractId: accountId, at: log.timestamp };
    const rows = await h.db
      .select(entryColumns(h))
      .from(log)
      .where(conditions(query, columns, ...filters))
      .orderBy(...ordering(query, [log.timestamp, log.id]))
      .limit(limitOf(query));
    return canonical(query, rows.map(written));
  }

  async logFrom(accountId: AccountId, day: TradingDay): Promise<readonly ComplianceEntry[]> {
    const h = this.session.handle;
    const { complianceEvents: log } = h.t;
    const rows = await h.db
      .select(entryColumns(h))
      .from(log)
      .where(and(eq(log.accountId, accountId), gte(log.tradingDay, day)))
      .orderBy(asc(log.id));
    return rows.map(written);
  }

  async entry(accountId: AccountId, eventKey: string): Promise<ComplianceEntry | null> {
    const h = this.session.handle;
    const { complianceEvents: log } = h.t;
    const [row] = await h.db
      .select(entryColumns(h))
      .from(log)
      .where(and(eq(log.accountId, accountId), eq(log.eventKey, eventKey)));
    return row ? written(row) : null;
  }

  async locks(accountId: AccountId, after: Instant): Promise<readonly ComplianceEntry[]> {
    const locks = (await locksOfAccount(this.session, { accountId, after })).map(written);
    if (locks.length === 0) return locks;
    const lifted = new Set((await this.#lifted(accountId, after)).map(({ refersTo }) => refersTo));
    return locks.filter((entry) => !lifted.has(entry.eventKey));
  }

  async lifts(accountId: AccountId): Promise<readonly LiftedLock[]> {
    const lifts: LiftedLock[] = [];
    for (const { at, refersTo } of await this.#lifted(accountId, null)) {
      const entry = refersTo === null ? null : await this.entry(accountId, refersTo);
      if (entry && at !== null) lifts.push({ at, entry });
    }
    return lifts;
  }

  async #lifted(accountId: AccountId, upTo: Instant | null) {
    const { db, t } = this.session.handle;
    const { complianceEvents: log } = t;
    return db
      .select({ refersTo: log.refersTo, at: log.timestamp })
      .from(log)
      .where(
        and(
          eq(log.accountId, accountId),
          sql`${log.refersTo} is not null`,
          eq(log.eventType, "lifted"),
          upTo === null ? undefined : lte(log.timestamp, upTo),
        ),
      );
  }

  async addRules(rules: RuleAssignment): Promise<void> {
    const { db, t } = this.session.handle;
    await db.insert(t.accountRules).values(rules);
  }

  async saveDay({ accountId, tradingDay, opening, state, floor }: ComplianceDay): Promise<void> {
    await saveDay(this.session, {
      accountId,
      tradingDay,
      startOfDayBalance: state.day.startBalance,
      balance: state.balance,
      highestEodBalance: state.highestEodBalance,
      floor,
      opening: JSON.stringify(opening),
      state: JSON.stringify(state),
    });
  }

  async clearDays(accountId: AccountId, from: TradingDay | null): Promise<void> {
    const { db, t } = this.session.handle;
    const { complianceState: days } = t;
    await db
      .delete(days)
      .where(
        and(eq(days.accountId, accountId), from === null ? undefined : gte(days.tradingDay, from)),
      );
  }

  async append(entry: ComplianceEntry): Promise<void> {
    const { db, t } = this.session.handle;
    const { at, balance, ...others } = entry;
    await db
      .insert(t.complianceEvents)
      .values({ ...others, timestamp: at, currentBalance: balance });
  }
}

function dayOf(row: DayRow): ComplianceDay {
  return { ...row, opening: stateOf(row.opening), state: stateOf(row.state) };
}

function stateOf(text: string): ComplianceState {
  // The text was written from a ComplianceState, which is plain JSON; at first it knew no resets and lifts.
  const { resetAt = null, lifts = [], ...state } = JSON.parse(text) as Partial<ComplianceState>;
  return { ...(state as ComplianceState), resetAt, lifts };
}

function written(row: EntryRow): ComplianceEntry {
  // Columns are nullable because they came after the table; nothing wrote a row before them.
  return row as ComplianceEntry;
}
