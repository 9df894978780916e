import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { accountId } from "../../src/domain/ids.js";
import { type Blotter, createBlotter } from "../../src/index.js";
import type { StoreKind } from "../stores.js";
import { Child } from "./child.js";
import { freshAccount } from "./fresh-account.js";
import { netOf, numberedFill } from "./numbered-fills.js";
import { wholeStore } from "./whole-store.js";

const WRITERS = ["a", "b", "c"];
const LONGEST_LIFE_MS = 120;

/** Promise 10: kill -9 at any moment loses nothing that was acknowledged, and leaves nothing half done. */
export function describeKills(kind: StoreKind, rounds: number): void {
  it(`${kind.name} keeps every acknowledged fill of ${rounds * 3} killed processes`, async () => {
    const open = await kind.open();
    const url = open.url ?? "";
    try {
      const account = await freshAccount(open.blotter);
      const reached = new Map(WRITERS.map((writer) => [writer, 0]));
      for (let round = 0; round < rounds; round += 1) {
        await killEachWriter(url, account, reached);
        const reopened = await createBlotter({ url });
        await expectAcknowledged(reopened, account, reached);
        await reopened.close();
      }
      expect(Math.max(...reached.values())).toBeGreaterThan(rounds);
    } finally {
      await open.dispose();
    }
  });
}

/** Lets three processes write at once and kills them at random moments after their first, second and third fill. */
async function killEachWriter(
  url: string,
  account: string,
  reached: Map<string, number>,
): Promise<void> {
  const children = WRITERS.map((writer) => {
    const first = reached.get(writer) ?? 0;
    return new Child("record-fills.ts", url, account, writer, `${first}`, "100000");
  });
  await Promise.all(children.map((child) => child.printed(1)));
  const kills = children.map(async (child, i) => {
    child.say("go");
    await child.printed(2 + i);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    const writer = WRITERS[i] ?? "";
    reached.set(writer, (reached.get(writer) ?? 0) + child.lines.length - 1);
  });
  await Promise.all(kills);
}

async function expectAcknowledged(
  blotter: Blotter,
  account: string,
  reached: ReadonlyMap<string, number>,
): Promise<void> {
  // A server may still be busy with the last word of a process that is gone: a write comes after it.
  await blotter.store.write(accountId(account), async () => undefined);
  const stored = await blotter.orders.fills({ account });
  const ids = new Set<string>(stored.map((fill) => fill.fillId));
  const told = [...reached].flatMap(([writer, count]) =>
    Array.from({ length: count }, (_, n) => numberedFill(account, writer, n)),
  );
  expect(told.filter((fill) => !ids.has(fill.fillId))).toEqual([]);
  // At most one fill of each killed process was committed and not acknowledged.
  expect(ids.size - told.length).toBeLessThanOrEqual(WRITERS.length);
  expect(await blotter.trades.verify(account)).toEqual([]);
  expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(netOf(stored));
  const before = await wholeStore(blotter.store);
  const outcomes = new Set<string>();
  for (const fill of told.slice(-60)) {
    outcomes.add((await blotter.orders.recordFill(fill)).outcome);
  }
  expect(outcomes).toEqual(new Set(["known"]));
  expect(await wholeStore(blotter.store)).toEqual(before);
}
