import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileFormat } from "../../src/brokers/formats.js";
import { type Blotter, formatMoney } from "../../src/index.js";
import type { ImportProgress } from "../../src/ports/services.js";
import { ordersFile as csvFile, orderRow as csvOrder } from "../brokers/topstepx/export-rows.js";
import { booksOf } from "../properties/books.js";
import { type OpenBlotter, sqliteFile, sqliteMemory } from "../stores.js";
import { contents, importTrades, NOTHING, textFile, tradeRow } from "./files.js";

describe.each([sqliteMemory, sqliteFile])("an import, on $name", (kind) => {
  let opened: OpenBlotter;
  let blotter: Blotter;
  beforeEach(async () => {
    opened = await kind.open();
    blotter = opened.blotter;
  });
  afterEach(() => opened.dispose());

  const accounts = async () =>
    (await blotter.accounts.list()).map(
      ({ accountId, accountName, accountType, startingBalance }) =>
        [accountId, accountName, accountType, formatMoney(startingBalance)].join(" "),
    );

  describe("and the accounts it names", () => {
    it("opens those that are missing, as practice from 0, and says so", async () => {
      const rows = [tradeRow(1), tradeRow(2, { accountId: 78 })];
      const report = await importTrades(blotter, rows);
      expect(report.openedAccounts.map(({ accountId }) => accountId)).toEqual(["77", "78"]);
      expect(await accounts()).toEqual(["77 77 practice 0", "78 78 practice 0"]);
    });

    it("opens them with the type and the balance that are given", async () => {
      const options = { accountType: "evaluation", startingBalance: "50000" };
      await importTrades(blotter, [tradeRow(1)], options);
      expect(await accounts()).toEqual(["77 77 evaluation 50000"]);
    });

    it("leaves those that are there as they are, and says nothing of them", async () => {
      await blotter.accounts.open({ accountId: "77", accountType: "funded", startingBalance: 5 });
      const options = { accountType: "evaluation", startingBalance: "50000" };
      const report = await importTrades(blotter, [tradeRow(1)], options);
      expect(report.openedAccounts).toEqual([]);
      expect(await accounts()).toEqual(["77 77 funded 5"]);
    });

    it("knows an account by its exact name, when the file has no id", async () => {
      await blotter.accounts.open({ accountId: "900", accountName: "PRAC-V2-1-2" });
      const file = textFile("orders.csv", csvFile(csvOrder()));
      await blotter.importer.import(fileFormat("topstepx-orders"), [file]);
      expect(await accounts()).toEqual(["900 PRAC-V2-1-2 practice 0"]);
      expect(await blotter.orders.fills({ account: "900" })).toHaveLength(1);
    });

    it("takes every row as of the account that is given, whatever the file says", async () => {
      const rows = [tradeRow(1), tradeRow(2, { accountId: 78, side: 1 })];
      const report = await importTrades(blotter, rows, { account: "MINE" });
      expect(await accounts()).toEqual(["MINE MINE practice 0"]);
      expect(report.fills.new).toBe(2);
      expect(await blotter.trades.trades({ account: "MINE" })).toHaveLength(1);
    });

    it.each([
      [{ accountType: "gold" }, "account type must be one of EVALUATION, FUNDED, PRACTICE"],
      [{ startingBalance: "much" }, 'starting balance must be a decimal number, was "much"'],
      [{ account: "0012" }, "account id has leading zeros: 0012"],
    ])("refuses %j before it opens any", async (options, message) => {
      await expect(importTrades(blotter, [tradeRow(1)], options)).rejects.toThrow(message);
      expect(await contents(blotter)).toEqual(NOTHING);
    });
  });

  describe("of a contract that nobody knows", () => {
    const rows = [
      tradeRow(1, { contractId: "CON.F.US.FDAX.U26", price: 20_000 }),
      tradeRow(2, { contractId: "CON.F.US.FDAX.U26", price: 20_010, side: 1 }),
      tradeRow(3),
    ];

    it("is refused", async () => {
      await expect(importTrades(blotter, rows)).rejects.toThrow(
        /^trades\.json, row 1.*: unknown contract "CON\.F\.US\.FDAX\.U26": add its product/,
      );
    });

    it("waits with --keep-going, and is taken in when its product is added", async () => {
      const report = await importTrades(blotter, rows, { keepGoing: true });
      expect(report).toMatchObject({ quarantined: 2, fills: { new: 1 } });
      expect(await blotter.quarantine.list()).toMatchObject([
        { reason: "unknown_contract", kind: "fill" },
        { reason: "unknown_contract", kind: "fill" },
      ]);

      await blotter.contracts.add({ root: "FDAX", tickSize: "0.5", tickValue: "12.5" });
      expect(await blotter.quarantine.list()).toEqual([]);
      const [trade] = await blotter.trades.trades({ symbol: "FDAXU26" });
      expect(formatMoney(trade?.grossPnl ?? (0 as never))).toBe("250");
      expect(await blotter.trades.verify()).toEqual([]);
    });

    it("waits on when another product is added", async () => {
      await importTrades(blotter, rows, { keepGoing: true });
      await blotter.contracts.add({ root: "FGBL", tickSize: "0.01", tickValue: "10" });
      expect(await blotter.quarantine.list()).toHaveLength(2);
    });
  });

  it("of the same file twice finds all of it known, and changes nothing", async () => {
    const rows = [tradeRow(1), tradeRow(2), tradeRow(3, { side: 1, size: 1 })];
    const first = await importTrades(blotter, rows);
    expect(first.fills).toEqual({ new: 3, known: 0, changed: 0 });
    const books = JSON.stringify(await booksOf(blotter));
    const second = await importTrades(blotter, rows);
    expect(second).toMatchObject({ fills: { new: 0, known: 3, changed: 0 }, openedAccounts: [] });
    expect(JSON.stringify(await booksOf(blotter))).toBe(books);
  });

  it("of a row whose cost was unknown, and of the row that knows it, has one fill", async () => {
    await importTrades(blotter, [tradeRow(1, { fees: null })]);
    const report = await importTrades(blotter, [tradeRow(1)]);
    expect(report.fills).toEqual({ new: 0, known: 0, changed: 1 });
    await importTrades(blotter, [tradeRow(1, { fees: null })]);
    expect((await blotter.orders.fills()).map(({ fee }) => fee)).toEqual([370_000]);
  });

  it("compares the broker's own P&L with ours, where it is told", async () => {
    const rows = [
      tradeRow(1),
      tradeRow(2, { side: 1, price: 21_010, profitAndLoss: 20 }),
      tradeRow(3),
      tradeRow(4, { side: 1, price: 21_010, profitAndLoss: 19.5 }),
    ];
    const { brokerPnl } = await importTrades(blotter, rows);
    expect(brokerPnl).toEqual({
      compared: 2,
      different: [{ accountId: "77", fillId: "4", broker: "19.5", ours: "20" }],
    });
  });

  it("compares only what came after an account was taken over", async () => {
    const rows = [tradeRow(1), tradeRow(2, { side: 1, price: 21_010, profitAndLoss: 20 })];
    const later = { creationTimestamp: "2026-08-20T14:00:00Z" };
    rows.push(tradeRow(3, later));
    rows.push(tradeRow(4, { ...later, side: 1, price: 21_010, profitAndLoss: 20 }));
    await blotter.accounts.open({ accountId: "77" });
    await blotter.accounts.adopt({ account: "77", at: "2026-08-20T00:00:00Z", balance: 50_000 });
    const { brokerPnl } = await importTrades(blotter, rows);
    expect(brokerPnl).toEqual({ compared: 1, different: [] });
  });

  it("tells how far it is", async () => {
    const told: ImportProgress[] = [];
    await importTrades(
      blotter,
      Array.from({ length: 1_001 }, (_, i) => tradeRow(i + 1)),
      { onProgress: (progress) => told.push(progress) },
    );
    const steps = told.map(({ step, done, total }) => `${step} ${done} of ${total}`);
    expect(steps).toEqual([
      "reading 500 of null",
      "reading 1000 of null",
      "writing 0 of 1001",
      "writing 500 of 1001",
      "writing 1000 of 1001",
    ]);
  });

  it("that is stopped from outside has written nothing", async () => {
    const onProgress = ({ step, done }: ImportProgress) => {
      if (step === "writing" && done > 0) throw new Error("stop");
    };
    const rows = Array.from({ length: 600 }, (_, i) => tradeRow(i + 1));
    await expect(importTrades(blotter, rows, { onProgress })).rejects.toThrow("stop");
    expect(await contents(blotter)).toMatchObject({ orders: 0, fills: 0 });
    expect((await importTrades(blotter, rows)).fills.new).toBe(600);
  });
});
