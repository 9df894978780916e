import { createBlotter, type Instant, ProjectXClient } from "../../src/index.js";

/**
 * Submits an order and never comes to its end. `heard`: the gateway has answered, and the answer is not on disk;
 * `lost`: the order never left. Prints the tag at that moment, and waits to be killed.
 */
const [url = "", account = "", gateway = "", nowUs = "", customTag = ""] = process.argv.slice(2);

const clock = { now: () => Number(nowUs) as Instant };
const blotter = await createBlotter({ url, clock });
const client = new ProjectXClient({ userName: "bot", apiKey: "key", baseUrl: gateway });
const order = {
  accountId: account,
  customTag,
  contract: "CON.F.US.MNQ.Z26",
  side: "buy",
  orderType: "market",
  quantity: 2,
} as const;
// What keeps the process alive until it is killed.
const waiting = setInterval(() => undefined, 60_000);
await blotter.orders.submit(order, async (toSend) => {
  if (customTag === "heard") await client.placeOrder(toSend);
  console.log(customTag);
  return new Promise<never>(() => undefined);
});
clearInterval(waiting);
