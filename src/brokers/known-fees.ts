import type { FeeEntry } from "../domain/fees.js";
import { type Money, parseMoney } from "../domain/money.js";
import { parseTradingDay } from "../domain/trading-day.js";
import { FIRM_FEES } from "./firm-fees.js";
import { TOPSTEPX_FEES } from "./topstepx/fees.js";
import { TRADOVATE_FEES } from "./tradovate/fees.js";

/** One observation: root, first trading day, commission and fee per side ("" where the rows told none). */
export type FeeRow = readonly [root: string, from: string, commission: string, fee: string];

export interface FeeRows {
  readonly broker: string;
  readonly source: string;
  readonly rows: readonly FeeRow[];
}

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
