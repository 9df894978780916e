import { expect, it } from "vitest";
import { createBlotter, type RecordedEvent } from "../../src/index.js";
import type { StoreKind } from "../stores.js";
import { Child } from "./child.js";

const ACCOUNT = "breached";
const KEY = "2026-08-03:dll:violation";

/** Promise 9: a breach is on record with the fill that made it, and survives the process. */
export function describeBreachKill(kind: StoreKind): void {
  it(`${kind.name} keeps a violation of a process that was killed right after it`, async () => {
    const open = await kind.open();
    const url = open.url ?? "";
    try {
      const child = new Child("violate.ts", url, ACCOUNT);
      await child.printed(1);
      await child.kill();
      const reopened = await createBlotter({ url });
      const heard: RecordedEvent[] = [];
      const told = reopened.events.subscribe("bot", (event) => void heard.push(event), {
        from: "start",
      });
      await reopened.events.drain();
      await told.unsubscribe();
      const breaches = heard.filter(({ type }) => type === "compliance.violation");
      expect(breaches.map(({ payload }) => payload)).toMatchObject([
        { eventKey: KEY, dailyPnl: -1_000, dllLimit: 1_000, dllRemaining: 0 },
      ]);
      const same = { accountId: ACCOUNT, contract: "MNQU26", quantity: 1, commission: 0, fee: 0 };
      await reopened.orders.recordFill({
        ...same,
        side: "sell",
        price: 19_500,
        executedAt: "2026-08-03T17:01:00Z",
        fillId: "2",
        orderId: "2",
      });
      const log = await reopened.compliance.log({ account: ACCOUNT });
      expect(log.map(({ eventKey }) => eventKey)).toEqual([KEY]);
      const status = await reopened.compliance.status(ACCOUNT, "2026-08-03T18:00:00Z");
      expect(status).toMatchObject({ canTrade: false, dll: { violated: true } });
      const next = await reopened.compliance.status(ACCOUNT, "2026-08-03T22:00:00Z");
      expect(next.canTrade).toBe(true);
      await reopened.close();
    } finally {
      await open.dispose();
    }
  });
}
