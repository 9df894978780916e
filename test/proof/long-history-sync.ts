import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBlotter } from "../../src/container.js";
import { MOST_ROWS } from "../../src/domain/sync-window.js";
import type { Clock } from "../../src/index.js";
import { ProjectXClient } from "../../src/index.js";
import { openShared, type StoreKind } from "../stores.js";
import { LongAccount } from "./long-history.js";

const ACCOUNT = 900;
const PATIENCE_MS = 1_800_000;

/** A gateway of one account that notes when each call came. */
function gatewayOf(account: LongAccount, endsAt: number) {
  const calls: number[] = [];
  const answers: Record<string, (body: Record<string, string | null>) => object> = {
    "/api/Auth/loginKey": () => ({ token: "t" }),
    "/api/Order/search": (body) => ({
      orders: account.orders(String(body.startTimestamp), body.endTimestamp ?? null),
    }),
    "/api/Trade/search": (body) => ({
      trades: account.trades(String(body.startTimestamp), body.endTimestamp ?? null),
    }),
    "/api/Position/searchOpen": () => ({ positions: [] }),
    "/api/Account/search": () => ({ accounts: [] }),
  };
  const ask: typeof fetch = async (input, init) => {
    calls.push(Date.now());
    const answer = answers[new URL(String(input)).pathname];
    if (!answer) return new Response(null, { status: 404 });
    const body = answer(JSON.parse(String(init?.body ?? "{}")));
    return new Response(
      JSON.stringify({ ...body, success: true, errorCode: 0, errorMessage: null }),
    );
  };
  const client = new ProjectXClient({ userName: "u", apiKey: "k", fetch: ask });
  const clock: Clock = { now: () => endsAt as ReturnType<Clock["now"]> };
  return { calls, client, clock };
}

function mostInAMinute(calls: readonly number[]): number {
  let first = 0;
  return calls.reduce((most, call, index) => {
    while ((calls[first] ?? call) <= call - 60_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

/**
 * The first sync of an account whose history is long. BLOTTER_LONG_HISTORY=200000 takes some
 * minutes; each run says how many orders it took.
 */
export function describeLongHistory(kind: StoreKind, ordersByDefault: number): void {
  const orders = Number(process.env.BLOTTER_LONG_HISTORY ?? ordersByDefault);
  // One answer short of the half: the answer that passes it is not the last of a short history.
  const interruptedAfter = Math.max(0, orders / 2 - MOST_ROWS);
  describe(`an account with a long history on ${kind.name}`, () => {
    let shared: Awaited<ReturnType<typeof openShared>>;
    beforeEach(async () => {
      shared = await openShared(kind);
      // Only what a rate limit is kept by: the store and the broker answer in real time.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    });
    afterEach(async () => {
      vi.useRealTimers();
      await shared.dispose();
    });

    it(
      `of ${orders} orders syncs from zero inside the rate limit, is interrupted, and goes on`,
      async () => {
        const account = new LongAccount(ACCOUNT, { orders, ordersADay: 400 });
        const { calls, client, clock } = gatewayOf(account, account.endsAt);
        const blotter = await createBlotter({ store: shared.store, broker: client, clock });
        const id = String(ACCOUNT);
        await blotter.accounts.open({ accountId: id, startingBalance: 50_000 });
        const stop = new AbortController();
        const seen: number[] = [];
        const first = await inSimulatedTime(
          blotter.reconciler.sync(id, {
            signal: stop.signal,
            onProgress: ({ orders: done, through, until }) => {
              seen.push(done);
              expect(through).toBeLessThanOrEqual(until);
              if (done > interruptedAfter) stop.abort();
            },
          }),
        );
        expect(first.run.state).toBe("interrupted");
        expect(first.run.newOrders).toBeGreaterThan(interruptedAfter);
        expect(first.run.newOrders).toBeLessThan(orders);

        const second = await inSimulatedTime(blotter.reconciler.sync(id));
        expect(second.run).toMatchObject({ state: "complete", differences: 0 });
        expect(first.run.newOrders + second.run.newOrders).toBe(orders);
        expect(first.run.newFills + second.run.newFills).toBe(account.fills);
        const trades = await blotter.trades.trades({ account: id });
        expect(trades).toHaveLength(Math.floor(account.fills / 2));
        expect(await blotter.trades.verify(id)).toEqual([]);
        expect(mostInAMinute(calls)).toBeLessThanOrEqual(200);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));

        const before = calls.length;
        const third = await inSimulatedTime(blotter.reconciler.sync(id));
        expect(third.run).toMatchObject({ newOrders: 0, newFills: 0, changedOrders: 0 });
        expect(calls.length - before).toBeLessThan(12);
        await blotter.close();
      },
      PATIENCE_MS,
    );
  });
}

/** Turns the simulated clock while something waits for it, and lets the real world work in between. */
async function inSimulatedTime<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  while (!isDone) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5);
  }
  return work;
}
