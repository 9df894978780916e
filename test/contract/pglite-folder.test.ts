import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/index.js";
import { type StoreKind } from "../stores.js";
import { describeBreachKill } from "./breach-kill-contract.js";
import { Child } from "./child.js";
import { Desk } from "./desk.js";

const folder = mkdtempSync(join(tmpdir(), "blotter-pglite-"));
const path = join(folder, "books");
const url = `pglite:${path}`;
/** More than any process has. */
const DEAD_PROCESS = 2 ** 31 - 2;

afterAll(() => rmSync(folder, { recursive: true }));

describe("a PGlite folder", () => {
  it("is not made when it is not to", async () => {
    const told = { code: "not_found", message: expect.stringContaining(`no store at ${path}`) };
    await expect(createBlotter({ url, create: false })).rejects.toMatchObject(told);
    expect(existsSync(path)).toBe(false);
  });

  it("belongs to one process, and keeps its books when that one ends", async () => {
    const blotter = await createBlotter({ url });
    const desk = await Desk.open(blotter);
    await desk.fill(1, "1", "o", "buy 2 @ 20000");
    const second = new Child("open-once.ts", url);
    await second.ended;
    expect(second.lines).toEqual([
      expect.stringMatching(new RegExp(`^unavailable .*is open in process ${process.pid}`)),
    ]);
    await expect(createBlotter({ url })).rejects.toMatchObject({ code: "unavailable" });
    expect(await desk.net()).toBe(2);
    await blotter.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
    const again = await createBlotter({ url, create: false });
    expect(await new Desk(again, desk.account).net()).toBe(2);
    await again.close();
  });

  it.each([
    ["a process that is gone", String(DEAD_PROCESS)],
    ["a process that had our number", String(process.pid)],
    ["a process that was cut off at once", ""],
  ])("opens in spite of the lock of %s", async (_, owner) => {
    writeFileSync(`${path}.lock`, owner);
    const blotter = await createBlotter({ url });
    expect(await blotter.accounts.list()).toHaveLength(1);
    await blotter.close();
  });
});

/** It belongs to the process that is killed: nobody else may have it open. */
const closedFolder: StoreKind = {
  name: "a PGlite folder",
  async open() {
    const place = mkdtempSync(join(tmpdir(), "blotter-pglite-"));
    const made = `pglite:${join(place, "books")}`;
    const blotter = await createBlotter({ url: made });
    await blotter.close();
    return {
      blotter,
      url: made,
      async dispose() {
        rmSync(place, { recursive: true });
      },
    };
  },
};

describeBreachKill(closedFolder);
