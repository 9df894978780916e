import type { FeeRows } from "./fee-rows.js";

/**
 * The commission column of rows of other firms' accounts, per contract and side. The rows are not dated, so the
 * figures hold from the beginning; whether the exchange's fees are inside is not told, so the fee is unknown.
 */
const SOURCE = "undated rows of accounts of the firm";
const EVER = "1970-01-01";

export const FIRM_FEES: readonly FeeRows[] = [
  { broker: "takeprofit", source: SOURCE, rows: [["MNQ", EVER, "0.25", ""]] },
  {
    broker: "elite",
    source: SOURCE,
    rows: [
      ["NQ", EVER, "0.79", ""],
      ["MES", EVER, "0.25", ""],
    ],
  },
  {
    broker: "lucid",
    source: SOURCE,
    rows: [
      ["MNQ", EVER, "0.5", ""],
      ["MGC", EVER, "0.8", ""],
    ],
  },
];
