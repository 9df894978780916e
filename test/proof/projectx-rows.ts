import { describe, expect, it } from "vitest";
import { orderTree } from "../../src/domain/order-tree.js";
import { type Blotter, parseGatewayEvent } from "../../src/index.js";
import { jsonRows } from "./export-file.js";
import { sumOf } from "./figures.js";
import { imported, itKeepsItsPromises, type OpenStore } from "./imported.js";
import { readShared } from "./shared-data.js";

/** Rows of Order/search and Trade/search against the P&L that the API itself tells. */
export function describeProjectX(open: OpenStore): void {
  describe("projectx", () => {
    const shared = (file: string) => readShared(`broker-data/projectx/${file}`);
    const sources = () => [
      jsonRows("projectx-orders", shared("order-search.json")),
      jsonRows("projectx-trades", shared("trade-search.json")),
    ];

    it("agrees with all 20 profitAndLoss that the API gives", async () => {
      await imported(open, sources(), async (_, { matches }, reports) => {
        expect(reports[1]?.brokerPnl).toEqual({ compared: 20, different: [] });
        expect(sumOf(matches, "quantity")).toBe(20);
      });
    });

    it("links every fill to its order: 40 fills, 82 orders, no placeholder", async () => {
      await imported(open, sources(), async (_, { fills, orders }) => {
        expect(orders).toHaveLength(82);
        expect(orders.filter((order) => order.status === null)).toEqual([]);
        expect(orders.filter((order) => order.orderType === null)).toEqual([]);
        const filled = orders.filter((order) => Number(order.filledQuantity) > 0);
        expect(fills).toHaveLength(40);
        expect(fills.map((fill) => fill.orderId).sort()).toEqual(
          filled.map((order) => order.orderId).sort(),
        );
      });
    });

    it("links all 20 brackets of rows that come as the stream sends them", async () => {
      const blotter = await open();
      try {
        await blotter.accounts.open({ accountId: "10000004" });
        await streamed(blotter, "GatewayUserOrder", shared("order-search.json"));
        await streamed(blotter, "GatewayUserTrade", shared("trade-search.json"));
        expect(await blotter.quarantine.list()).toEqual([]);
        const orders = await blotter.orders.orders();
        expect(orders).toHaveLength(82);
        expect(await blotter.orders.fills()).toHaveLength(40);
        const byId = new Map(orders.map((order) => [order.orderId, order]));
        const children = orders.filter(({ customTag }) => /-(SL|TP)$/.test(customTag ?? ""));
        // Two pairs were placed anew as "...-r1": no order carries that tag, so none is guessed.
        const [renewed, linked] = [true, false].map((is) =>
          children.filter(({ customTag }) => /-r1-(SL|TP)$/.test(customTag ?? "") === is),
        );
        expect(renewed?.map(({ parentOrderId }) => parentOrderId)).toEqual([
          null,
          null,
          null,
          null,
        ]);
        expect(linked).toHaveLength(40);
        for (const child of linked ?? []) {
          const parent = child.parentOrderId === null ? null : byId.get(child.parentOrderId);
          const { customTag } = child;
          const field = customTag?.endsWith("-SL") ? "stopLossOrderId" : "takeProfitOrderId";
          expect(parent?.[field], `child ${child.orderId}`).toBe(child.orderId);
        }
        const trees = orderTree(orders);
        expect(trees.filter((node) => node.children.length === 2)).toHaveLength(20);
        expect(await blotter.trades.verify()).toEqual([]);
      } finally {
        await blotter.close();
      }
    });

    itKeepsItsPromises(open, sources);
  });
}

/** Hands rows to the intake in envelopes of the hub, the newest first: no order may matter. */
async function streamed(blotter: Blotter, event: string, text: string): Promise<void> {
  const rows: readonly unknown[] = JSON.parse(text);
  for (const data of [...rows].reverse()) {
    for (const parsed of parseGatewayEvent(event, { action: 1, data })) {
      if (!("event" in parsed)) throw new Error(parsed.problem.message);
      await blotter.intake.handle(parsed.event);
    }
  }
}
