import type { FeeRows } from "../fee-rows.js";

/**
 * Half of what TopstepX's Trades exports show per round turn (2025-04 to 2026-04), and what its API showed per
 * side (2026-08), all on simulated accounts: combines, express funded, practice. Each figure holds from the day
 * it was first seen. A commission was first charged in April 2026; where no row tells it, it is unknown.
 */
export const TOPSTEPX_FEES: FeeRows = {
  broker: "topstepx",
  source: "rows of simulated accounts",
  rows: [
    ["MNQ", "2025-04-01", "", "0.37"],
    ["MNQ", "2026-08-17", "", "0.36"],
    ["MNQ", "2026-08-19", "0.25", "0.36"],
    ["MES", "2025-04-01", "", "0.37"],
    ["MES", "2026-04-13", "0.125", "0.37"],
    ["MES", "2026-08-19", "", "0.36"],
    ["MYM", "2025-04-01", "", "0.37"],
    ["MYM", "2026-08-19", "", "0.36"],
    ["NQ", "2025-05-01", "", "1.4"],
    ["ES", "2025-05-01", "", "1.4"],
    ["YM", "2025-05-01", "", "1.4"],
    ["MGC", "2026-04-13", "0.125", "0.62"],
    ["MCL", "2026-04-13", "0.125", "0.52"],
    ["MCL", "2026-08-19", "", "0.51"],
    ["MBT", "2025-05-01", "", "1.17"],
    ["MBT", "2026-04-13", "0.125", "1.17"],
    ["M6E", "2025-05-01", "", "0.26"],
    ["M6E", "2026-04-13", "0.125", "0.26"],
    ["GC", "2025-05-01", "", "1.62"],
    ["SI", "2025-05-01", "", "1.62"],
    ["NG", "2025-05-01", "", "1.62"],
  ],
};
