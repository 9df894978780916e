import type { FeeEntry } from "../domain/fees.js";
import { type Money, parseMoney } from "../domain/money.js";
import { parseTradingDay } from "../domain/trading-day.js";
import type { FeeRows } from "./fee-rows.js";
import { FIRM_FEES } from "./firm-fees.js";
import { TOPSTEPX_FEES } from "./topstepx/fees.js";
import { TRADOVATE_FEES } from "./tradovate/fees.js";

/**
 * What brokers charged per contract and side, as seen in their own rows; nothing else is in it. The rows were of
 * evaluation, funded and practice accounts alike and do not differ by type, so each entry is for accounts of any.
 */
export const KNOWN_FEES: readonly FeeEntry[] = [
  TOPSTEPX_FEES,
  TRADOVATE_FEES,
  ...FIRM_FEES,
].flatMap(entriesOf);

function entriesOf({ broker, source, rows }: FeeRows): readonly FeeEntry[] {
  return rows.map(([root, from, commission, fee]) => ({
    broker,
    accountType: null,
    accountId: null,
    root,
    validFrom: parseTradingDay(from),
    commissionPerSide: told(commission, `commission of ${root}`),
    feePerSide: told(fee, `fee of ${root}`),
    source,
    builtIn: true,
  }));
}

function told(dollars: string, what: string): Money | null {
  return dollars === "" ? null : parseMoney(dollars, what);
}
