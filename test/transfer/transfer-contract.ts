import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import { hashCanonicalState } from "../../src/ports/canonical-state.js";
import type { ExportWishes } from "../../src/ports/transfer.js";
import { ShaIds } from "../../src/system/sha-ids.js";
import { wholeStore } from "../contract/whole-store.js";
import { fillBooks } from "../schema/filled-books.js";
import { type OpenBlotter, type StoreKind, sqliteMemory } from "../stores.js";

export async function exported(blotter: Blotter, wishes: ExportWishes = {}): Promise<string> {
  let text = "";
  await blotter.transfer.exportFacts(async (part) => {
    text += part;
  }, wishes);
  return text;
}

/** A text as a file that comes in pieces which end anywhere. */
export const fileOf = (text: string) => ({
  name: "books.jsonl",
  async *open() {
    for (let at = 0; at < text.length; at += 777) yield text.slice(at, at + 777);
  },
});

export const stateOf = (blotter: Blotter) =>
  blotter.store.read((repos) => hashCanonicalState(repos, new ShaIds().digest()));

/** Everything but the outbox, which tells what happened in a store and not what is. */
async function contentOf(blotter: Blotter): Promise<unknown> {
  return JSON.parse(
    JSON.stringify(await wholeStore(blotter.store), (key, value) =>
      key === "outbox" ? undefined : value,
    ),
  );
}

/** Books carried from a store of this kind into one in memory, and back into one of this kind. */
export function describeTransfer(kind: StoreKind): void {
  describe(`books carried from ${kind.name} and into it`, () => {
    let source: OpenBlotter;
    let target: OpenBlotter;
    let text: string;
    beforeAll(async () => {
      source = await kind.open();
      await fillBooks(source.blotter);
      text = await exported(source.blotter);
      const between = await sqliteMemory.open();
      await between.blotter.transfer.importFacts(fileOf(text));
      expect(await exported(between.blotter)).toBe(text);
      target = await kind.open();
      await target.blotter.transfer.importFacts(fileOf(await exported(between.blotter)));
      await between.dispose();
    });
    afterAll(async () => {
      await source.dispose();
      await target.dispose();
    });

    it("have the same bytes when they are exported again", async () => {
      expect(text.split("\n").length).toBeGreaterThan(20);
      expect(await exported(target.blotter)).toBe(text);
    });

    it("are the same: facts, history, versions, quarantine, and all that follows", async () => {
      expect(await contentOf(target.blotter)).toEqual(await contentOf(source.blotter));
      expect(await stateOf(target.blotter)).toEqual(await stateOf(source.blotter));
      expect(await target.blotter.trades.verify()).toEqual([]);
    });

    it("go on as they were: what is known stays known, what is new is booked", async () => {
      const tell = async ({ orders, positions }: Blotter) => {
        const fill = {
          accountId: "A1",
          orderId: "17",
          contract: "MNQU26",
          side: "BUY",
          quantity: 2,
          price: 21_003,
          commission: 0.7,
          fee: 0.74,
          executedAt: "2026-08-03T13:31:15.000107Z",
        } as const;
        const known = await orders.recordFill({ ...fill, fillId: "107" });
        const later = { fillId: "900", executedAt: "2026-08-04T13:31:15Z" };
        const added = await orders.recordFill({ ...fill, ...later });
        const net = await positions.netQuantity("A1", "MNQU26");
        return [known.outcome, added.outcome, added.position, net];
      };
      const there = await tell(target.blotter);
      expect(there).toEqual(await tell(source.blotter));
      expect(there.slice(0, 2)).toEqual(["known", "recorded"]);
      expect(await stateOf(target.blotter)).toEqual(await stateOf(source.blotter));
    });

    it("arrive while positions are open at a price of the market, which the next one tells again", async () => {
      const [from, to] = [await kind.open(), await kind.open()];
      const { orders, marks, positions } = from.blotter;
      await from.blotter.accounts.open({ accountId: "A", startingBalance: 50_000 });
      await orders.recordFill({
        accountId: "A",
        fillId: "1",
        orderId: "1",
        contract: "MNQU26",
        side: "buy",
        quantity: 1,
        price: 21_000,
        executedAt: "2026-08-03T13:31:15Z",
      });
      const seen = { contract: "MNQU26", price: 21_010, at: "2026-08-03T13:31:16Z" };
      await marks.record(seen);
      await to.blotter.transfer.importFacts(fileOf(await exported(from.blotter)));
      expect(await stateOf(to.blotter)).toEqual(await stateOf(from.blotter));
      await to.blotter.marks.record(seen);
      expect(await to.blotter.positions.valued()).toEqual(await positions.valued());
      for (const { dispose } of [from, to]) await dispose();
    });

    it("are refused by a store that is not empty", async () => {
      const before = await contentOf(target.blotter);
      await expect(target.blotter.transfer.importFacts(fileOf(text))).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/rows in accounts already/),
      });
      expect(await contentOf(target.blotter)).toEqual(before);
    });
  });
}
