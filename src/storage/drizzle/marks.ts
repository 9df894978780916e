import { and, asc, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { AccountId, ContractId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { Mark } from "../../domain/lot.js";
import type { ContractMark, MarkRepository } from "../../ports/broker-repositories.js";
import { placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const insertMark = prepared<ContractMark & { readonly accountId: AccountId }, unknown>(
  "insert_mark",
  (h) => h.db.insert(h.t.marks).values(placeholders(h.t.marks, "id")).onConflictDoNothing(),
);

const instantOf = ({ t: { marks } }: Handle) => ({ at: marks.at });

const newestMark = prepared<
  { readonly accountId: AccountId; readonly contractId: ContractId },
  readonly { readonly at: Instant }[]
>(
  "newest_mark",
  (h) =>
    h.db
      .select(instantOf(h))
      .from(h.t.marks)
      .where(
        and(
          eq(h.t.marks.accountId, sql.placeholder("accountId")),
          eq(h.t.marks.contractId, sql.placeholder("contractId")),
        ),
      )
      .orderBy(desc(h.t.marks.at))
      .limit(1),
  instantOf,
);

export class DrizzleMarkRepository implements MarkRepository {
  constructor(private readonly session: Session) {}

  async ofContract(
    accountId: AccountId,
    contractId: ContractId,
    from: Instant,
    before: Instant | null,
  ): Promise<readonly Mark[]> {
    const { db, t } = this.session.handle;
    const { marks } = t;
    return db
      .select({ at: marks.at, price: marks.price })
      .from(marks)
      .where(
        and(
          eq(marks.accountId, accountId),
          eq(marks.contractId, contractId),
          gte(marks.at, from),
          before === null ? undefined : lt(marks.at, before),
        ),
      )
      .orderBy(asc(marks.at), asc(marks.price));
  }

  async newest(accountId: AccountId, contractId: ContractId): Promise<Instant | null> {
    const [mark] = await newestMark(this.session, { accountId, contractId });
    return mark?.at ?? null;
  }

  async ofAccount(
    accountId: AccountId,
    from: Instant,
    before: Instant | null,
    limit: number,
  ): Promise<readonly ContractMark[]> {
    const { db, t } = this.session.handle;
    const { marks } = t;
    return db
      .select({ contractId: marks.contractId, at: marks.at, price: marks.price })
      .from(marks)
      .where(
        and(
          eq(marks.accountId, accountId),
          gte(marks.at, from),
          before === null ? undefined : lt(marks.at, before),
        ),
      )
      .orderBy(asc(marks.at), asc(marks.contractId), asc(marks.price))
      .limit(limit);
  }

  async page(
    accountId: AccountId,
    after: ContractMark | null,
    limit: number,
  ): Promise<readonly ContractMark[]> {
    const { db, t } = this.session.handle;
    const { marks } = t;
    const at = after && sql.param(after.at, marks.at);
    const price = after && sql.param(after.price, marks.price);
    return db
      .select({ contractId: marks.contractId, at: marks.at, price: marks.price })
      .from(marks)
      .where(
        and(
          eq(marks.accountId, accountId),
          after
            ? sql`(${marks.at}, ${marks.contractId}, ${marks.price}) > (${at}, ${after.contractId}, ${price})`
            : undefined,
        ),
      )
      .orderBy(asc(marks.at), asc(marks.contractId), asc(marks.price))
      .limit(limit);
  }

  async insert(accountId: AccountId, mark: ContractMark): Promise<void> {
    const { contractId, at, price } = mark;
    await insertMark(this.session, { accountId, contractId, at, price });
  }
}
