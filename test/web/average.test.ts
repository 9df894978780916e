import { describe, expect, it } from "vitest";
import { averageText } from "../../src/cli/text.js";
import { average } from "../../src/web/format.js";

describe("an average price", () => {
  it.each([
    // Index futures, a quarter a tick: the mean of three fills, and of 32.
    [25_000.333_333_333, "25000.333"],
    [25_000.007_812_5, "25000.008"],
    [25_000.25, "25000.25"],
    [25_000.125, "25000.125"],
    [4_000, "4000"],
    // Crude, also below zero; copper, yen.
    [71.253_333_333, "71.25333"],
    [-37.633_333_333, "-37.63333"],
    [4.123_416_667, "4.123417"],
    [0.654_333_333, "0.6543333"],
    [0.006_512_333, "0.006512333"],
    // Prices that trade are shown as they are: notes in 256ths, yen in halves of a millionth.
    [103.003_906_25, "103.00390625"],
    [117.031_25, "117.03125"],
    [0.006_512_5, "0.0065125"],
    [0.000_000_5, "0.0000005"],
    [0, "0"],
  ])("%d is shown as %s, on the page as on the terminal", (value, shown) => {
    expect(averageText(value)).toBe(shown);
    expect(average(value).replaceAll(",", "").replace("\u2212", "-")).toBe(shown);
  });

  it("that is not known is a dash on the page", () => {
    expect(average(null)).toBe("\u2013");
  });
});
