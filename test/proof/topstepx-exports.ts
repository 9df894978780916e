import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/domain/plain.js";
import { csvRecords, csvRows } from "./export-file.js";
import { type CsvRecord, cleaned, fullSymbol, sumOf } from "./figures.js";
import { imported, itKeepsItsPromises, type OpenStore } from "./imported.js";
import { readShared } from "./shared-data.js";

/** An account's Orders export against its Trades export, which lists every lot. */
export function describeTopstep(
  open: OpenStore,
  folder: string,
  filledOrders: number,
  contracts: number,
  gross: number,
): void {
  describe(folder, () => {
    const sources = () => [
      csvRows("topstepx-orders", readShared(`broker-data/${folder}/orders.csv`)),
    ];

    it(`${filledOrders} filled orders: ${contracts} contracts, ${gross} gross`, async () => {
      await imported(open, sources(), async (_, { fills, matches, trades, closed, open: left }) => {
        expect(fills).toHaveLength(filledOrders);
        for (const level of [matches, trades, closed]) {
          expect(sumOf(level, "quantity")).toBe(contracts);
          expect(sumOf(level, "grossPnl")).toBe(gross);
        }
        expect(left).toEqual([]);
      });
    });

    it("gives the rows of the broker's Trades export, none missing, none extra", async () => {
      await imported(open, sources(), async (_, { matches }) => {
        const theirs = csvRecords(readShared(`broker-data/${folder}/trades.csv`));
        expect(merged(matches.map(ourTopstepRow))).toEqual(merged(theirs.map(theirTopstepRow)));
      });
    });

    itKeepsItsPromises(open, sources);
  });
}

interface LotRow {
  readonly key: string;
  readonly quantity: number;
  readonly gross: number;
}

/** The broker splits a row per partial fill: rows alike in all but size are one. */
function merged(rows: readonly LotRow[]): Readonly<Record<string, readonly number[]>> {
  const byKey: Record<string, readonly number[]> = {};
  for (const { key, quantity, gross } of [...rows].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const [size = 0, pnl = 0] = byKey[key] ?? [];
    byKey[key] = [size + quantity, cleaned(pnl + gross)];
  }
  return byKey;
}

function ourTopstepRow(match: PlainRow): LotRow {
  const { symbol, side, entryPrice, exitPrice, entryTimestamp, exitTimestamp } = match;
  const seconds = [entryTimestamp, exitTimestamp].map((at) => Date.parse(String(at)) / 1000);
  const key = [symbol, side, entryPrice, exitPrice, ...seconds].join(" ");
  return { key, quantity: Number(match.quantity), gross: Number(match.grossPnl) };
}

function theirTopstepRow(row: CsvRecord): LotRow {
  const symbol = fullSymbol(row.ContractName);
  const prices = [Number(row.EntryPrice), Number(row.ExitPrice)];
  const seconds = [row.EnteredAt, row.ExitedAt].map((at) => Date.parse(at ?? "") / 1000);
  const key = [symbol, (row.Type ?? "").toUpperCase(), ...prices, ...seconds].join(" ");
  return { key, quantity: Number(row.Size), gross: Number(row.PnL) };
}
