import "reflect-metadata";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { serveBlotter } from "../../src/http/books-server.js";
import { createBlotter } from "../../src/index.js";
import { launch, openPage, type PageOptions, ready } from "./chromium.js";
import { fillBooks } from "./made-up-books.js";

/** `npm run screenshots`: the pictures of the README, from made-up books. */
const FOLDER = ".screenshots";
const SHOTS: readonly (readonly [name: string, search: string, options: PageOptions])[] = [
  ["dashboard-light.png", "?account=PRAC-100", { width: 1280, height: 1180 }],
  ["dashboard-dark.png", "?account=PRAC-100", { width: 1280, height: 1180, colorScheme: "dark" }],
  ["dashboard-phone.png", "?account=PRAC-100", { width: 390, height: 844 }],
];

const blotter = await createBlotter({ url: ":memory:" });
await fillBooks(blotter, {
  second: "Evaluation 200",
  strategies: ["breakout", "reversal", "fade"],
});
const served = await serveBlotter(blotter, { port: 0 });
const browser = await launch();
mkdirSync(FOLDER, { recursive: true });
for (const [name, search, options] of SHOTS) {
  const { page, complaints } = await openPage(browser, options);
  await page.goto(`${served.url}${search}`);
  await ready(page);
  await page.screenshot({ path: join(FOLDER, name) });
  for (const complaint of complaints) console.error(`${name}: ${complaint}`);
}
await browser.close();
await served.close();
await blotter.close();
