import { openBackups } from "../../src/container.js";

/** Takes backups of a store without end, and prints the name of each. */
const [url = ""] = process.argv.slice(2);
const keeper = await openBackups({ url });
for (;;) console.log((await keeper.create()).name);
