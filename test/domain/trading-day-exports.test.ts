import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { parseInstant } from "../../src/domain/instant.js";
import { tradingDay } from "../../src/domain/trading-day.js";
import { hasShared, leftOut, readShared } from "../proof/shared-data.js";

/** The brokers write the trading day beside each row: ours must be theirs, on every one. */

interface DatedFile {
  readonly path: string;
  /** The column whose instant decides. */
  readonly at: string;
  readonly day: string;
  readonly rows: number;
}

const FILES: readonly DatedFile[] = [
  { path: "broker-data/topstepx-a/trades.csv", at: "ExitedAt", day: "TradeDay", rows: 85 },
  { path: "broker-data/topstepx-a/orders.csv", at: "CreatedAt", day: "TradeDay", rows: 274 },
  { path: "broker-data/topstepx-b/trades.csv", at: "ExitedAt", day: "TradeDay", rows: 95 },
  { path: "broker-data/topstepx-b/orders.csv", at: "CreatedAt", day: "TradeDay", rows: 191 },
  { path: "broker-data/tradovate-a/fills.csv", at: "_timestamp", day: "_tradeDate", rows: 790 },
];

describe("the brokers' own trading days", () => {
  if (!FILES.every(({ path }) => hasShared(path))) {
    return leftOut("the brokers' own trading days", "broker-data");
  }

  it.each(FILES)("are ours on every row of $path", ({ path, at, day, rows }) => {
    const records: readonly Readonly<Record<string, string>>[] = parse(readShared(path), {
      bom: true,
      columns: true,
      skip_empty_lines: true,
    });
    const different = records.filter(
      (record) => tradingDay(parseInstant(isoInstant(record[at]), at)) !== isoDay(record[day]),
    );
    expect(different).toEqual([]);
    expect(records).toHaveLength(rows);
  });
});

/** `04/13/2026 00:10:48 +01:00` as ISO-8601; ISO stays. */
function isoInstant(text = ""): string {
  return text.replace(/^(\d\d)\/(\d\d)\/(\d{4}) (\S+) (\S+)$/, "$3-$1-$2T$4$5");
}

function isoDay(text = ""): string {
  return text.replace(/^(\d\d)\/(\d\d)\/(\d{4}) .*$/, "$3-$1-$2");
}
