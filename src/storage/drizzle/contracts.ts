import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Contract } from "../../domain/contract.js";
import type { ContractId } from "../../domain/ids.js";
import type { Product } from "../../domain/product.js";
import type { ContractRepository } from "../../ports/repositories.js";
import { type Handle, prepared, type Session } from "./handle.js";

const contractColumns = ({ t }: Handle) => getTableColumns(t.contracts);

const byId = prepared<{ contractId: ContractId }, readonly Contract[]>(
  "contract_by_id",
  (h) =>
    h.db
      .select(contractColumns(h))
      .from(h.t.contracts)
      .where(eq(h.t.contracts.contractId, sql.placeholder("contractId"))),
  contractColumns,
);

export class DrizzleContractRepository implements ContractRepository {
  constructor(private readonly session: Session) {}

  async get(id: ContractId): Promise<Contract | null> {
    const [row] = await byId(this.session, { contractId: id });
    return row ?? null;
  }

  async list(): Promise<readonly Contract[]> {
    const { db, t } = this.session.handle;
    return db.select().from(t.contracts).orderBy(asc(t.contracts.symbol));
  }

  async products(): Promise<readonly Product[]> {
    const { db, t } = this.session.handle;
    return db.select().from(t.products).orderBy(asc(t.products.root));
  }

  async insert(contract: Contract): Promise<void> {
    const { db, t } = this.session.handle;
    await db.insert(t.contracts).values(contract).onConflictDoNothing();
  }

  async setLastTradingDay(id: ContractId, day: Contract["lastTradingDay"]): Promise<void> {
    const { db, t } = this.session.handle;
    await db.update(t.contracts).set({ lastTradingDay: day }).where(eq(t.contracts.contractId, id));
  }

  async insertProduct(product: Product): Promise<boolean> {
    const { db, t } = this.session.handle;
    const inserted = await db
      .insert(t.products)
      .values(product)
      .onConflictDoNothing()
      .returning({ root: t.products.root });
    return inserted.length > 0;
  }
}
