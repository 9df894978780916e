import { describe, expect, it } from "vitest";
import { histogram } from "../../../src/domain/performance/distribution.js";
import { usd } from "./made-up-results.js";

const shown = (amounts: readonly number[], wanted: number) =>
  histogram(amounts.map(usd), wanted).map(({ from, to, count }) => `${from}..${to}: ${count}`);

describe("bins of amounts, counted by hand", () => {
  it("hold an amount on a bound in the bin that it begins", () => {
    // In floats 0.3 / 0.1 lies below 3, 0.6 / 0.1 below 6 and 0.7 / 0.1 below 7.
    expect(shown([0, 0.3, 0.6, 0.7, 1], 10)).toEqual([
      "0..0.1: 1",
      "0.1..0.2: 0",
      "0.2..0.3: 0",
      "0.3..0.4: 1",
      "0.4..0.5: 0",
      "0.5..0.6: 0",
      "0.6..0.7: 1",
      "0.7..0.8: 1",
      "0.8..0.9: 0",
      "0.9..1: 1",
    ]);
  });

  it("are as wide as the least of 1, 2 and 5 with zeros that is wide enough, and begin at a multiple of it", () => {
    expect(shown([-30, 0, 170], 10)).toEqual([
      "-40..-20: 1",
      "-20..0: 0",
      "0..20: 1",
      ...[20, 40, 60, 80, 100, 120, 140].map((from) => `${from}..${from + 20}: 0`),
      "160..180: 1",
    ]);
    expect(shown([0, 3], 2)).toEqual(["0..2: 1", "2..4: 1"]);
    expect(shown([0, 0.000_001], 5)).toEqual(["0..0.000001: 2"]);
  });

  it("are one of a dollar for equal amounts, and none for none", () => {
    expect(shown([-12.5, -12.5], 10)).toEqual(["-13..-12: 2"]);
    expect(shown([5], 3)).toEqual(["5..6: 1"]);
    expect(shown([], 3)).toEqual([]);
  });
});
