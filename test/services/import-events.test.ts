import { describe, expect, it } from "vitest";
import { fileFormat } from "../../src/brokers/formats.js";
import { parseGatewayEvent } from "../../src/brokers/projectx/stream.js";
import type { Blotter } from "../../src/index.js";
import type { ImportOptions } from "../../src/ports/services.js";
import { type OpenBlotter, pglite, sqliteMemory } from "../stores.js";
import { stateOf } from "../transfer/transfer-contract.js";
import { orderRow, textFile, tradeRow } from "./files.js";

const EVENTS: readonly (readonly [string, unknown])[] = [
  ["GatewayUserAccount", { action: 1, data: { id: 77, name: "PRAC-77", balance: 0 } }],
  ["GatewayUserOrder", { action: 0, data: orderRow(1_000_001) }],
  ["GatewayUserTrade", { action: 0, data: tradeRow(1) }],
  ["GatewayUserOrder", { action: 1, data: orderRow(1_000_001, { status: 2, fillVolume: 1 }) }],
  ["GatewayUserTrade", [tradeRow(2, { side: 1, price: 21_010 })]],
  ["GatewayUserTrade", { action: 0, data: tradeRow(3) }],
  ["GatewayUserTrade", { action: 1, data: tradeRow(3, { voided: true }) }],
];

const text = (events = EVENTS) =>
  events.map(([event, payload]) => `${JSON.stringify({ event, payload })}\n`).join("");

const take = (blotter: Blotter, content: string, options: ImportOptions = {}) =>
  blotter.importer.import(fileFormat("projectx-events"), [textFile("hub.jsonl", content)], options);

async function within<T>(
  kind: { open(): Promise<OpenBlotter> },
  work: (blotter: Blotter) => Promise<T>,
): Promise<T> {
  const opened = await kind.open();
  try {
    return await work(opened.blotter);
  } finally {
    await opened.dispose();
  }
}

describe.each([sqliteMemory, pglite])("the hub's events from a file, on $name", (kind) => {
  it("make the books that the live stream makes, and change nothing the second time", async () => {
    const live = await within(kind, async (blotter) => {
      for (const [event, payload] of EVENTS) {
        for (const parsed of parseGatewayEvent(event, payload)) {
          if ("event" in parsed) await blotter.intake.handle(parsed.event);
        }
      }
      return stateOf(blotter);
    });
    await within(kind, async (blotter) => {
      const report = await take(blotter, text());
      expect(
        report.openedAccounts.map(({ accountId, accountName }) => [accountId, accountName]),
      ).toEqual([["77", "PRAC-77"]]);
      expect([report.orders.new, report.fills.new]).toEqual([1, 3]);
      expect(await stateOf(blotter)).toEqual(live);
      const [trade] = await blotter.trades.trades();
      expect(trade?.grossPnl).toBe(20e6);
      const again = await take(blotter, text());
      expect([again.orders.new, again.fills.new]).toEqual([0, 0]);
      expect(await stateOf(blotter)).toEqual(live);
      expect(await blotter.trades.verify()).toEqual([]);
    });
  });

  it("leave out an account's balance and canTrade, which tell no moment, and count them", async () => {
    const present: typeof EVENTS = [
      ...EVENTS,
      ["GatewayUserAccount", { id: 77, name: "PRAC-77", balance: 149_848.64, canTrade: false }],
      ["GatewayUserAccount", { id: 78, name: "PRAC-78", canTrade: true }],
      ["GatewayUserAccount", { id: 79, name: "PRAC-79" }],
    ];
    await within(kind, async (blotter) => {
      const report = await take(blotter, text(present));
      expect([report.accountReportsLeftOut, report.openedAccounts.length]).toEqual([3, 3]);
      for (const account of ["77", "78", "79"]) {
        expect((await blotter.accounts.summary(account)).lastReport).toBe(null);
        const told = await blotter.accounts.snapshots({ account });
        expect(told.filter(({ brokerBalance }) => brokerBalance !== null)).toEqual([]);
      }
      const elsewhere = await take(blotter, text(present), { account: "77" });
      expect(elsewhere.accountReportsLeftOut).toBe(3);
    });
    await within(kind, async (blotter) => {
      const fills = EVENTS.filter(([event]) => event === "GatewayUserTrade");
      expect((await take(blotter, text(fills))).accountReportsLeftOut).toBe(0);
    });
  });

  it("are refused with file, line and field, and nothing of them is written", async () => {
    const bad = `${text()}{"event":"GatewayUserTrade","payload":{"id":9}}\ncut off`;
    await within(kind, async (blotter) => {
      await expect(take(blotter, bad)).rejects.toThrow(
        /^hub\.jsonl, row 8, column \w+: .*; hub\.jsonl, row 9: no JSON object, it begins "cut off"\. Nothing was imported/,
      );
      expect(await blotter.accounts.list()).toEqual([]);
      const report = await take(blotter, bad, { keepGoing: true });
      expect([report.quarantined, report.fills.new]).toEqual([2, 3]);
      const waiting = await blotter.quarantine.list();
      expect(waiting.map(({ payload }) => payload).sort()).toEqual(["cut off", '{"id":9}']);
    });
  });
});
