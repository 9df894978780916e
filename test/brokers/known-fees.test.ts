import { describe, expect, it } from "vitest";
import { KNOWN_FEES } from "../../src/brokers/known-fees.js";
import { divideHalfEven } from "../../src/domain/decimal.js";
import { formatMoney, type Money, parseMoney } from "../../src/domain/money.js";

/**
 * What is known of costs, as it is written down, in dollars per contract: root, the first trading day on which it was
 * seen, commission, fee; "" for what the rows did not tell. TopstepX's exports are per round turn.
 */
type Row = readonly [root: string, from: string, commission: string, fee: string];

/** "MNQ, MES, MYM 0.74", "NQ, ES, YM 2.80" and so on: the Fees column of Trades exports, 2025-04 to 2026-04. */
const TOPSTEPX_EXPORTS: readonly Row[] = [
  ["MNQ", "2025-04-01", "", "0.74"],
  ["MES", "2025-04-01", "", "0.74"],
  ["MYM", "2025-04-01", "", "0.74"],
  ["NQ", "2025-05-01", "", "2.80"],
  ["ES", "2025-05-01", "", "2.80"],
  ["YM", "2025-05-01", "", "2.80"],
  ["MBT", "2025-05-01", "", "2.34"],
  ["M6E", "2025-05-01", "", "0.52"],
  ["GC", "2025-05-01", "", "3.24"],
  ["SI", "2025-05-01", "", "3.24"],
  ["NG", "2025-05-01", "", "3.24"],
  // The Commissions column came up on this day: "0.25 per contract RT".
  ["MES", "2026-04-13", "0.25", "0.74"],
  ["MGC", "2026-04-13", "0.25", "1.24"],
  ["MCL", "2026-04-13", "0.25", "1.04"],
  ["MBT", "2026-04-13", "0.25", "2.34"],
  ["M6E", "2026-04-13", "0.25", "0.52"],
];

/** The API's half-turns of 2026-08: "0.36/side", "0.25 per side", "0.51/side". Per side. */
const TOPSTEPX_API: readonly Row[] = [
  ["MNQ", "2026-08-17", "", "0.36"],
  ["MNQ", "2026-08-19", "0.25", "0.36"],
  ["MES", "2026-08-19", "", "0.36"],
  ["MYM", "2026-08-19", "", "0.36"],
  ["MCL", "2026-08-19", "", "0.51"],
];

/** "Per-side with other brokers (real rows)". Apex rows are dated, and their commission has the fees inside. */
const OTHERS: Readonly<Record<string, readonly Row[]>> = {
  "apex-tradovate": [
    ["MNQ", "2026-01-30", "0.52", "0"],
    ["MES", "2026-02-04", "0.52", "0"],
    ["M2K", "2026-02-05", "0.52", "0"],
    ["NQ", "2026-01-30", "1.55", "0"],
    ["RTY", "2026-02-03", "1.55", "0"],
    ["SI", "2026-01-30", "1.77", "0"],
    ["MCL", "2026-02-03", "0.67", "0"],
  ],
  takeprofit: [["MNQ", "1970-01-01", "0.25", ""]],
  elite: [
    ["NQ", "1970-01-01", "0.79", ""],
    ["MES", "1970-01-01", "0.25", ""],
  ],
  lucid: [
    ["MNQ", "1970-01-01", "0.50", ""],
    ["MGC", "1970-01-01", "0.80", ""],
  ],
};

const line = (broker: string, [root, from, ...costs]: readonly string[]) =>
  [broker, root, from, ...costs].join(" ");
const side = (text: string, sides: 1 | 2) =>
  text === "" ? "?" : formatMoney(half(parseMoney(text, "cost"), sides));
const half = (money: Money, sides: 1 | 2) =>
  Number(divideHalfEven(BigInt(money), BigInt(sides))) as Money;
const perSide = (broker: string, rows: readonly Row[], sides: 1 | 2) =>
  rows.map(([root, from, commission, fee]) =>
    line(broker, [root, from, side(commission, sides), side(fee, sides)]),
  );

describe("the fee tables that come with Blotter", () => {
  it("hold what brokers' rows showed, to the cent, and nothing else", () => {
    const written = [
      ...perSide("topstepx", TOPSTEPX_EXPORTS, 2),
      ...perSide("topstepx", TOPSTEPX_API, 1),
      ...Object.entries(OTHERS).flatMap(([broker, rows]) => perSide(broker, rows, 1)),
    ];
    const shown = (money: Money | null) => (money === null ? "?" : formatMoney(money));
    const held = KNOWN_FEES.map(({ broker, root, validFrom, ...entry }) => {
      const { commissionPerSide, feePerSide } = entry;
      return line(broker, [root, validFrom, shown(commissionPerSide), shown(feePerSide)]);
    });
    expect(held.sort()).toEqual(written.sort());
  });

  it("are for accounts of every type: the rows of all three showed the same", () => {
    expect(new Set(KNOWN_FEES.map(({ accountType }) => accountType))).toEqual(new Set([null]));
  });
});
