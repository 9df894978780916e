import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyStore, createBlotter } from "../../src/container.js";
import { fillHistory } from "../bench/history.js";
import { Child } from "../contract/child.js";
import { numberedFill } from "../contract/numbered-fills.js";
import { fillBooks } from "../schema/filled-books.js";
import { exported, stateOf } from "./transfer-contract.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-copy-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const url = (name: string) => `file:${join(folder, name)}`;

async function filledStore(name: string): Promise<void> {
  const blotter = await createBlotter({ url: url(name) });
  await fillBooks(blotter);
  await blotter.close();
}

async function lookAt(name: string) {
  const blotter = await createBlotter({ url: url(name), create: false });
  try {
    return { text: await exported(blotter), state: await stateOf(blotter) };
  } finally {
    await blotter.close();
  }
}

describe("copying a store", () => {
  it("makes one that holds the same, and tells the state of both", async () => {
    await filledStore("a.db");
    const report = await copyStore(url("a.db"), url("b.db"));
    const [a, b] = [await lookAt("a.db"), await lookAt("b.db")];
    expect(b).toEqual(a);
    expect(report).toEqual({ rows: a.text.split("\n").length - 3, state: a.state.hash });
  });

  it("of 5,000 fills ends with identical hashes", async () => {
    await filledStore("a.db");
    const blotter = await createBlotter({ url: url("a.db") });
    await blotter.accounts.open({ accountId: "A", startingBalance: 50_000 });
    fillHistory(join(folder, "a.db"), 5_000);
    await blotter.trades.rebuild();
    await blotter.close();
    await copyStore(url("a.db"), url("b.db"));
    const [a, b] = [await lookAt("a.db"), await lookAt("b.db")];
    expect(b.state).toEqual(a.state);
    expect(b.text === a.text).toBe(true);
    expect(a.state.rows).toBeGreaterThan(15_000);
  }, 120_000);

  it("takes one moment of a store that another process writes to", async () => {
    await filledStore("a.db");
    const writer = new Child("record-fills.ts", url("a.db"), "busy", "w", "0", "100000");
    await writer.printed(1);
    writer.say("go");
    await writer.printed(10);
    const acknowledged = writer.lines.length - 1;
    await copyStore(url("a.db"), url("b.db"));
    await writer.kill();
    const copy = await createBlotter({ url: url("b.db") });
    const fills = await copy.orders.fills({ account: "busy" });
    expect(fills.length).toBeGreaterThanOrEqual(acknowledged);
    const told = fills.map((_, n) => numberedFill("busy", "w", n).fillId);
    expect(fills.map((fill) => `${fill.fillId}`).sort()).toEqual(told.sort());
    expect(await copy.trades.verify()).toEqual([]);
    await copy.close();
  }, 60_000);

  it("tells when the source's own books are not what its facts make", async () => {
    await filledStore("a.db");
    const database = new Database(join(folder, "a.db"));
    database.exec("update trades set net_pnl = net_pnl + 1 where id = 1");
    database.close();
    await expect(copyStore(url("a.db"), url("b.db"))).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringMatching(/differ.*blotter verify/),
    });
  });

  it("refuses a target that is not empty, also the source itself", async () => {
    await filledStore("a.db");
    await filledStore("b.db");
    const before = await lookAt("b.db");
    for (const name of ["a.db", "b.db"]) {
      await expect(copyStore(url("a.db"), url(name))).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await lookAt("b.db")).toEqual(before);
  });

  it("refuses a source that is not there, and makes no target for it", async () => {
    await expect(copyStore(url("no.db"), url("b.db"))).rejects.toMatchObject({ code: "not_found" });
    await expect(lookAt("b.db")).rejects.toMatchObject({ code: "not_found" });
  });
});
