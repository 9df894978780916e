import { and, asc, eq, sql } from "drizzle-orm";
import type { AccountId, ContractId } from "../../domain/ids.js";
import type { PositionExplanation } from "../../domain/reconciliation.js";
import type { ExplanationRepository } from "../../ports/broker-repositories.js";
import { columnsWithout, excluded } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const explanationColumns = ({ t }: Handle) => columnsWithout(t.positionExplanations, "id");

const missingOf = prepared<
  { accountId: AccountId; contractId: ContractId },
  readonly PositionExplanation[]
>(
  "missing_explanations",
  (h) =>
    h.db
      .select(explanationColumns(h))
      .from(h.t.positionExplanations)
      .where(
        and(
          eq(h.t.positionExplanations.accountId, sql.placeholder("accountId")),
          eq(h.t.positionExplanations.contractId, sql.placeholder("contractId")),
          sql`explained_at is null`,
        ),
      )
      .orderBy(asc(h.t.positionExplanations.asOf), asc(h.t.positionExplanations.fillId)),
  explanationColumns,
);

export class DrizzleExplanationRepository implements ExplanationRepository {
  constructor(private readonly session: Session) {}

  async missing(
    accountId: AccountId,
    contractId: ContractId,
  ): Promise<readonly PositionExplanation[]> {
    return missingOf(this.session, { accountId, contractId });
  }

  async list(accountId: AccountId): Promise<readonly PositionExplanation[]> {
    const h = this.session.handle;
    const { positionExplanations: rows } = h.t;
    return h.db
      .select(explanationColumns(h))
      .from(rows)
      .where(eq(rows.accountId, accountId))
      .orderBy(asc(rows.asOf), asc(rows.fillId));
  }

  async save(explanation: PositionExplanation): Promise<void> {
    const { db, t } = this.session.handle;
    const { positionExplanations: rows } = t;
    await db
      .insert(rows)
      .values(explanation)
      .onConflictDoUpdate({
        target: [rows.accountId, rows.contractId, rows.asOf],
        set: excluded(rows, "id", "accountId", "contractId", "asOf"),
      });
  }
}
