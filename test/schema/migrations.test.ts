import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBlotter } from "../../src/container.js";
import { dbMigrate } from "./drizzle-kit.js";
import { describeMigrations } from "./migrations.js";
import { sqlitePlace } from "./store-place.js";

describeMigrations(sqlitePlace);

describe("a SQLite file made by drizzle-kit", () => {
  it("carries our mark, and on opening gets write-ahead logging and a private mode", async () => {
    const place = await sqlitePlace.make();
    onTestFinished(() => place.dispose());
    const path = place.url.slice("file:".length);
    await dbMigrate(place.url);
    expect(await place.query("pragma application_id")).toEqual([{ application_id: 0x424c5452 }]);
    expect(await place.query("pragma journal_mode")).toEqual([{ journal_mode: "delete" }]);
    const blotter = await createBlotter({ url: place.url, create: false });
    // A connection notices the new mode when it reads.
    await place.query("select * from accounts");
    expect(await place.query("pragma journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await blotter.close();
    // What `file` and other programs read: four bytes at offset 68.
    expect(readFileSync(path).subarray(68, 72).toString("latin1")).toBe("BLTR");
  });
});

describe("a PGlite folder made by drizzle-kit", () => {
  it("is opened by the bot, which works with it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "blotter-pglite-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const url = `pglite:${join(folder, "books")}`;
    expect(await dbMigrate(url)).toMatchObject({ code: 0 });
    const blotter = await createBlotter({ url, create: false });
    await blotter.accounts.open({ accountId: "A1", startingBalance: 50_000 });
    expect(await blotter.accounts.list()).toHaveLength(1);
    await blotter.close();
  });
});
