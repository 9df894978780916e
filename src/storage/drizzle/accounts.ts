import { asc, eq, sql } from "drizzle-orm";
import type { Account } from "../../domain/account.js";
import type { AccountId } from "../../domain/ids.js";
import type { AccountRepository } from "../../ports/repositories.js";
import { columnsWithout } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const accountColumns = ({ t }: Handle) => columnsWithout(t.accounts, "id", "updatedAt");

const byId = prepared<{ accountId: AccountId }, readonly Account[]>(
  "account_by_id",
  (h) =>
    h.db
      .select(accountColumns(h))
      .from(h.t.accounts)
      .where(eq(h.t.accounts.accountId, sql.placeholder("accountId"))),
  accountColumns,
);

export class DrizzleAccountRepository implements AccountRepository {
  constructor(private readonly session: Session) {}

  async get(id: AccountId): Promise<Account | null> {
    const [row] = await byId(this.session, { accountId: id });
    return row ?? null;
  }

  async named(name: string): Promise<readonly Account[]> {
    const { db, t } = this.session.handle;
    return db
      .select(accountColumns(this.session.handle))
      .from(t.accounts)
      .where(eq(t.accounts.accountName, name))
      .orderBy(asc(t.accounts.accountId));
  }

  async list(): Promise<readonly Account[]> {
    const { db, t } = this.session.handle;
    return db
      .select(accountColumns(this.session.handle))
      .from(t.accounts)
      .orderBy(asc(t.accounts.accountId));
  }

  async insert(account: Account): Promise<boolean> {
    const { db, t } = this.session.handle;
    const inserted = await db
      .insert(t.accounts)
      .values({ ...account, updatedAt: this.session.now })
      .onConflictDoNothing()
      .returning({ accountId: t.accounts.accountId });
    return inserted.length > 0;
  }
}
