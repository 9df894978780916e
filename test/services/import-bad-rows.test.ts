import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileFormat } from "../../src/brokers/formats.js";
import type { Blotter } from "../../src/index.js";
import {
  ordersFile as csvFile,
  orderRow as csvOrder,
  HEADER,
} from "../brokers/topstepx/export-rows.js";
import { type OpenBlotter, sqliteFile, sqliteMemory } from "../stores.js";
import {
  contents,
  importOrders,
  importTrades,
  NOTHING,
  orderRow,
  textFile,
  tradeRow,
  tradesFile,
} from "./files.js";

describe.each([sqliteMemory, sqliteFile])("a file with bad rows, on $name", (kind) => {
  let opened: OpenBlotter;
  let blotter: Blotter;
  beforeEach(async () => {
    opened = await kind.open();
    blotter = opened.blotter;
  });
  afterEach(() => opened.dispose());

  /** The import must be refused with this message, and leave nothing. */
  async function refused(importing: Promise<unknown>, message: RegExp) {
    await expect(importing).rejects.toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
    expect(await contents(blotter)).toEqual(NOTHING);
  }

  it("is refused with file, row and column, and nothing of it is written", async () => {
    const rows = [tradeRow(1), tradeRow(2, { price: "abc" }), tradeRow(3)];
    await refused(
      importTrades(blotter, rows),
      /^trades\.json, row 2, column price: price must be a number, was "abc"\. Nothing was imported: mend the file, or use --keep-going to quarantine such rows$/,
    );
  });

  it("is refused naming the line of a CSV, of which the header is the first", async () => {
    const text = csvFile(csvOrder(), csvOrder({ Id: "5002", Size: "-2" }));
    const importing = blotter.importer.import(fileFormat("topstepx-orders"), [
      textFile("orders.csv", text),
    ]);
    await refused(importing, /^orders\.csv, row 3, column Size: .*-2/);
  });

  it.each<readonly [string, Partial<ReturnType<typeof tradeRow>>, RegExp]>([
    ["a quantity of zero", { size: 0 }, /row 1, column size: .*positive.*was 0/],
    ["a negative quantity", { size: -2 }, /row 1, column size: .*positive.*was -2/],
    [
      "a price off the tick",
      { price: 21000.1 },
      /row 1, column price: price 21000\.1 is off the tick of MNQU26/,
    ],
    ["a price of zero", { price: 0 }, /row 1, column price: price must not be zero, was 0/],
    ["no price", { price: null }, /row 1, column price: price is missing/],
    ["an unknown contract", { contractId: "CON.F.US.XYZ.U26" }, /row 1.*"CON\.F\.US\.XYZ\.U26"/],
    ["a bare root", { contractId: "MNQ" }, /row 1.*MNQ is a product, not a contract/],
    ["an unknown side", { side: 2 }, /row 1, column side: .*was 2/],
    ["no offset in the time", { creationTimestamp: "2026-08-19T14:00:00" }, /column creationTimes/],
  ])("refuses %s", async (_, cells, message) => {
    await refused(importTrades(blotter, [tradeRow(1, cells)]), message);
  });

  it("is refused for all its bad rows at once, the first ten of them told", async () => {
    const bad = Array.from({ length: 13 }, (_, i) => tradeRow(i + 1, { size: 0 }));
    await expect(importTrades(blotter, bad)).rejects.toThrow(
      /row 1, .*; trades\.json, row 10, .*; and 3 more\. Nothing was imported/,
    );
    await expect(importTrades(blotter, bad)).rejects.not.toThrow(/row 11,/);
  });

  it("spoils the good file beside it", async () => {
    const files = [
      tradesFile([tradeRow(1)], "monday.json"),
      tradesFile([tradeRow(2, { size: 0 })], "tuesday.json"),
    ];
    const importing = blotter.importer.import(fileFormat("projectx-trades"), files);
    await refused(importing, /^tuesday\.json, row 1, column size: /);
  });

  it.each([
    ["empty", "projectx-trades", "", /^file\.json: .*it is empty/],
    ["cut off", "projectx-trades", '[{"id": 1', /^file\.json: .*its JSON is cut off/],
    ["of another format", "projectx-trades", csvFile(csvOrder()), /^file\.json: .*topstepx-orders/],
    [
      "of too few columns",
      "topstepx-orders",
      `${HEADER.slice(1).join(",")}\n`,
      /^file\.json: .*Id/,
    ],
  ])("is refused whole when it is %s", async (_, format, text, message) => {
    const importing = blotter.importer.import(
      fileFormat(format),
      [textFile("file.json", text)],
      // A file of another kind has no good rows to go on with.
      { keepGoing: true },
    );
    await refused(importing, message);
  });

  it("is taken but for those rows with --keep-going, which wait in quarantine", async () => {
    const rows = [tradeRow(1), tradeRow(2, { price: "abc" }), tradeRow(3, { price: 21_000.1 })];
    const report = await importTrades(blotter, rows, { keepGoing: true });
    expect(report).toMatchObject({ rows: 3, quarantined: 2, fills: { new: 1 } });
    const waiting = [...(await blotter.quarantine.list())].sort((a, b) =>
      a.message < b.message ? -1 : 1,
    );
    expect(waiting.map(({ reason, kind, message }) => [reason, kind, message])).toEqual([
      ["invalid", "fill", "price 21000.1 is off the tick of MNQU26 (0.25)"],
      ["invalid", null, 'price must be a number, was "abc"'],
    ]);
    expect(JSON.parse(waiting[1]?.payload ?? "")).toEqual(rows[1]);
    expect(await contents(blotter)).toMatchObject({ accounts: 1, fills: 1, quarantined: 2 });
  });

  it("counts in quarantine how often a row came, instead of keeping it twice", async () => {
    const rows = [tradeRow(1), tradeRow(2, { price: "abc" })];
    for (const known of [0, 1]) {
      const report = await importTrades(blotter, rows, { keepGoing: true });
      expect(report).toMatchObject({ quarantined: 1, fills: { known } });
    }
    expect(await blotter.quarantine.list()).toMatchObject([{ count: 2, status: "waiting" }]);
  });

  describe("whose fills are not their orders' own", () => {
    const FOREIGN = [
      ["side", { side: 1 }, "SELL.*BUY"],
      ["contract", { contractId: "CON.F.US.MES.U26" }, "MES.*MNQ"],
    ] as const;

    it.each(FOREIGN)("is refused for the %s, within the file", async (column, cells, words) => {
      const rows = [tradeRow(1, { orderId: 9 }), tradeRow(2, { orderId: 9, ...cells })];
      const place = `^trades\\.json, row 2, column ${column}: fill of order 9 .*`;
      await refused(importTrades(blotter, rows), new RegExp(place + words));
    });

    it.each(FOREIGN)("is refused for the %s, between files", async (column, cells, words) => {
      const files = [
        tradesFile([tradeRow(1, { orderId: 9 })], "monday.json"),
        tradesFile([tradeRow(2, { orderId: 9, ...cells })], "tuesday.json"),
      ];
      const importing = blotter.importer.import(fileFormat("projectx-trades"), files);
      const place = `^tuesday\\.json, row 1, column ${column}: fill of order 9 .*`;
      await refused(importing, new RegExp(place + words));
    });

    it.each(FOREIGN)("is refused for the %s, against the store", async (column, cells, words) => {
      await importOrders(blotter, [orderRow(9)]);
      const before = await contents(blotter);
      const rows = [tradeRow(1), tradeRow(2, { orderId: 9, ...cells })];
      const place = `^trades\\.json, row 2, column ${column}: fill of order 9 .*`;
      await expect(importTrades(blotter, rows)).rejects.toThrow(new RegExp(place + words));
      expect(await contents(blotter)).toEqual(before);
    });

    it.each(FOREIGN)("is taken without them with --keep-going: %s", async (_, cells) => {
      await importOrders(blotter, [orderRow(9)]);
      const rows = [
        tradeRow(1, { orderId: 9 }),
        tradeRow(2, { orderId: 9, ...cells }),
        tradeRow(3, { orderId: 8 }),
        tradeRow(4, { orderId: 8, ...cells }),
      ];
      const report = await importTrades(blotter, rows, { keepGoing: true });
      expect(report).toMatchObject({ quarantined: 2, fills: { new: 2 } });
      const fills = await blotter.orders.fills();
      expect(fills.map(({ fillId }) => fillId)).toEqual(["1", "3"]);
      expect(await blotter.trades.verify()).toEqual([]);
    });
  });

  it("contradicts a booked fill: that row waits, and the book stays as it is", async () => {
    await importTrades(blotter, [tradeRow(1)]);
    const report = await importTrades(blotter, [tradeRow(1, { price: 21_001 }), tradeRow(2)]);
    expect(report).toMatchObject({ quarantined: 1, fills: { new: 1, known: 0 } });
    expect(await blotter.quarantine.list()).toMatchObject([{ reason: "conflict", kind: "fill" }]);
    expect((await blotter.orders.fills()).map(({ price }) => price)).toEqual([21e12, 21e12]);
  });
});
