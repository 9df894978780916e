import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/index.js";
import type { OpenBlotter, StoreKind } from "../stores.js";
import { Child } from "./child.js";
import { Desk } from "./desk.js";
import { freshAccount } from "./fresh-account.js";
import { netOf, numberedFill } from "./numbered-fills.js";

const FILLS = 24;
const numbers = Array.from({ length: FILLS }, (_, i) => i);

/** A store that other connections and processes see under the same url. */
export function describeProcesses(kind: StoreKind): void {
  describe(`several connections and processes on ${kind.name}`, () => {
    let open: OpenBlotter;
    beforeAll(async () => {
      open = await kind.open();
    });
    afterAll(() => open.dispose());
    const url = () => open.url ?? "";

    it("lose and double nothing when several connections write one account at once", async () => {
      const account = await freshAccount(open.blotter);
      const others = await Promise.all([1, 2, 3].map(() => createBlotter({ url: url() })));
      const blotters = [open.blotter, ...others];
      const writes = numbers.map((n) => {
        const { orders } = blotters[n % blotters.length] ?? open.blotter;
        return orders.recordFill(numberedFill(account, "w", n));
      });
      const outcomes = (await Promise.all(writes)).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(numbers.map(() => "recorded"));
      await expectBooks(open.blotter, account, ["w"], FILLS);
      for (const other of others) await other.close();
    });

    it("lose and double nothing when four processes write one account at once", async () => {
      const account = await freshAccount(open.blotter);
      const writers = ["a", "b", "c", "d"];
      const perWriter = FILLS / writers.length;
      const children = writers.map(
        (writer) =>
          new Child("record-fills.ts", url(), account, writer, "0", `${perWriter}`, "parallel"),
      );
      await Promise.all(children.map((child) => child.printed(1)));
      for (const child of children) child.say("go");
      for (const child of children) expect(await child.ended).toEqual({ code: 0, errors: "" });
      await expectBooks(open.blotter, account, writers, perWriter);
    });

    it("hear the events of another one, and go on after a restart where they stopped", async () => {
      const desk = await Desk.open(open.blotter);
      const heard: number[] = [];
      const listen = async (enough: number) => {
        const other = await createBlotter({ url: url() });
        other.events.subscribe(
          "dashboard",
          (event) => {
            if (event.accountId === desk.account) heard.push(event.sequence);
          },
          { from: "start" },
        );
        await desk.fill(enough, `${enough}`, "o", "buy 1 @ 20000");
        await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(enough);
        await other.close();
      };
      await listen(2);
      await listen(4);
      expect(heard).toEqual([1, 2, 3, 4]);
    });

    it("see an account and a product that another one added", async () => {
      const other = await createBlotter({ url: url() });
      await other.contracts.add({ root: "ZOTHER", tickSize: 1, pointValue: 1, dated: false });
      const desk = await Desk.open(other);
      await other.close();
      const here = new Desk(open.blotter, desk.account);
      await here.fill(1, "1", "o", "buy 1 @ 5", { contract: "ZOTHER" });
      expect(await open.blotter.positions.netQuantity(desk.account, "ZOTHER")).toBe(1);
    });
  });
}

/** All of the writers' fills once each, and everything that follows from them. */
export async function expectBooks(
  blotter: Blotter,
  account: string,
  writers: readonly string[],
  perWriter: number,
): Promise<void> {
  const told = writers.flatMap((writer) =>
    Array.from({ length: perWriter }, (_, n) => numberedFill(account, writer, n)),
  );
  const fills = await blotter.orders.fills({ account });
  expect(fills.map((fill) => `${fill.fillId}`).sort()).toEqual(told.map((f) => f.fillId).sort());
  expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(netOf(told));
  expect(await blotter.trades.verify(account)).toEqual([]);
}
