import { createBlotter } from "../../src/index.js";

/**
 * Opens an account under rules, loses its daily limit, prints that this is done, and waits to be killed. Nobody
 * subscribed to the events in this process.
 */
const [url = "", accountId = ""] = process.argv.slice(2);
const blotter = await createBlotter({ url });
await blotter.accounts.open({ accountId, startingBalance: 50_000 });
await blotter.rules.set(accountId, { name: "topstep-combine-50k-dll" });
const what = { accountId, contract: "MNQU26", quantity: 1, commission: 0, fee: 0 } as const;
const at = (minute: number) => `2026-08-03T17:0${minute}:00Z`;
const buy = { ...what, side: "buy", price: 20_000, executedAt: at(0) } as const;
const sell = { ...what, side: "sell", price: 19_500, executedAt: at(1) } as const;
await blotter.orders.recordFill({ ...buy, fillId: "1", orderId: "1" });
await blotter.orders.recordFill({ ...sell, fillId: "2", orderId: "2" });
console.log("lost");
await new Promise(() => setInterval(() => undefined, 1_000));
