import { once } from "node:events";
import { createBlotter } from "../../src/index.js";
import { numberedFill } from "./numbered-fills.js";

/**
 * Records a writer's numbered fills from `first` on, all at once or one after the other, and prints the
 * id of each as soon as it is acknowledged. Waits for a line on stdin first.
 */
const [url = "", account = "", writer = "", first = "0", count = "1", pace = "serial"] =
  process.argv.slice(2);

console.log("ready");
await once(process.stdin, "data");
const blotter = await createBlotter({ url });
await blotter.accounts.open({ accountId: account });
const record = async (n: number) => {
  const fill = numberedFill(account, writer, n);
  await blotter.orders.recordFill(fill);
  console.log(fill.fillId);
};
const numbers = Array.from({ length: Number(count) }, (_, i) => Number(first) + i);
if (pace === "parallel") await Promise.all(numbers.map(record));
else for (const n of numbers) await record(n);
await blotter.close();
process.stdin.destroy();
