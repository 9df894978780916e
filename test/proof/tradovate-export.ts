import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/domain/plain.js";
import { csvRecords, csvRows } from "./export-file.js";
import { type CsvRecord, fullSymbol, sumOf } from "./figures.js";
import { imported, itKeepsItsPromises, type OpenStore } from "./imported.js";
import { readShared } from "./shared-data.js";

/** An account's Fills export against its Performance report and its daily balance. */
export function describeTradovate(open: OpenStore): void {
  describe("tradovate-a", () => {
    const shared = (file: string) => readShared(`broker-data/tradovate-a/${file}`);
    const sources = () => [csvRows("tradovate-fills", shared("fills.csv"))];

    it("pairs the fills as the broker's Performance report does: 429 pairs, 4676.50", async () => {
      await imported(open, sources(), async (_, { fills, matches, open: left }) => {
        expect(fills).toHaveLength(790);
        const theirs = csvRecords(shared("performance.csv")).map(theirPair);
        const ours = matches.map(ourPair);
        expect(ours).toHaveLength(429);
        expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
        expect(sumOf(matches, "grossPnl")).toBe(4676.5);
        expect(left).toEqual([]);
      });
    });

    it("is the broker's daily balance to the cent, less commissions, on all 7 days", async () => {
      await imported(open, sources(), async (_, { days }) => {
        const net = new Map(days.map((day) => [day.tradingDay, Number(day.netPnl)]));
        const theirs = csvRecords(shared("balance-history.csv"));
        expect(theirs).toHaveLength(7);
        for (const row of theirs) {
          const day = row["Trade Date"] ?? "";
          expect(net.get(day) ?? 0, day).toBe(dollars(row["Total Realized PNL"] ?? ""));
        }
        const traded = theirs.map((row) => row["Trade Date"]);
        expect([...net.keys()].filter((day) => !traded.includes(String(day)))).toEqual([]);
      });
    });

    itKeepsItsPromises(open, sources);
  });
}

/** A pair by its fills: how many, at what prices, for how much. */
type PairOfFills = readonly [string, readonly unknown[]];

function ourPair(match: PlainRow): PairOfFills {
  const { entryFillId, exitFillId, entryPrice, exitPrice, quantity, grossPnl } = match;
  const long = match.side === "LONG";
  const ids = long ? [entryFillId, exitFillId] : [exitFillId, entryFillId];
  const prices = long ? [entryPrice, exitPrice] : [exitPrice, entryPrice];
  return [ids.join(" "), [match.symbol, quantity, ...prices, grossPnl]];
}

function theirPair(row: CsvRecord): PairOfFills {
  const symbol = fullSymbol(row.symbol);
  const prices = [row.buyPrice, row.sellPrice].map(Number);
  const facts = [symbol, Number(row.qty), ...prices, dollars(row.pnl ?? "")];
  return [`${row.buyFillId} ${row.sellFillId}`, facts];
}

/** "$(1,058.50)" is minus 1058.5. */
function dollars(text: string): number {
  const amount = Number(text.replace(/[$,()]/g, ""));
  return text.includes("(") ? -amount : amount;
}
