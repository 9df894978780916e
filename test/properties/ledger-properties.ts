import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/domain/plain.js";
import type { Blotter } from "../../src/index.js";
import { oracleBooks } from "../oracle/fifo-oracle.js";
import { type FinalFill, finalFills } from "../oracle/fold-oracle.js";
import { compareFillIds, type OracleFill } from "../oracle/oracle-fill.js";
import { type Books, booksOf, expectSameBooks } from "./books.js";
import { expectConservation } from "./conservation.js";
import { type Delivery, deliveries, type PlacedOrder, pick, placedOrders } from "./deliveries.js";
import { narrowWorld, type World, wideWorld } from "./ledger-world.js";
import { deliverWithFees, feeMoments, modelledFor } from "./modelled-fees.js";
import { expectPerformance } from "./performance.js";
import { seenPrices, seePrice } from "./seen-prices.js";
import { deliver, deliverCleanly, tellings } from "./tell.js";

/**
 * Promises 1 to 5 on random trading, on any store: whatever the broker says, in whatever order, the
 * books end as they do after one clean pass, as an independent oracle says, and as a rebuild makes
 * them.
 *
 * @param openStore gives a store of its own at each call; the suite closes it
 */
export function describeLedgerProperties(
  name: string,
  openStore: () => Promise<Blotter>,
  runs: number,
): void {
  describe(`the ledger on random trading, on ${name}`, () => {
    let messy: Blotter;
    let clean: Blotter;
    let worlds = 0;
    const newAccounts = () => {
      worlds += 1;
      return openAccounts(worlds, [messy, clean]);
    };

    beforeAll(async () => {
      [messy, clean] = [await openStore(), await openStore()];
    }, 60_000);
    afterAll(async () => {
      await messy?.close();
      await clean?.close();
    });

    it("ends the same in any order, as the oracle says, and as a rebuild makes it", async () => {
      const property = fc.asyncProperty(wideWorld, async (random) => {
        await expectOrderNotToMatter(random, await newAccounts(), messy, clean);
      });
      await fc.assert(property, { numRuns: runs, ...WITHIN });
    }, 1_000_000);

    it("is at every step what a rebuild would make it", async () => {
      const property = fc.asyncProperty(narrowWorld, seenPrices, async (random, prices) => {
        const accounts = await newAccounts();
        const orders = placedOrders(random, accounts);
        const story = deliveries(random, orders);
        const verified = async (account: string) =>
          expect(await messy.trades.verify(account)).toEqual([]);
        for (const next of [...story, ...prices].sort((a, b) => a.at - b.at)) {
          if (next.kind === "price") {
            await seePrice(messy, next, accounts);
            for (const account of accounts) await verified(account);
          } else {
            await deliver(messy, next);
            if (next.kind !== "order") await verified(next.input.accountId);
          }
        }
        await expectOracle(messy, accounts, story, orders);
      });
      await fc.assert(property, { numRuns: runs, ...WITHIN });
    }, 1_000_000);

    it("ends the same when everything is handed over at once, without waiting", async () => {
      const property = fc.asyncProperty(wideWorld, async (random) => {
        const accounts = await newAccounts();
        const orders = placedOrders(random, accounts);
        const story = deliveries(random, orders);
        await Promise.all(story.map((message) => deliver(messy, message)));
        await expectOracle(messy, accounts, story, orders);
      });
      await fc.assert(property, { numRuns: Math.ceil(runs / 4), ...WITHIN });
    }, 1_000_000);

    it("counts modelled costs the same, whenever their table is asked for and changed", async () => {
      const property = fc.asyncProperty(wideWorld, feeMoments, async (random, moments) => {
        const accounts = await newAccounts();
        const orders = placedOrders(random, accounts);
        const story = deliveries(random, orders);
        await deliverWithFees(messy, story, accounts, moments);
        await expectOracle(messy, accounts, story, orders, modelledFor(accounts));
        for (const account of accounts) {
          const ended = text(await booksOf(messy, account));
          expect(await messy.trades.verify(account)).toEqual([]);
          await messy.trades.rebuild(account);
          expect(text(await booksOf(messy, account))).toBe(ended);
        }
      });
      await fc.assert(property, { numRuns: Math.ceil(runs / 3), ...WITHIN });
    }, 1_000_000);

    it("tells of accounts alone and together what their lists tell", async () => {
      const accounts = (await messy.accounts.list()).map(({ accountId }) => accountId);
      const [one = "", ...others] = accounts.slice(-6);
      await expectPerformance(messy, [one]);
      await expectPerformance(messy, [one, ...others]);
    }, 1_000_000);

    it("returns the rows of all accounts in canonical order", async () => {
      const { fills, trades, closed } = await booksOf(messy);
      expect(fills.length).toBeGreaterThan(0);
      expect(fills).toEqual([...fills].sort(byPlace));
      for (const rows of [trades, closed]) {
        const exits = rows.map((row) => Date.parse(String(row.exitTimestamp)));
        expect(exits).toEqual([...exits].sort((a, b) => a - b));
      }
    });
  });
}

