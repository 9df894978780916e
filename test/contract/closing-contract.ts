import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { OpenBlotter, StoreKind } from "../stores.js";
import { Desk } from "./desk.js";
import { freshAccount } from "./fresh-account.js";
import { Gate } from "./gate.js";
import { MNQ, orderRow } from "./made-up-rows.js";

const CLOSED = { name: "BlotterError", code: "unavailable" };

/** Each test closes a store of its own. */
export function describeClosing(kind: StoreKind): void {
  const onFresh = async (test: (open: OpenBlotter) => Promise<void>) => {
    const open = await kind.open();
    try {
      await test(open);
    } finally {
      await open.dispose();
    }
  };

  describe("closing", () => {
    it("refuses every later call as unavailable, and may be repeated", () =>
      onFresh(async ({ blotter }) => {
        const desk = await Desk.open(blotter);
        await blotter.close();
        await blotter.close();
        const { store } = blotter;
        await expect(store.write("global", async () => null)).rejects.toMatchObject(CLOSED);
        await expect(store.read(async () => null)).rejects.toMatchObject(CLOSED);
        await expect(store.inspect()).rejects.toMatchObject(CLOSED);
        await expect(desk.fill(1, "1", "o", "buy 1 @ 20000")).rejects.toMatchObject(CLOSED);
        await expect(blotter.trades.verify()).rejects.toMatchObject(CLOSED);
      }));

    it("waits for what is running, and for what was asked for before", () =>
      onFresh(async ({ blotter: { store }, blotter }) => {
        const account = await freshAccount(blotter);
        await store.write("global", (repos) => repos.contracts.insert(MNQ));
        const begun = new Gate();
        const done: string[] = [];
        const running = store.write(account, async (repos) => {
          begun.open();
          await sleep(20);
          await repos.orders.insert(orderRow(account, "first"));
          done.push("running");
        });
        const waiting = store.write(account, async (repos) => {
          await repos.orders.insert(orderRow(account, "second"));
          done.push("waiting");
        });
        await begun.passed;
        await store.close();
        expect(done).toEqual(["running", "waiting"]);
        await Promise.all([running, waiting]);
      }));

    it("lets reads end that were asked for before, however many", () =>
      onFresh(async ({ blotter: { store } }) => {
        const reads = Array.from({ length: 20 }, (_, i) =>
          store.read(async (repos) => {
            await sleep(5);
            await repos.accounts.list();
            return i;
          }),
        );
        await sleep(2);
        await Promise.race([store.close(), failsAfter(5_000)]);
        const ended = await Promise.race([Promise.all(reads), failsAfter(5_000)]);
        expect(ended).toEqual(reads.map((_, i) => i));
      }));

    it("refuses what is asked for while it waits", () =>
      onFresh(async ({ blotter: { store } }) => {
        const running = store.write("global", () => sleep(20));
        const closing = store.close();
        const late = [store.write("global", async () => null), store.read(async () => null)];
        for (const call of late) await expect(call).rejects.toMatchObject(CLOSED);
        await Promise.all([running, closing]);
      }));
  });
}

async function failsAfter(timeoutMs: number): Promise<never> {
  await sleep(timeoutMs, null, { ref: false });
  throw new Error(`still waiting after ${timeoutMs} ms`);
}
