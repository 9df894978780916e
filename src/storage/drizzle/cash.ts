import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import type { CashMovement } from "../../domain/cash.js";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { CashEntry, CashRepository, MomentQuery } from "../../ports/account-repositories.js";
import { columnsWithout } from "./columns.js";
import type { Handle, Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering } from "./row-query.js";

const cashColumns = ({ t }: Handle) => columnsWithout(t.cashMovements, "id", "createdAt");

export class DrizzleCashRepository implements CashRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, movementId: string): Promise<CashMovement | null> {
    const h = this.session.handle;
    const [row] = await h.db
      .select(cashColumns(h))
      .from(h.t.cashMovements)
      .where(this.#is(accountId, movementId));
    return row ?? null;
  }

  async list(query: MomentQuery): Promise<readonly CashMovement[]> {
    const h = this.session.handle;
    const { cashMovements: cash } = h.t;
    const { accountId } = cash;
    // No contract is asked for, so its column does not matter.
    const rows = await h.db
      .select(cashColumns(h))
      .from(cash)
      .where(conditions(query, { accountId, contractId: accountId, at: cash.at }))
      .orderBy(...ordering(query, [cash.at, cash.movementId]))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async resets(accountId: AccountId): Promise<readonly CashMovement[]> {
    const h = this.session.handle;
    const { cashMovements: cash } = h.t;
    return h.db
      .select(cashColumns(h))
      .from(cash)
      .where(
        and(
          eq(cash.accountId, accountId),
          sql`${cash.type} = 'reset'`,
          sql`${cash.voidedAt} is null`,
        ),
      )
      .orderBy(asc(cash.at), asc(cash.movementId));
  }

  async entries(
    accountIds: readonly AccountId[],
    to: Instant | null,
  ): Promise<readonly CashEntry[]> {
    const { db, t } = this.session.handle;
    const { accountId, type, amount, at, voidedAt } = t.cashMovements;
    return db
      .select({ accountId, type, amount, at })
      .from(t.cashMovements)
      .where(
        and(
          inArray(accountId, [...accountIds]),
          to === null ? undefined : lt(at, to),
          sql`${voidedAt} is null`,
        ),
      );
  }

  async insert(movement: CashMovement): Promise<void> {
    const { db, t } = this.session.handle;
    await db.insert(t.cashMovements).values({ ...movement, createdAt: this.session.now });
  }

  async void(movement: CashMovement): Promise<void> {
    const { db, t } = this.session.handle;
    const { voidedAt, voidReason, checksum } = movement;
    await db
      .update(t.cashMovements)
      .set({ voidedAt, voidReason, checksum })
      .where(this.#is(movement.accountId, movement.movementId));
  }

  #is(accountId: AccountId, movementId: string) {
    const { cashMovements: cash } = this.session.handle.t;
    return and(eq(cash.accountId, accountId), eq(cash.movementId, movementId));
  }
}