/** A failure is made smaller for so long, then shown as it is. */
const WITHIN = { interruptAfterTimeLimit: 900_000, markInterruptAsFailure: true } as const;

/** Every run trades in two accounts of its own. */
async function openAccounts(run: number, blotters: readonly Blotter[]): Promise<readonly string[]> {
  const accounts = [`w${run}-a`, `w${run}-b`];
  for (const accountId of accounts) {
    for (const blotter of blotters) {
      await blotter.accounts.open({ accountId, startingBalance: "50000.01" });
    }
  }
  return accounts;
}

/** Looks at the books half-way, at the end, and beside those of a clean pass and a rebuild. */
async function expectOrderNotToMatter(
  random: World,
  accounts: readonly string[],
  messy: Blotter,
  clean: Blotter,
): Promise<void> {
  const orders = placedOrders(random, accounts);
  const story = deliveries(random, orders);
  const before = story.filter((message) => message.at <= random.pause);

  for (const message of before) await deliver(messy, message);
  await expectOracle(messy, accounts, before, orders);
  for (const message of story.slice(before.length)) await deliver(messy, message);
  await expectOracle(messy, accounts, story, orders);
  await deliverCleanly(clean, story);
  for (const account of accounts) {
    const ended = await booksOf(messy, account);
    expect(text(ended)).toBe(text(await booksOf(clean, account)));
    expect(await messy.trades.verify(account)).toEqual([]);
    await expectConservation(messy, account);
    await messy.trades.rebuild(account);
    expect(text(await booksOf(messy, account))).toBe(text(ended));
  }
}

/** By instant, then by fill id, then by account. */
function byPlace(a: PlainRow, b: PlainRow): number {
  return (
    microsOf(a.executionTimestamp) - microsOf(b.executionTimestamp) ||
    compareFillIds(String(a.fillId), String(b.fillId)) ||
    Buffer.compare(Buffer.from(String(a.accountId)), Buffer.from(String(b.accountId)))
  );
}

function microsOf(iso: PlainRow[string] | undefined): number {
  const [seconds = "", fraction = "0"] = String(iso).replace("Z", "").split(".");
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction);
}

const text = (books: Books): string => JSON.stringify(books, null, 1);

/** The books of both accounts against the oracle's, worked out from what has been told so far. */
async function expectOracle(
  blotter: Blotter,
  accounts: readonly string[],
  story: readonly Delivery[],
  orders: readonly PlacedOrder[],
  modelled: (fill: OracleFill) => OracleFill = (fill) => fill,
): Promise<void> {
  const fills = finalFills(tellings(story)).map((fill) =>
    modelled(oracleFill(fill, story, orders)),
  );
  for (const account of accounts) {
    const expected = oracleBooks(fills.filter((fill) => fill.accountId === account));
    const actual = await booksOf(blotter, account);
    expect(actual.fills).toHaveLength(fills.filter((f) => f.accountId === account).length);
    expectSameBooks(actual, expected);
    for (const { symbol, contractId } of orders.map((order) => order.market)) {
      const net = expected.net[`${account} ${contractId}`] ?? 0;
      expect(await blotter.positions.netQuantity(account, symbol)).toBe(net);
    }
  }
}

function oracleFill(
  { accountId, fillId, facts }: FinalFill,
  story: readonly Delivery[],
  orders: readonly PlacedOrder[],
): OracleFill {
  const same = (other: { readonly accountId: string; readonly orderId: string }) =>
    other.accountId === accountId && other.orderId === facts.orderId;
  const order = pick(orders, orders.findIndex(same));
  const named = story.find(
    (message) => message.kind === "order" && same(message.input) && message.input.strategy,
  );
  const { symbol, contractId, root, pointValue } = order.market;
  return {
    accountId,
    fillId,
    symbol,
    contractId,
    root,
    pointValue,
    ...facts,
    strategy: named ? order.source.strategy : null,
  };
}
