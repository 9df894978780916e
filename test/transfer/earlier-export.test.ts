import { describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import { hashCanonicalState } from "../../src/ports/canonical-state.js";
import { ShaIds } from "../../src/system/sha-ids.js";

/** What an export of these books told of their state, in its last line, before planned risk was kept. */
const STATE = "d41eebdb0f2252cd3811345884587536e181a2f9260bc701cdaad830aed67ee7";

describe("the state of books", () => {
  it("is the one that exports of earlier versions tell, so that these can still be imported", async () => {
    const blotter = await createBlotter({ url: ":memory:" });
    const { accounts, orders, annotations } = blotter;
    const shared = { accountId: "A", contract: "MNQU26" } as const;
    const at = (second: number) => `2026-08-19T14:00:${second}Z`;
    await accounts.open({ accountId: "A", startingBalance: 50_000 });
    await orders.recordOrder({
      ...shared,
      orderId: "2",
      side: "sell",
      orderType: "stop",
      stopPrice: 20_990,
      parentOrderId: "1",
      createdAt: at(10),
    });
    const fill = (second: number, fillId: string, orderId: string, side: "buy" | "sell") =>
      orders.recordFill({
        ...shared,
        fillId,
        orderId,
        side,
        quantity: 1,
        price: 21_000 + second / 4,
        commission: 0.37,
        executedAt: at(second),
      });
    await fill(11, "1", "1", "buy");
    await fill(12, "2", "3", "sell");
    await fill(13, "3", "4", "buy");
    await fill(14, "4", "5", "sell");
    await fill(15, "5", "6", "sell");
    await annotations.annotate({ accountId: "A", target: "order", id: "4", plannedRisk: 25 });
    const { resultsWithRisk } = await blotter.performance.statistics();
    expect(resultsWithRisk).toBe(2);
    const state = await blotter.store.read((repos) =>
      hashCanonicalState(repos, new ShaIds().digest()),
    );
    expect(state.hash).toBe(STATE);
    await blotter.close();
  });
});
