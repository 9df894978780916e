import type { Blotter } from "../../src/index.js";
import { MONEY_DECIMALS, PRICE_DECIMALS, toText } from "../oracle/exact.js";
import type { OracleFill } from "../oracle/oracle-fill.js";

/** All booked fills of a store as the oracle reads them. */
export async function oracleFillsOf(blotter: Blotter): Promise<readonly OracleFill[]> {
  const contracts = await blotter.contracts.contracts();
  const pointValues = new Map(contracts.map((c) => [c.contractId, c.pointValue]));
  const orders = await blotter.orders.orders();
  const strategies = new Map(
    orders.map((o) => [JSON.stringify([o.accountId, o.orderId]), o.strategy]),
  );
  const money = (micros: number) => toText(BigInt(micros), MONEY_DECIMALS);
  return (await blotter.orders.fills()).map((fill) => ({
    accountId: fill.accountId,
    contractId: fill.contractId,
    symbol: fill.symbol,
    root: fill.root,
    pointValue: money(pointValues.get(fill.contractId) ?? 0),
    fillId: fill.fillId,
    orderId: fill.orderId,
    side: fill.side,
    quantity: fill.quantity,
    price: toText(BigInt(fill.price), PRICE_DECIMALS),
    commission: fill.commission === null ? null : money(fill.commission),
    fee: fill.fee === null ? null : money(fill.fee),
    executedAt: fill.executedAt,
    strategy: strategies.get(JSON.stringify([fill.accountId, fill.orderId])) ?? null,
  }));
}
