import "reflect-metadata";
import { createBlotter } from "../../src/container.js";

/** A bot of another process that books one fill: URL, account. */
const [url = "", accountId = "", side = "BUY"] = process.argv.slice(2);
const blotter = await createBlotter({ url });
const executedAt = new Date();
const fill = { accountId, contract: "MNQZ26", quantity: 1, price: 20_000, executedAt };
const id = String(executedAt.getTime());
await blotter.orders.recordFill({
  ...fill,
  orderId: id,
  fillId: id,
  side: side === "SELL" ? "SELL" : "BUY",
});
await blotter.close();
