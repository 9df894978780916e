import { asc, eq, sql } from "drizzle-orm";
import { type FeeAccount, type FeeEntry, feeKey } from "../../domain/fees.js";
import type { AccountId } from "../../domain/ids.js";
import type { FeeRepository } from "../../ports/fees.js";
import { columnsWithout } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const accountColumns = ({ t: { accountFees, accounts } }: Handle) => ({
  accountId: accountFees.accountId,
  accountType: accounts.accountType,
  broker: accountFees.broker,
});

const sameAccount = ({ t: { accountFees, accounts } }: Handle) =>
  eq(accounts.accountId, accountFees.accountId);

/** Asked for each fill that is written. */
const ofAccount = prepared<{ accountId: AccountId }, readonly FeeAccount[]>(
  "fees_of_account",
  (h) =>
    h.db
      .select(accountColumns(h))
      .from(h.t.accountFees)
      .innerJoin(h.t.accounts, sameAccount(h))
      .where(eq(h.t.accountFees.accountId, sql.placeholder("accountId"))),
  accountColumns,
);

export class DrizzleFeeRepository implements FeeRepository {
  constructor(private readonly session: Session) {}

  async account(accountId: AccountId): Promise<FeeAccount | null> {
    const [row] = await ofAccount(this.session, { accountId });
    return row ?? null;
  }

  async accounts(): Promise<readonly FeeAccount[]> {
    const h = this.session.handle;
    return h.db
      .select(accountColumns(h))
      .from(h.t.accountFees)
      .innerJoin(h.t.accounts, sameAccount(h))
      .orderBy(asc(h.t.accountFees.accountId));
  }

  async entries(broker?: string): Promise<readonly FeeEntry[]> {
    const { db, t } = this.session.handle;
    const { feeSchedule: fees } = t;
    const rows = await db
      .select(columnsWithout(fees, "feeKey"))
      .from(fees)
      .where(broker === undefined ? undefined : eq(fees.broker, broker))
      .orderBy(asc(fees.broker), asc(fees.root), asc(fees.validFrom), asc(fees.feeKey));
    return rows.map((row) => ({ ...row, builtIn: false }));
  }

  async save(entry: FeeEntry): Promise<void> {
    const { db, t } = this.session.handle;
    const { builtIn: _, ...row } = entry;
    const { commissionPerSide, feePerSide, source } = row;
    await db
      .insert(t.feeSchedule)
      .values({ ...row, feeKey: feeKey(entry) })
      .onConflictDoUpdate({
        target: t.feeSchedule.feeKey,
        set: { commissionPerSide, feePerSide, source },
      });
  }

  async use(accountId: AccountId, broker: string | null): Promise<void> {
    const { db, t } = this.session.handle;
    const { accountFees } = t;
    if (broker === null) {
      await db.delete(accountFees).where(eq(accountFees.accountId, accountId));
      return;
    }
    await db
      .insert(accountFees)
      .values({ accountId, broker })
      .onConflictDoUpdate({ target: accountFees.accountId, set: { broker } });
  }
}
