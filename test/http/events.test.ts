import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventReader, type ServerEvent } from "./event-reader.js";
import { type Served, serveBooks, trade } from "./served.js";

let folder: string;
let url: string;
let served: Served;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-events-"));
  url = `file:${join(folder, "books.db")}`;
  served = await serveBooks({ events: { mostClients: 3, heartbeatMs: 300 } }, url);
  for (const accountId of ["A1", "B&2=x"]) await served.blotter.accounts.open({ accountId });
});
afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

const listen = async (path = "/api/events", headers = {}): Promise<EventReader> => {
  const response = await served.get(path, headers);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  return new EventReader(response);
};
const brief = ({ event, data }: ServerEvent) => {
  const { accountId, sequence } = data as { accountId: string; sequence: number };
  return `${accountId} ${sequence} ${event}`;
};

describe("the event stream", () => {
  it("tells what is recorded from now on, in order", async () => {
    await trade(served.blotter, "A1", [1]);
    const reader = await listen();
    await trade(served.blotter, "A1", [-1], 2);
    const events = await reader.take(7);
    expect(events.map(brief)).toEqual([
      "A1 8 order.changed",
      "A1 9 fill.recorded",
      "A1 10 position.changed",
      "A1 11 order.changed",
      "A1 12 fill.recorded",
      "A1 13 trade.closed",
      "A1 14 position.changed",
    ]);
    expect(events[1]?.data).toMatchObject({ type: "fill.recorded", payload: { fillId: "21" } });
    await reader.cancel();
  });

  it("goes on after an id: nothing is missed, nothing comes twice", async () => {
    for (const accountId of ["A1", "B&2=x"]) await trade(served.blotter, accountId, [1, -1]);
    const all = await (await listen("/api/events?lastEventId=A1=0")).take(28);
    expect(new Set(all.map(brief)).size).toBe(28);
    for (const at of [0, 5, 13, 20, 26]) {
      const reader = await listen("/api/events", { "last-event-id": all[at]?.id ?? "" });
      const rest = await reader.take(27 - at);
      expect(rest.map(brief).sort()).toEqual(
        all
          .slice(at + 1)
          .map(brief)
          .sort(),
      );
      await reader.cancel();
    }
  });

  it("is of one account when asked for, by its bare sequence", async () => {
    for (const accountId of ["A1", "B&2=x"]) await trade(served.blotter, accountId, [1]);
    const reader = await listen("/api/events?account=B%262%3Dx&lastEventId=3");
    const events = await reader.take(2);
    expect(events.map(brief)).toEqual(["B&2=x 4 order.changed", "B&2=x 5 fill.recorded"]);
    await reader.cancel();
  });

  it("tells what another process records, within a second", async () => {
    const reader = await listen();
    const child = spawn(process.execPath, ["--import", "tsx", "test/http/fill-once.ts", url, "A1"]);
    const ended = once(child, "close");
    const [event] = await reader.take(1);
    const toldMs = Date.now();
    expect(event && brief(event)).toBe("A1 1 fill.recorded");
    const { recordedAt } = (event?.data ?? {}) as { readonly recordedAt?: string };
    expect(toldMs - Date.parse(recordedAt ?? "")).toBeLessThan(1_000);
    expect(await ended).toEqual([0, null]);
    await reader.cancel();
  });

  it("tells a gap when events are no longer kept", async () => {
    await trade(served.blotter, "A1", [1, 1]);
    await served.blotter.store.write("global", async () => undefined);
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(url.slice("file:".length));
    database.exec("delete from outbox where sequence < 6");
    database.close();
    const reader = await listen("/api/events?lastEventId=A1=2");
    const [gap, next] = await reader.take(2);
    expect(gap).toMatchObject({ event: "gap", data: { accountId: "A1", from: 3, before: 6 } });
    expect(next && brief(next)).toMatch(/^A1 6 /);
    await reader.cancel();
  });

  it("beats while nothing happens", async () => {
    const reader = await listen();
    expect((await reader.next())?.comment).toBe("nothing new");
    expect((await reader.next())?.comment).toBe("nothing new");
    await reader.cancel();
  });

  it("has room for so many listeners, and gets it back", async () => {
    const readers = [await listen(), await listen(), await listen()];
    const refused = await served.get("/api/events");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("10");
    await readers[0]?.cancel();
    readers.push(await listen());
    expect((await served.get("/api/events", {}, "HEAD")).status).toBe(200);
    for (const reader of readers) await reader.cancel();
  });

  it("ends when the server does", async () => {
    const reader = await listen();
    const ended = (async () => {
      for (let event = await reader.next(); event !== null; ) event = await reader.next();
    })();
    served.app.close();
    await ended;
  });

  it.each(["x", "A1", "A1=x", "A1=-1", "A1=1e3", "=1", "A1=1&B=", "A1=9999999999999999"])(
    "refuses the position %j",
    async (id) => {
      const response = await served.get("/api/events", { "last-event-id": id });
      expect(response.status).toBe(400);
    },
  );

  it("takes a position beyond its end for one of another store, and begins now", async () => {
    await trade(served.blotter, "A1", [1]);
    const reader = await listen("/api/events?lastEventId=A1=5000");
    await trade(served.blotter, "A1", [1], 2);
    const [first] = await reader.take(1);
    expect(first && brief(first)).toMatch(/^A1 \d order\.changed$/);
    await reader.cancel();
  });

  it("asks for a known account", async () => {
    expect((await served.get("/api/events?account=nobody")).status).toBe(404);
  });
});
