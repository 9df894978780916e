import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Blotter, createBlotter, type OrderInput } from "../../src/index.js";
import { secondsAfterOpen } from "../contract/desk.js";
import { freshAccount } from "../contract/fresh-account.js";

let blotter: Blotter;
beforeAll(async () => {
  blotter = await createBlotter({ url: ":memory:" });
});
afterAll(() => blotter.close());

type Told = Omit<OrderInput, "accountId" | "contract">;

const told = (orderId: string, at: number, more: Partial<Told>): Told => ({
  orderId,
  side: "sell",
  quantity: 1,
  createdAt: secondsAfterOpen(at),
  updatedAt: secondsAfterOpen(at),
  ...more,
});

/** Reports of one entry and of its children, as they may tell their links. */
function bracket(n: number, by: "parent" | "tag" | "both" | "late", sameTag: boolean): Told[] {
  const tag = sameTag ? "bot" : `bot-${n}`;
  const [entry, stop, limit] = [`${n}0`, `${n}1`, `${n}2`];
  const at = n * 100;
  const parentOrderId = by === "tag" ? null : entry;
  const child = (suffix: string) => (by === "parent" ? {} : { customTag: `${tag}-${suffix}` });
  const first = by === "late" ? null : parentOrderId;
  return [
    told(entry, at, { side: "buy", orderType: "MARKET", customTag: tag, status: "WORKING" }),
    told(entry, at, { side: "buy", updatedAt: secondsAfterOpen(at + 1), status: "FILLED" }),
    told(stop, at + 1, { parentOrderId: first, orderType: "STOP", status: "PENDING" }),
    told(stop, at + 1, {
      ...child("SL"),
      parentOrderId,
      stopPrice: 21_000,
      status: "WORKING",
      updatedAt: secondsAfterOpen(at + 2),
    }),
    told(limit, at + 1, {
      ...child("TP"),
      parentOrderId,
      linkedOrderId: stop,
      orderType: "LIMIT",
      status: "CANCELLED",
    }),
  ];
}

const story = fc
  .array(fc.tuple(fc.constantFrom("parent", "tag", "both", "late"), fc.boolean()), {
    minLength: 1,
    maxLength: 3,
  })
  .map((brackets) => brackets.flatMap(([by, same], n) => bracket(n + 1, by, same)));

const shuffled = story.chain((reports) =>
  fc.record({
    reports: fc.constant(reports),
    order: fc.shuffledSubarray(reports, { minLength: reports.length }),
  }),
);

async function ordersAfter(reports: readonly Told[], withFill: boolean) {
  const accountId = await freshAccount(blotter);
  const fill = () =>
    blotter.orders.recordFill({
      accountId,
      fillId: "f",
      orderId: "10",
      contract: "MNQU26",
      side: "buy",
      quantity: 1,
      price: 21_010,
      executedAt: secondsAfterOpen(100),
    });
  if (withFill) await fill();
  for (const report of reports) {
    await blotter.orders.recordOrder({ ...report, accountId, contract: "MNQU26" });
  }
  if (!withFill) await fill();
  expect(await blotter.trades.verify(accountId)).toEqual([]);
  const orders = await blotter.orders.orders({ account: accountId });
  // The checksum holds the account's name.
  return orders.map(({ accountId: _a, checksum: _c, ...order }) => order);
}

describe("the links of brackets", () => {
  test("are the same whatever the order of arrival", async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, fc.boolean(), async ({ reports, order }, withFill) => {
        expect(await ordersAfter(order, withFill)).toEqual(await ordersAfter(reports, false));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test.each(["parent", "tag", "both", "late"] as const)("are found by %s", async (by) => {
    const orders = await ordersAfter(bracket(1, by, false), true);
    expect(orders.map(({ orderId, parentOrderId }) => [orderId, parentOrderId])).toEqual([
      ["10", null],
      ["11", "10"],
      ["12", "10"],
    ]);
    expect(orders[0]).toMatchObject({ stopLossOrderId: "11", takeProfitOrderId: "12" });
  });

  test("of an order that is told another parent leave the one it seemed to have", async () => {
    const [entry, , , stop] = bracket(1, "tag", false);
    const other = told("90", 1, { side: "buy", orderType: "MARKET" });
    const moved = { ...stop, parentOrderId: "90", updatedAt: secondsAfterOpen(500) };
    if (!entry || !stop) throw new Error("a bracket has both");
    const orders = await ordersAfter([entry, stop, other, { ...stop, ...moved }], true);
    const links = new Map(orders.map((o) => [String(o.orderId), o.stopLossOrderId]));
    expect(links.get("10")).toBeNull();
    expect(links.get("90")).toBe("11");
  });

  test("stand in the history of both, and are told to subscribers", async () => {
    const accountId = await freshAccount(blotter);
    const changed: string[] = [];
    const heard = blotter.events.subscribe(`links-${accountId}`, (event) => {
      const { type, payload } = event;
      if (event.accountId === accountId && type === "order.changed") {
        changed.push(`${payload.orderId} ${payload.stopLossOrderId}`);
      }
    });
    await blotter.events.drain();
    const [entry, , , stop] = bracket(1, "tag", false);
    for (const report of [entry, stop]) {
      if (!report) throw new Error("a bracket has both");
      await blotter.orders.recordOrder({ ...report, accountId, contract: "MNQU26" });
    }
    await blotter.events.drain();
    await heard.unsubscribe();
    expect(changed).toEqual(["10 null", "11 null", "10 11"]);
    const history = async (id: string) =>
      (await blotter.orders.orderEvents(accountId, id)).map(({ source, changes }) => [
        source,
        changes,
      ]);
    expect(await history("10")).toContainEqual(["links", '{"stopLossOrderId":[null,"11"]}']);
    expect(await history("11")).toContainEqual(["links", '{"parentOrderId":[null,"10"]}']);
  });

  test("are refused across contracts", async () => {
    const accountId = await freshAccount(blotter);
    const [entry, , , stop] = bracket(1, "tag", false);
    if (!entry || !stop) throw new Error("a bracket has both");
    await blotter.orders.recordOrder({ ...entry, accountId, contract: "MNQU26" });
    await blotter.orders.recordOrder({ ...stop, accountId, contract: "MESU26", stopPrice: 6_000 });
    const orders = await blotter.orders.orders({ account: accountId });
    expect(orders.every((o) => o.parentOrderId === null && o.stopLossOrderId === null)).toBe(true);
  });
});
