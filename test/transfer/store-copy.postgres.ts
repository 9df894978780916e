import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { copyStore, createBlotter } from "../../src/container.js";
import { fillHistory } from "../bench/history.js";
import { fillBooks } from "../schema/filled-books.js";
import { postgres } from "../stores.js";
import { exported, stateOf } from "./transfer-contract.js";

/** `BLOTTER_COPIED_FILLS=100000` for a long run. */
const FILLS = Number(process.env.BLOTTER_COPIED_FILLS ?? 5_000);

async function lookAt(url: string) {
  const blotter = await createBlotter({ url, create: false });
  try {
    return { state: await stateOf(blotter), text: await exported(blotter) };
  } finally {
    await blotter.close();
  }
}

it(`${FILLS} fills go from SQLite to Postgres and back with identical hashes`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "blotter-copy-"));
  const between = await postgres.open();
  const [first, last] = [`file:${join(folder, "a.db")}`, `file:${join(folder, "b.db")}`];
  try {
    const blotter = await createBlotter({ url: first });
    await fillBooks(blotter);
    await blotter.accounts.open({ accountId: "A", startingBalance: 50_000 });
    fillHistory(join(folder, "a.db"), FILLS);
    await blotter.trades.rebuild();
    await blotter.close();
    const toServer = await timed(() => copyStore(first, between.url ?? ""));
    const back = await timed(() => copyStore(between.url ?? "", last));
    console.log(`${FILLS} fills: to Postgres ${toServer.ms} ms, back ${back.ms} ms`);
    expect(back.result).toEqual(toServer.result);
    const [a, b] = [await lookAt(first), await lookAt(last)];
    expect(b.state).toEqual(a.state);
    expect(b.state.hash).toBe(back.result.state);
    expect(b.text === a.text).toBe(true);
    expect(a.state.rows).toBeGreaterThan(3 * FILLS);
  } finally {
    await between.dispose();
    rmSync(folder, { recursive: true });
  }
}, 7_200_000);

async function timed<T>(step: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const start = performance.now();
  const result = await step();
  return { result, ms: Math.round(performance.now() - start) };
}
