import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/index.js";
import { Desk, secondsAfterOpen } from "../contract/desk.js";
import { expectPerformance } from "./performance.js";

/** How the risk of a trade comes to be known. */
const PLANS = ["none", "child", "children", "linked", "both", "moved", "order", "fills"] as const;

/** When it becomes known, and what comes late. */
const MOMENTS = ["first", "held", "half out", "last"] as const;
const LATE = ["nothing", "nothing", "void", "correct", "rewritten", "unwritten"] as const;

const UNKNOWN_TYPE = { orderType: null };

const ticks = fc.integer({ min: -200, max: 200 });
const trade = fc.record({
  plan: fc.constantFrom(...PLANS),
  moment: fc.constantFrom(...MOMENTS),
  late: fc.constantFrom(...LATE),
  isLong: fc.boolean(),
  entries: fc.tuple(ticks, ticks),
  exits: fc.tuple(ticks, ticks),
  quantity: fc.integer({ min: 1, max: 3 }),
  stop: ticks,
  risk: fc.integer({ min: 1, max: 300_000_000 }).map((n) => n / 1e6),
  marks: fc.array(ticks, { maxLength: 3 }),
  cash: fc.constantFrom(0, 0, 250.5, -300),
});
type PlannedTrade = Parameters<Parameters<typeof trade.map>[0]>[0];

const priceOf = (offset: number) => 20_000 + offset / 4;

let blotter: Blotter;
beforeAll(async () => {
  blotter = await createBlotter({ url: ":memory:" });
});
afterAll(() => blotter.close());

describe("random trades with stops, written risk, prices of the market and cash", () => {
  it("have the figures of a second computation", async () => {
    let known = 0;
    const property = fc.asyncProperty(
      fc.array(trade, { minLength: 1, maxLength: 6 }),
      async (trades) => {
        const desk = await Desk.open(blotter);
        for (const [n, one] of trades.entries()) await play(desk, n, one);
        await expectPerformance(blotter, [desk.account]);
        expect(await blotter.trades.verify(desk.account)).toEqual([]);
        const { resultsWithRisk } = await blotter.performance.statistics({
          accounts: [desk.account],
        });
        known += resultsWithRisk;
      },
    );
    await fc.assert(property, { numRuns: 20 });
    expect(known).toBeGreaterThan(0);
  }, 300_000);
});

/** In and out in two fills each, a day after the one before. */
async function play(desk: Desk, n: number, planned: PlannedTrade): Promise<void> {
  const { isLong, quantity, entries, exits, marks, cash } = planned;
  const [order, exit] = [`${n + 1}00`, `${n + 1}90`];
  const start = n * 86_400;
  const into = isLong ? "buy" : "sell";
  const out = isLong ? "sell" : "buy";
  const stopLossOrderId = ["linked", "both"].includes(planned.plan) ? `${n + 1}01` : null;
  await desk.order(order, { side: into, quantity: 2 * quantity, stopLossOrderId });
  const deal = (at: number, id: string, of: string, word: string, offset: number) =>
    desk.fill(start + at, `${n + 1}${id}`, of, `${word} ${quantity} @ ${priceOf(offset)}`);
  const { moment } = planned;
  const planAt = async (now: PlannedTrade["moment"]) => {
    if (now === moment) await plan(desk, n, planned, order);
  };
  if (planned.plan !== "fills") await planAt("first");
  await deal(0, "1", order, into, entries[0]);
  await deal(1, "2", order, into, entries[1]);
  if (planned.plan === "fills") await planAt("first");
  await planAt("held");
  for (const [i, offset] of marks.entries()) {
    // One of them in the instant of the first exit.
    const at = secondsAfterOpen(start + 8 + i);
    await desk.blotter.marks.record({ contract: "MNQU26", price: priceOf(offset), at });
  }
  await deal(10, "3", exit, out, exits[0]);
  await planAt("half out");
  await deal(60, "4", exit, out, exits[1]);
  await planAt("last");
  await comeLate(desk, n, planned, order);
  if (cash === 0) return;
  await desk.blotter.accounts.recordCash({
    account: desk.account,
    movementId: `cash-${n}`,
    type: cash > 0 ? "deposit" : "payout",
    amount: Math.abs(cash),
    at: secondsAfterOpen(start + 100),
  });
}

async function comeLate(
  { blotter: books, account: accountId }: Desk,
  n: number,
  { late, entries, risk }: PlannedTrade,
  order: string,
): Promise<void> {
  const fill = { accountId, fillId: `${n + 1}2` };
  const note = { accountId, target: "order", id: order } as const;
  switch (late) {
    case "nothing":
      return;
    case "void":
      await books.orders.voidFill({ ...fill, reason: "busted" });
      return;
    case "correct":
      await books.orders.correctFill({ ...fill, revision: 1, price: priceOf(-entries[0]) });
      return;
    case "rewritten":
      await books.annotations.annotate({ ...note, plannedRisk: (risk / 3 + 1e-6).toFixed(6) });
      return;
    case "unwritten":
      await books.annotations.annotate({ ...note, plannedRisk: 1 });
      await books.annotations.annotate({ ...note, plannedRisk: null });
      return;
  }
}

async function plan(
  desk: Desk,
  n: number,
  { plan: kind, isLong, stop, risk }: PlannedTrade,
  order: string,
): Promise<void> {
  const side = isLong ? "sell" : "buy";
  const write = (target: "order" | "fill", id: string) =>
    desk.blotter.annotations.annotate({
      accountId: desk.account,
      target,
      id,
      plannedRisk: risk.toFixed(6),
    });
  const stopAt = (offset: number, more: object, id = "01") =>
    desk.order(`${n + 1}${id}`, { side, orderType: "STOP", stopPrice: priceOf(offset), ...more });
  const later = { parentOrderId: order, createdAt: secondsAfterOpen(n * 86_400 + 5) };
  switch (kind) {
    case "none":
      return;
    case "child":
      await stopAt(stop, { parentOrderId: order });
      return;
    case "children":
      // Told newest first; of an unknown type, so that none of them becomes the linked one.
      await stopAt(stop, { ...later, ...UNKNOWN_TYPE }, "02");
      await stopAt(-stop, { parentOrderId: order, ...UNKNOWN_TYPE });
      return;
    case "linked":
      await stopAt(stop, {});
      return;
    case "both":
      await stopAt(stop, {});
      await stopAt(-stop, later, "02");
      return;
    case "moved":
      await stopAt(-stop, { parentOrderId: order });
      await stopAt(stop, { parentOrderId: order, updatedAt: secondsAfterOpen(n * 86_400 + 5) });
      return;
    case "order":
      await write("order", order);
      return;
    case "fills":
      await write("fill", `${n + 1}1`);
      await write("fill", `${n + 1}2`);
      return;
  }
}
