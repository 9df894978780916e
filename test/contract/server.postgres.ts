import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/index.js";
import { type OpenBlotter, postgres } from "../stores.js";
import { Desk } from "./desk.js";
import { Gate } from "./gate.js";
import { orderRow } from "./made-up-rows.js";

describe("a Postgres server", () => {
  let open: OpenBlotter;
  let admin: pg.Client;
  beforeAll(async () => {
    open = await postgres.open();
    admin = new pg.Client({ connectionString: open.url ?? "" });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await open.dispose();
  });
  const cutConnections = () =>
    admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);

  it("forces every commit to disk, and is healthy", async () => {
    const report = await open.blotter.store.inspect();
    expect(report.problems).toEqual([]);
    expect(Object.fromEntries(report.facts)).toMatchObject({ "synchronous commit": "on" });
    const { capabilities } = open.blotter.store;
    expect(capabilities).toEqual({ concurrentReads: true, processes: "many" });
  });

  it("that cuts a connection inside a write leaves nothing, and the next call works", async () => {
    const desk = await Desk.open(open.blotter);
    await desk.order("first");
    const written = new Gate();
    const cut = new Gate();
    const write = open.blotter.store.write(desk.account, async (repos) => {
      await repos.orders.insert(orderRow(desk.account, "lost"));
      written.open();
      await cut.passed;
      await repos.orders.insert(orderRow(desk.account, "never"));
    });
    const refused = expect(write).rejects.toMatchObject({ code: "unavailable" });
    await written.passed;
    await cutConnections();
    cut.open();
    await refused;
    await desk.fill(1, "1", "o", "buy 1 @ 20000");
    expect(await open.blotter.orders.order(desk.account, "lost")).toBe(null);
  });

  it("that cuts idle connections is not noticed", async () => {
    const desk = await Desk.open(open.blotter);
    await cutConnections();
    // Time to hear of it: a call in the very same moment may still be told to try again.
    await sleep(50);
    await desk.fill(1, "1", "o", "buy 1 @ 20000");
    expect(await desk.net()).toBe(1);
  });

  it("whose lock another session holds is unavailable in time", async () => {
    const desk = await Desk.open(open.blotter);
    const hasty = await createBlotter({ url: open.url ?? "", lockTimeoutMs: 200 });
    await admin.query("begin");
    await admin.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [desk.account]);
    const there = new Desk(hasty, desk.account);
    await expect(there.fill(1, "1", "o", "buy 1 @ 20000")).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("locked"),
    });
    const waiting = desk.fill(1, "1", "o", "buy 1 @ 20000");
    await admin.query("commit");
    expect((await waiting).outcome).toBe("recorded");
    await hasty.close();
  });
});

describe("opening a Postgres database", () => {
  const onDatabase = async (
    change: readonly string[],
    test: (url: string) => Promise<void>,
  ): Promise<void> => {
    const open = await postgres.open();
    try {
      const client = new pg.Client({ connectionString: open.url ?? "" });
      await client.connect();
      for (const statement of change) await client.query(statement);
      await client.end();
      await test(open.url ?? "");
    } finally {
      await open.dispose();
    }
  };
  const EMPTY = [
    "drop schema public cascade",
    "drop schema drizzle cascade",
    "create schema public",
  ];
  const journal = 'drizzle."__drizzle_migrations"';

  it("makes no store when it is not to", () =>
    onDatabase(EMPTY, async (url) => {
      await expect(createBlotter({ url, create: false })).rejects.toMatchObject({
        code: "not_found",
        message: expect.stringContaining("no store at"),
      });
    }));

  it("refuses another application's tables", () =>
    onDatabase([...EMPTY, "create table orders (id int)"], async (url) => {
      await expect(createBlotter({ url })).rejects.toMatchObject({
        code: "unsupported",
        message: expect.stringContaining("another application"),
      });
    }));

  it("refuses a store that newer code made, and one whose migrations are not ours", async () => {
    const newer = `insert into ${journal} (hash, created_at) values ('new', 9999999999999)`;
    await onDatabase([newer], async (url) => {
      const told = { code: "unsupported", message: expect.stringContaining("newer") };
      await expect(createBlotter({ url })).rejects.toMatchObject(told);
    });
    await onDatabase([`update ${journal} set hash = 'edited'`], async (url) => {
      const told = { code: "corrupt", message: expect.stringContaining("diverged") };
      await expect(createBlotter({ url })).rejects.toMatchObject(told);
    });
  });

  it("succeeds for all who open a fresh one at once", () =>
    onDatabase(EMPTY, async (url) => {
      const blotters = await Promise.all([1, 2, 3].map(() => createBlotter({ url })));
      const desk = await Desk.open(blotters[0] ?? (await createBlotter({ url })));
      expect(await desk.net()).toBe(0);
      for (const blotter of blotters) await blotter.close();
    }));

  it("that nobody serves is unavailable, and the password stays out of the message", async () => {
    const url = "postgres://someone:hush-hush@127.0.0.1:1/books";
    const error = await createBlotter({ url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unavailable" });
    expect(String(error)).not.toContain("hush-hush");
  });
});
