import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { AccountId } from "../../src/domain/ids.js";
import type { ReadRepositories } from "../../src/ports/repositories.js";
import { freshAccount } from "./fresh-account.js";
import { Gate } from "./gate.js";
import { moment, orderRow } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** Long enough for whatever need not wait to be done. */
const A_WHILE_MS = 30;

export function describeReads(subject: Subject): void {
  const insert = (account: AccountId, id: string) =>
    subject().blotter.store.write(account, (repos) => repos.orders.insert(orderRow(account, id)));
  const count = async (account: AccountId, repos: ReadRepositories) =>
    (await repos.orders.list({ accountId: account })).length;

  describe("a read", () => {
    it("sees what was written before it began", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      for (let written = 1; written <= 10; written += 1) {
        await insert(account, `order-${written}`);
        expect(await blotter.store.read((repos) => count(account, repos))).toBe(written);
      }
    });

    it("sees one moment, though a writer commits meanwhile", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const [looked, committed] = [new Gate(), new Gate()];
      const counts = store.read(async (repos) => {
        const before = await count(account, repos);
        looked.open();
        await (store.capabilities.concurrentReads ? committed.passed : sleep(A_WHILE_MS));
        return [before, await count(account, repos)];
      });
      await looked.passed;
      await insert(account, "meanwhile");
      committed.open();
      expect(await counts).toEqual([0, 0]);
      expect(await store.read((repos) => count(account, repos))).toBe(1);
    });

    it("sees nothing of a write that has not ended", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const [written, end] = [new Gate(), new Gate()];
      const writing = store.write(account, async (repos) => {
        await repos.orders.insert(orderRow(account, "pending"));
        written.open();
        await end.passed;
        throw new Error("given up");
      });
      await written.passed;
      const reading = store.read((repos) => count(account, repos));
      const first = await Promise.race([reading, sleep(A_WHILE_MS, "waits")]);
      expect(first).toBe(store.capabilities.concurrentReads ? 0 : "waits");
      end.open();
      await expect(writing).rejects.toThrow("given up");
      expect(await reading).toBe(0);
    });

    it("runs in any number at once", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const reads = Array.from({ length: 20 }, () =>
        store.read(async (repos) => {
          await sleep(1);
          return count(account, repos);
        }),
      );
      expect(await Promise.all(reads)).toEqual(reads.map(() => 0));
    });
  });
}

export function describeOrderOfWrites(subject: Subject): void {
  describe("writes of one account", () => {
    it("happen one at a time, in the order they were asked for", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const steps: string[] = [];
      const scopes = [account, [account], [`other-${account}` as AccountId, account]] as const;
      const writes = Array.from({ length: 12 }, (_, i) =>
        store.write(scopes[i % 3] ?? account, async (repos) => {
          steps.push(`${i} begins`);
          await sleep(i % 4);
          const events = [{ type: "order.changed", payload: { i } }] as const;
          await repos.outbox.append(account, events, moment(0));
          steps.push(`${i} ends`);
        }),
      );
      await Promise.all(writes);
      expect(steps).toEqual(writes.flatMap((_, i) => [`${i} begins`, `${i} ends`]));
      const events = await store.read((repos) => repos.outbox.after(account, 0, 100));
      expect(events.map((event) => event.payload)).toEqual(writes.map((_, i) => ({ i })));
    });

    it("go on after one that failed", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const failing = store.write(account, async () => {
        throw new Error("on purpose");
      });
      const next = store.write(account, (repos) => repos.outbox.last(account));
      await expect(failing).rejects.toThrow("on purpose");
      expect(await next).toBe(0);
    });
  });

  it("writes of accounts in opposite orders do not lock each other out", async () => {
    const { blotter } = subject();
    const [a, b] = [await freshAccount(blotter), await freshAccount(blotter)];
    const writes = Array.from({ length: 10 }, (_, i) =>
      blotter.store.write(i % 2 === 0 ? [a, b] : [b, a], async (repos) => {
        await repos.orders.insert(orderRow(a, `order-${i}`));
        await repos.orders.insert(orderRow(b, `order-${i}`));
      }),
    );
    await Promise.all(writes);
    expect(await blotter.store.read((repos) => count10(repos, [a, b]))).toEqual([10, 10]);
  });
}

async function count10(repos: ReadRepositories, accounts: readonly AccountId[]) {
  const counts: number[] = [];
  for (const accountId of accounts) counts.push((await repos.orders.list({ accountId })).length);
  return counts;
}
