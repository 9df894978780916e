import { describe, expect, it } from "vitest";
import type { AdoptionInput } from "../../src/domain/adoption.js";
import { formatInstant, parseInstant } from "../../src/domain/instant.js";
import { formatPrice, type Money, moneyToNumber } from "../../src/domain/money.js";
import type { PlainRow } from "../../src/domain/plain.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import type { Blotter } from "../../src/index.js";
import { csvRecords, csvRows, importPieces } from "./export-file.js";
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

    it("ends each of the 7 days with the broker's balance", async () => {
      await imported(open, sources(), async (blotter) => {
        const theirs = theirBalances("");
        expect(theirs).toHaveLength(7);
        await closeDays(blotter, theirs);
        expect(await endBalances(blotter)).toEqual(theirs);
        const ends = await blotter.accounts.snapshots({ type: "eod" });
        const held = new Set((await blotter.accounts.positionSnapshots()).map(({ at }) => at));
        for (const { at, unrealizedPnl } of ends) {
          // Every price is known by a fill; a day that ended flat is worth its balance.
          expect(unrealizedPnl).not.toBeNull();
          if (!held.has(at)) expect(unrealizedPnl).toBe(0);
        }
        expect(await blotter.trades.verify()).toEqual([]);
      });
    });

    it("does so, too, adopted in the middle of the week with lots open", async () => {
      const theirs = theirBalances("2026-02-04");
      expect(theirs).toHaveLength(3);
      await imported(open, sources(), async (blotter) => {
        const adoption = await adoptionInside(blotter);
        expect(adoption.openLots?.length).toBeGreaterThan(0);
        const other = await open();
        try {
          const { accountId } = first(await blotter.accounts.list());
          await other.accounts.open({ accountId });
          await other.accounts.adopt({ ...adoption, account: accountId });
          // The whole week's export comes after.
          await importPieces(other, first(sources()));
          expect(await endBalances(other)).toEqual(theirs);
          expect(await other.positions.open()).toEqual([]);
          expect(await other.trades.verify()).toEqual([]);
          await other.trades.rebuild();
          expect(await endBalances(other)).toEqual(theirs);
        } finally {
          await other.close();
        }
        // Adopted after the import, it is the same.
        await blotter.accounts.adopt(adoption);
        expect(await endBalances(blotter)).toEqual(theirs);
        expect(await blotter.trades.verify()).toEqual([]);
      });
    }, 120_000);

    itKeepsItsPromises(open, sources);
  });
}

/** The balance at the end of each day since an adoption or the opening, in dollars. */
async function endBalances({ accounts }: Blotter): Promise<readonly (readonly [string, number])[]> {
  const ends = await accounts.snapshots({ type: "eod" });
  return ends.map((end) => [snapshotDay(end), moneyToNumber(end.balance)]);
}

/** Days without trading have an end when they are closed. */
async function closeDays(
  { accounts }: Blotter,
  days: readonly (readonly [string, number])[],
): Promise<void> {
  const { accountId } = first(await accounts.list());
  for (const [day] of days) await accounts.closeDay(accountId, day);
}

/** The balance file's daily results, added up, from a day on. */
function theirBalances(from: string): readonly (readonly [string, number])[] {
  let cents = 0;
  return csvRecords(readShared("broker-data/tradovate-a/balance-history.csv"))
    .map((row) => [row["Trade Date"] ?? "", row["Total Realized PNL"] ?? ""] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, amount]) => {
      cents += Math.round(dollars(amount) * 100);
      return [day, cents / 100] as const;
    })
    .filter(([day]) => day >= from);
}

/** What a trader would say of the account at a moment of Wednesday when lots were open. */
async function adoptionInside(blotter: Blotter): Promise<AdoptionInput> {
  const wednesday = parseInstant("2026-02-04T12:00:00Z", "at");
  const fills = await blotter.orders.fills();
  const matches = await blotter.trades.matches();
  const after = fills.filter((fill) => fill.executedAt > wednesday);
  for (const { executedAt: at, accountId } of after) {
    const before = fills.filter((fill) => fill.executedAt < at);
    const lots = before.flatMap((fill) => {
      const entered = matches.filter((match) => match.entryFillId === fill.fillId);
      if (entered.length === 0) return [];
      const left = entered
        .filter((match) => match.exitTimestamp >= at)
        .reduce((sum, match) => sum + match.quantity, 0);
      return left === 0 ? [] : [{ fill, left }];
    });
    if (lots.length === 0) continue;
    const realised = matches.filter((match) => match.exitTimestamp < at);
    const gross = realised.reduce((sum, match) => sum + match.grossPnl, 0);
    const costs = before.reduce((sum, fill) => sum + (fill.commission ?? 0) + (fill.fee ?? 0), 0);
    return {
      account: accountId,
      at: formatInstant(at),
      balance: moneyToNumber((gross - costs) as Money),
      openLots: lots.map(({ fill, left }) => ({
        contract: fill.contractId,
        side: fill.side,
        quantity: left,
        price: formatPrice(fill.price),
        openedAt: formatInstant(fill.executedAt),
      })),
    };
  }
  throw new Error("on Wednesday afternoon no lot was ever open");
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("there is none");
  return row;
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
