import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { SyncProgressBar } from "../../src/cli/sync-progress.js";
import { parseInstant } from "../../src/domain/instant.js";

const day = (date: string) => parseInstant(`${date}T00:00:00Z`, "day");
const span = { from: day("2026-01-01"), until: day("2026-01-11") };

/** A terminal of 80 columns that keeps what is drawn. */
function terminal() {
  const drawn: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  stream.on("data", (text) => drawn.push(String(text)));
  return { stream, text: () => drawn.join("") };
}

test("a comparison that takes long draws how far the history has landed", async () => {
  const { stream, text } = terminal();
  const bar = new SyncProgressBar("PRAC-1", stream, 0);
  bar.update({ ...span, through: day("2026-01-06"), orders: 1_200, fills: 800 });
  await expect.poll(text).toMatch(/PRAC-1 \[=+-+\] through 2026-01-06: 1200 orders, 800 fills/);
  const [half = ""] = /\[[=-]+\]/.exec(text()) ?? [];
  expect(half.match(/=/g)).toHaveLength((half.length - 2) / 2);
  bar.stop();
});

test("one that is soon done draws nothing", () => {
  const { stream, text } = terminal();
  const bar = new SyncProgressBar("PRAC-1", stream);
  bar.update({ ...span, through: day("2026-01-06"), orders: 1, fills: 1 });
  bar.stop();
  expect(text()).toBe("");
});
