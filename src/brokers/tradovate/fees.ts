import type { FeeRows } from "../fee-rows.js";

/**
 * The commission column of Fills exports of Apex accounts on Tradovate, per contract and side, from the day it
 * was first seen. The exchange's fees are inside it, so the fee beside it is a known zero.
 */
export const TRADOVATE_FEES: FeeRows = {
  broker: "apex-tradovate",
  source: "rows of Fills exports",
  rows: [
    ["MNQ", "2026-01-30", "0.52", "0"],
    ["MES", "2026-02-04", "0.52", "0"],
    ["M2K", "2026-02-05", "0.52", "0"],
    ["NQ", "2026-01-30", "1.55", "0"],
    ["RTY", "2026-02-03", "1.55", "0"],
    ["SI", "2026-01-30", "1.77", "0"],
    ["MCL", "2026-02-03", "0.67", "0"],
  ],
};
