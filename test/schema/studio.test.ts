import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getTableName, is, Table } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import * as schema from "../../src/storage/sqlite/schema.js";
import { REPOSITORY } from "./drizzle-kit.js";
import { fillBooks } from "./filled-books.js";
import { type StorePlace, sqlitePlace } from "./store-place.js";

/** What the page in the browser asks the local port; see the README for what this exposes. */
describe("npm run db:studio", () => {
  let place: StorePlace;
  let studio: Studio;

  beforeAll(async () => {
    place = await sqlitePlace.make();
    const blotter = await createBlotter({ url: place.url });
    await fillBooks(blotter);
    await blotter.close();
    studio = await startStudio(place.url);
  });

  afterAll(async () => {
    await studio?.stop();
    await place?.dispose();
  });

  const ask = (sql: string) =>
    studio.post({ type: "proxy", data: { sql, params: [], method: "all" } });

  it("starts with our tables", async () => {
    expect(await studio.post({ type: "init" })).toMatchObject({ dialect: "sqlite" });
    const tables = await ask("select name from sqlite_schema where type = 'table'");
    const known = Object.values(schema).filter((value) => is(value, Table));
    expect(tables).toEqual(
      expect.arrayContaining(known.map((table) => ({ name: getTableName(table) }))),
    );
  });

  it("answers queries, also on the views", async () => {
    expect(await ask("select count(*) as fills from fills")).toEqual([{ fills: 9 }]);
    const sql = "select symbol, side, net_pnl from v_trades order by exit_timestamp limit 1";
    expect(await ask(sql)).toEqual([{ symbol: "MNQU26", side: "LONG", net_pnl: 35.12 }]);
  });
});

interface Studio {
  post(body: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

async function startStudio(url: string): Promise<Studio> {
  const port = await freePort();
  // A group of its own: npm starts the studio as a grandchild.
  const child = spawn("npm", ["run", "--silent", "db:studio", "--", "--port", String(port)], {
    cwd: REPOSITORY,
    env: { ...process.env, BLOTTER_DB: url },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const studio: Studio = {
    async post(body) {
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return answer.json();
    },
    async stop() {
      const ended = child.exitCode === null ? once(child, "exit") : null;
      if (child.pid !== undefined && ended !== null) process.kill(-child.pid, "SIGKILL");
      await ended;
    },
  };
  try {
    await untilAnswers(studio, () => child.exitCode !== null);
  } catch (error) {
    await studio.stop();
    throw new Error(`the studio did not start:\n${printed}`, { cause: error });
  }
  return studio;
}

async function untilAnswers(studio: Studio, ended: () => boolean): Promise<void> {
  for (const start = performance.now(); ; await sleep(100)) {
    try {
      await studio.post({ type: "init" });
      return;
    } catch (error) {
      if (ended() || performance.now() - start > 30_000) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
