import { describe, expect, test } from "vitest";
import { type Contract, ProductCatalog } from "../../src/domain/contract.js";
import { compareEnds, contractEnd, hasEnded } from "../../src/domain/expiry.js";
import { parseInstant } from "../../src/domain/instant.js";
import { parseTradingDay } from "../../src/domain/trading-day.js";

const at = (text: string) => parseInstant(text, "at");
const contract = (symbol: string): Contract =>
  new ProductCatalog().resolve(symbol, at("2026-01-01T00:00:00Z"));

describe("the end of a contract", () => {
  test.each([
    ["ESH26", "2026-03-20"],
    ["MESM26", "2026-06-19"],
    ["NQU26", "2026-09-18"],
    ["MNQZ26", "2026-12-18"],
    ["YMU25", "2025-09-19"],
    ["MYMZ23", "2023-12-15"],
    ["RTYH24", "2024-03-15"],
    ["M2KM30", "2030-06-21"],
  ])("%s: the third Friday, %s", (symbol, day) => {
    expect(contractEnd(contract(symbol))).toEqual({ day, source: "rule" });
  });

  test.each([
    ["MCLV26", "2026-10-31"],
    ["6JG28", "2028-02-29"],
    ["GCZ26", "2026-12-31"],
  ])("%s: only known to be over after its month, %s", (symbol, day) => {
    expect(contractEnd(contract(symbol))).toEqual({ day, source: "month" });
  });

  test("is the day that somebody said, where somebody did", () => {
    const told = { ...contract("MNQU26"), lastTradingDay: parseTradingDay("2026-09-17") };
    expect(contractEnd(told)).toEqual({ day: "2026-09-17", source: "stored" });
  });

  test("never comes for a product without months", () => {
    const spy = { ...contract("MNQU26"), symbol: "SPY", root: "SPY" };
    expect(contractEnd(spy)).toBeNull();
    expect(hasEnded(spy, at("2199-01-01T00:00:00Z"))).toBe(false);
  });

  test("has come when the session of the last day is over, not before", () => {
    // 17:00 in Chicago is 22:00 UTC in summer.
    expect(hasEnded(contract("MNQU26"), at("2026-09-18T21:59:59Z"))).toBe(false);
    expect(hasEnded(contract("MNQU26"), at("2026-09-18T22:00:00Z"))).toBe(true);
    expect(hasEnded(contract("MCLV26"), at("2026-10-31T12:00:00Z"))).toBe(false);
    expect(hasEnded(contract("MCLV26"), at("2026-11-01T12:00:00Z"))).toBe(true);
  });

  test("orders contracts", () => {
    const symbols = ["MNQZ26", "MNQH27", "MNQU26"].map(contract).sort(compareEnds);
    expect(symbols.map(({ symbol }) => symbol)).toEqual(["MNQU26", "MNQZ26", "MNQH27"]);
  });
});
