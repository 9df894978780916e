import { describe, expect, it } from "vitest";
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

    itKeepsItsPromises(open, sources);
  });
}
