import { beforeAll, describe, expect, it } from "vitest";
import { compareText } from "../../src/domain/ids.js";
import type { Trade } from "../../src/domain/trade.js";
import type { Page, PagePlace, PageRequest } from "../../src/ports/queries.js";
import { TRADE_RANKS } from "../../src/ports/trade-query.js";
import { freshAccount } from "./fresh-account.js";
import { moment } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

type Turn = (request: PageRequest) => Promise<Page<object>>;
const FIRST: Omit<PageRequest, "size" | "newestFirst"> = { after: null };

/** Lists in pages: put together they are the list, whatever their size and direction. */
export function describePages(subject: Subject): void {
  describe("pages", () => {
    let [one, two] = ["", ""];
    beforeAll(async () => {
      [one, two] = [await freshAccount(subject().blotter), await freshAccount(subject().blotter)];
      // The same ids and instants in both: only the account tells their rows apart.
      for (const account of [one, two]) await tradeTwice(subject, account);
    });

    async function walk(turn: Turn, size: number, newestFirst: boolean, account?: string) {
      const rows: object[] = [];
      let after: PagePlace | null = null;
      do {
        const request = { ...FIRST, size, newestFirst, after, ...(account && { account }) };
        const page: Page<object> = await turn(request);
        expect(page.rows.length).toBeLessThanOrEqual(size);
        rows.push(...page.rows);
        after = page.next;
      } while (after !== null);
      return rows;
    }

    const lists = () => {
      const { orders, trades, positions, queries: pages } = subject().blotter;
      const filter = (account?: string) => (account === undefined ? {} : { account });
      return {
        orders: [pages.orders.bind(pages), (a?: string) => orders.orders(filter(a))],
        fills: [(r: PageRequest) => pages.fills(r), (a?: string) => orders.fills(filter(a))],
        "all fills": [
          (r: PageRequest) => pages.fills(r, true),
          (a?: string) => orders.fills(filter(a), true),
        ],
        trades: [pages.trades.bind(pages), (a?: string) => trades.trades(filter(a))],
        matches: [pages.matches.bind(pages), (a?: string) => trades.matches(filter(a))],
        positions: [pages.closedPositions.bind(pages), (a?: string) => positions.closed(filter(a))],
      } satisfies Record<string, readonly [Turn, (account?: string) => Promise<readonly object[]>]>;
    };

    it.each(["orders", "fills", "all fills", "trades", "matches", "positions"] as const)(
      "of %s are the whole list, oldest or newest first",
      async (name) => {
        const [turn, list] = lists()[name];
        for (const account of [one, undefined]) {
          const all = await list(account);
          expect(all.length).toBeGreaterThan(2);
          const sizes = account === undefined ? [3, 1_000] : [1, 2, 1_000];
          for (const size of sizes) {
            expect(await walk(turn, size, false, account)).toEqual(all);
            expect(await walk(turn, size, true, account)).toEqual([...all].reverse());
          }
        }
      },
    );

    it.each(TRADE_RANKS)("of trades by %s hold each trade once, in that order", async (rank) => {
      const { trades, queries: pages } = subject().blotter;
      const all = await trades.trades();
      const turn = (request: PageRequest) => pages.trades({ ...request, rank });
      const rising = (await walk(turn, 2, false)) as Trade[];
      expect(new Set(rising.map(idOf))).toEqual(new Set(all.map(idOf)));
      expect(rising).toHaveLength(all.length);
      for (const [index, trade] of rising.slice(1).entries()) {
        const before = rising[index];
        expect(before && compareBy(rank, before, trade)).toBeLessThanOrEqual(0);
      }
      expect(await walk(turn, 3, true)).toEqual([...rising].reverse());
    });

    it("of trades are filtered by side and outcome", async () => {
      const { queries: pages } = subject().blotter;
      const found = async (more: object) => {
        const request = { ...FIRST, size: 9, newestFirst: false, account: two, ...more };
        return (await pages.trades(request)).rows.map((trade) => trade.exitOrderId);
      };
      expect(await found({})).toEqual(["o2", "o4", "o6"]);
      expect(await found({ side: "LONG" })).toEqual(["o2", "o6"]);
      expect(await found({ side: "SHORT" })).toEqual(["o4"]);
      expect(await found({ outcome: "win" })).toEqual(["o2"]);
      expect(await found({ outcome: "loss" })).toEqual(["o4"]);
      expect(await found({ outcome: "breakeven" })).toEqual(["o6"]);
    });

    it("stay put while rows come: nothing repeats, nothing is skipped", async () => {
      const { queries: pages, orders } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      await tradeTwice(subject, account);
      const request = { ...FIRST, size: 2, newestFirst: true, account };
      const first = await pages.fills(request);
      const late = { accountId: account, orderId: "o9", contract: "MNQU26", side: "BUY" } as const;
      const at = new Date(moment(60_000_000) / 1000);
      await orders.recordFill({ ...late, fillId: "99", quantity: 1, price: 1, executedAt: at });
      const second = await pages.fills({ ...request, after: first.next });
      const ids = [...first.rows, ...second.rows].map((fill) => fill.fillId);
      expect(ids).toEqual(["6", "5", "4", "3"]);
    });

    it("refuse a size and a place that cannot be", async () => {
      const { queries: pages } = subject().blotter;
      const refused = (more: Partial<PageRequest>) =>
        expect(
          pages.orders({ ...FIRST, size: 1, newestFirst: true, ...more }),
        ).rejects.toMatchObject({ code: "invalid" });
      for (const size of [0, -1, 1.5, Number.NaN, 1_001]) await refused({ size });
      const keys = [[], [1], [1, 2], ["1", "x"], [-1, "x"], [1.5, "x"], [1, "x\0"], [1, "x", 1]];
      for (const key of keys) await refused({ after: { key, accountId: one } });
      const [from, to] = ["2026-08-04T00:00:00Z", "2026-08-03T23:59:59Z"];
      await refused({ from, to });
      await expect(subject().blotter.trades.trades({ from, to })).rejects.toThrow(
        "from 2026-08-04T00:00:00Z is after to 2026-08-03T23:59:59Z",
      );
      expect(
        (await pages.orders({ ...FIRST, size: 1, newestFirst: true, from, to: from })).rows,
      ).toEqual([]);
      await expect(
        pages.orders({ ...FIRST, size: 1, newestFirst: true, account: "nobody" }),
      ).rejects.toMatchObject({ code: "not_found" });
    });
  });
}

const idOf = ({ accountId, tradeId }: Trade): string => `${accountId} ${tradeId}`;

function compareBy(rank: (typeof TRADE_RANKS)[number], a: Trade, b: Trade): number {
  const [x, y] = [a[rank], b[rank]];
  return typeof x === "number" && typeof y === "number" ? x - y : compareText(String(x), String(y));
}

/** A long that wins, a short that loses, a long that comes out even; all orders created at one instant. */
async function tradeTwice(subject: Subject, accountId: string): Promise<void> {
  const { orders } = subject().blotter;
  const legs = [
    ["BUY", 100],
    ["SELL", 101],
    ["SELL", 100],
    ["BUY", 102],
    ["BUY", 100],
    ["SELL", 100],
  ] as const;
  for (const [index, [side, price]] of legs.entries()) {
    const n = index + 1;
    const order = { accountId, orderId: `o${n}`, contract: "MNQU26", side, quantity: 1 };
    await orders.recordOrder({ ...order, createdAt: new Date(moment(0) / 1000) });
    // Two fills an instant: their keys order them.
    const executedAt = new Date(moment(Math.ceil(n / 2) * 1_000_000) / 1000);
    await orders.recordFill({ ...order, fillId: String(n), price, executedAt });
  }
}
