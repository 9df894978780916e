import { describe, expect, it } from "vitest";
import type { Repositories } from "../../src/ports/repositories.js";
import type { Store } from "../../src/ports/store.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, moment, orderRow, positionOf } from "./made-up-rows.js";
import type { Subject } from "./subject.js";
import { ANY_EVENT, type Work } from "./unit-of-work-contract.js";

type Method = "write" | "read";

function run(store: Store, method: Method, work: Work): Promise<unknown> {
  return method === "write" ? store.write("global", work) : store.read(() => work(DEAD));
}

/** Nested works never get so far as to use them. */
const DEAD = {} as Repositories;

export function describeNesting(subject: Subject): void {
  describe("a unit of work", () => {
    const combinations: readonly (readonly [Method, Method])[] = [
      ["write", "write"],
      ["write", "read"],
      ["read", "write"],
      ["read", "read"],
    ];

    it.each(combinations)("refuses, inside a %s, a %s as nested", async (outer, inner) => {
      const { store } = subject().blotter;
      const nested = run(store, outer, () => run(store, inner, async () => "deadlock"));
      await expect(nested).rejects.toMatchObject({ code: "nested" });
    });

    it.each(combinations)(
      "lets what a %s left behind open a %s of its own",
      async (outer, inner) => {
        const { store } = subject().blotter;
        let later: Promise<unknown> = Promise.resolve();
        await run(store, outer, async () => {
          later = new Promise((resolve) => setTimeout(resolve, 5)).then(() =>
            run(store, inner, async () => "fine"),
          );
        });
        expect(await later).toBe("fine");
      },
    );

    it("goes on after a nested one was refused and caught", async () => {
      const { store } = subject().blotter;
      const result = store.write("global", async () => {
        await store.read(async () => null).catch(() => undefined);
        return "went on";
      });
      expect(await result).toBe("went on");
    });
  });
}

export function describeDeadRepositories(subject: Subject): void {
  describe("repositories after their unit of work", () => {
    it("are dead: each call throws and says why", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const leaked = await store.write(account, async (repos) => repos);
      const read = await store.read(async (repos) => repos);
      const calls = [
        () => read.accounts.list(),
        () => leaked.accounts.get(account),
        () => leaked.orders.insert(orderRow(account, "too-late")),
        () => leaked.outbox.append(account, [ANY_EVENT], moment(0)),
        () => leaked.days.clear(account),
      ];
      for (const call of calls) {
        await expect(call()).rejects.toThrow("repositories used after their unit of work ended");
      }
      expect(await store.read((repos) => repos.outbox.last(account))).toBe(0);
    });

    it("are dead after work that threw, too", async () => {
      const { store } = subject().blotter;
      let leaked: Repositories | undefined;
      const failing = store.write("global", async (repos) => {
        leaked = repos;
        throw new Error("on purpose");
      });
      await expect(failing).rejects.toThrow("on purpose");
      await expect(leaked?.accounts.list()).rejects.toThrow("await is missing");
    });

    it("find out a forgotten await, and write nothing afterwards", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      let forgotten: Promise<unknown> = Promise.resolve();
      const events = [1, 2, 3, 4, 5, 6].map(() => ANY_EVENT);
      await store.write(account, async (repos) => {
        forgotten = repos.outbox.append(account, events, moment(0)).then(
          () => "unnoticed",
          (error) => String(error),
        );
      });
      const committed = await store.read((repos) => repos.outbox.last(account));
      expect(await forgotten).toContain("await is missing");
      expect(await store.read((repos) => repos.outbox.last(account))).toBe(committed);
    });

    it("write nothing when a call was forgotten and the work failed", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const order = orderRow(account, "entry");
      await store.write(account, async (repos) => {
        await repos.orders.insert(order);
        await repos.positions.insert(positionOf(fillRow(order, "1", 0), "position"), null);
      });
      let forgotten: Promise<unknown> = Promise.resolve();
      const failing = store.write(account, async (repos) => {
        forgotten = repos.positions.setStrategy(account, order.orderId, "late").catch(() => null);
        throw new Error("on purpose");
      });
      await expect(failing).rejects.toThrow("on purpose");
      await forgotten;
      const position = await store.read((repos) => repos.positions.get(account, "position"));
      expect(position?.strategy).toBe(null);
    });
  });
}
