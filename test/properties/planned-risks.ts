import type { Blotter, Result } from "../../src/index.js";
import { expectRiskAgrees } from "../oracle/performance-figures.js";
import type { OracleRiskOrder } from "../oracle/risk-oracle.js";

/** Expectancy in R, account by account; it is the mean over the results of all of them. */
export async function expectRisk(
  blotter: Blotter,
  results: readonly Result[],
  actual: number | null,
): Promise<void> {
  const contracts = await blotter.contracts.contracts();
  const accounts = [...new Set(results.map(({ accountId }) => accountId))];
  const orders = new Map<string, readonly OracleRiskOrder[]>();
  for (const account of accounts) orders.set(account, await riskOrders(blotter, account));
  expectRiskAgrees(
    actual,
    results.map((result) => ({
      orders: orders.get(result.accountId) ?? [],
      entryOrderId: result.entryOrderId,
      isLong: result.side === "LONG",
      quantity: BigInt(result.quantity),
      pointValue: BigInt(
        contracts.find(({ contractId }) => contractId === result.contractId)?.pointValue ?? 0,
      ),
      net: BigInt(result.netPnl),
    })),
  );
}

async function riskOrders(blotter: Blotter, account: string): Promise<readonly OracleRiskOrder[]> {
  const fills = await blotter.orders.fills({ account });
  const written = await blotter.annotations.annotations({ account });
  const units = (price: number | null) => (price === null ? null : BigInt(price));
  return (await blotter.orders.orders({ account })).map((order) => {
    const own = fills.filter(({ orderId }) => orderId === order.orderId);
    const ids = new Set([`order ${order.orderId}`, ...own.map(({ fillId }) => `fill ${fillId}`)]);
    const risks = written.filter(({ target, targetId }) => ids.has(`${target} ${targetId}`));
    return {
      ...order,
      filled: BigInt(order.filledQuantity),
      averagePrice: units(order.averageFillPrice),
      stopPrice: units(order.stopPrice),
      written: risks.flatMap(({ plannedRisk }) =>
        plannedRisk === null ? [] : [BigInt(plannedRisk)],
      ),
    };
  });
}
