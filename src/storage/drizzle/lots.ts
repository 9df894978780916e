import { and, asc, eq, sql } from "drizzle-orm";
import type { AccountId, ContractId, FillKey } from "../../domain/ids.js";
import type { OpenLot } from "../../domain/lot.js";
import type { LotRepository } from "../../ports/repositories.js";
import { excluded, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const lotColumns = ({ t: { openLots, orders } }: Handle) => ({
  contractId: openLots.contractId,
  fillId: openLots.fillId,
  fillKey: openLots.fillKey,
  orderId: openLots.orderId,
  side: openLots.side,
  quantity: openLots.quantity,
  price: openLots.price,
  commission: openLots.commission,
  fee: openLots.fee,
  costsModelled: openLots.costsModelled,
  executedAt: openLots.executedAt,
  strategy: orders.strategy,
  consumed: openLots.consumed,
  low: openLots.lowPrice,
  high: openLots.highPrice,
});

type LotRow = OpenLot["execution"] &
  Pick<OpenLot, "consumed" | "low" | "high"> & { readonly contractId: ContractId };

const sameOrder = ({ t: { openLots, orders } }: Handle) =>
  and(eq(orders.accountId, openLots.accountId), eq(orders.orderId, openLots.orderId));

const ofContract = prepared<{ accountId: AccountId; contractId: ContractId }, readonly LotRow[]>(
  "lots_of_contract",
  (h) =>
    h.db
      .select(lotColumns(h))
      .from(h.t.openLots)
      .innerJoin(h.t.orders, sameOrder(h))
      .where(
        and(
          eq(h.t.openLots.accountId, sql.placeholder("accountId")),
          eq(h.t.openLots.contractId, sql.placeholder("contractId")),
        ),
      )
      .orderBy(asc(h.t.openLots.executedAt), asc(h.t.openLots.fillKey)),
  lotColumns,
);

const saveLot = prepared<Record<string, unknown>, unknown>("save_lot", (h) =>
  h.db
    .insert(h.t.openLots)
    .values(placeholders(h.t.openLots, "id"))
    .onConflictDoUpdate({
      target: [h.t.openLots.accountId, h.t.openLots.contractId, h.t.openLots.fillKey],
      set: excluded(h.t.openLots, "id", "accountId", "contractId", "fillKey"),
    }),
);

const removeLot = prepared<
  { accountId: AccountId; contractId: ContractId; fillKey: FillKey },
  unknown
>("remove_lot", (h) =>
  h.db
    .delete(h.t.openLots)
    .where(
      and(
        eq(h.t.openLots.accountId, sql.placeholder("accountId")),
        eq(h.t.openLots.contractId, sql.placeholder("contractId")),
        eq(h.t.openLots.fillKey, sql.placeholder("fillKey")),
      ),
    ),
);

export class DrizzleLotRepository implements LotRepository {
  constructor(private readonly session: Session) {}

  async of(accountId: AccountId, contractId: ContractId): Promise<readonly OpenLot[]> {
    return (await ofContract(this.session, { accountId, contractId })).map(lotOf);
  }

  async list(accountId: AccountId) {
    const { db, t } = this.session.handle;
    const rows: readonly LotRow[] = await db
      .select(lotColumns(this.session.handle))
      .from(t.openLots)
      .innerJoin(t.orders, sameOrder(this.session.handle))
      .where(eq(t.openLots.accountId, accountId))
      .orderBy(asc(t.openLots.contractId), asc(t.openLots.executedAt), asc(t.openLots.fillKey));
    return rows.map((row) => ({ ...lotOf(row), contractId: row.contractId }));
  }

  async save(accountId: AccountId, contractId: ContractId, lot: OpenLot): Promise<void> {
    const { execution, consumed, low, high } = lot;
    await saveLot(this.session, {
      ...execution,
      accountId,
      contractId,
      consumed,
      lowPrice: low,
      highPrice: high,
    });
  }

  async remove(accountId: AccountId, contractId: ContractId, fillKey: FillKey): Promise<void> {
    await removeLot(this.session, { accountId, contractId, fillKey });
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.openLots).where(eq(t.openLots.accountId, accountId));
  }
}

function lotOf({ contractId: _, consumed, low, high, ...execution }: LotRow): OpenLot {
  return { execution, consumed, low, high };
}
