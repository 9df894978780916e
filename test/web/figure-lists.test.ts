import { describe, expect, it } from "vitest";
import {
  DAYS as DAYS_PRINTED,
  TRADES as TRADES_PRINTED,
} from "../../src/cli/commands/report-summary.js";
import { DAYS, figureText, TRADES } from "../../src/web/figure-lists.js";

const fields = (figures: readonly (readonly [string, string, string])[]) =>
  figures.map(([, field]) => field);

/** Figures of a window of days, which the page draws from no answer yet. */
const WINDOWS = ["sharpe20", "sharpe60"];

describe("the figures of the page", () => {
  it("are all that the terminal prints", () => {
    expect(fields(TRADES)).toEqual(expect.arrayContaining(fields(TRADES_PRINTED)));
    const days = fields(DAYS_PRINTED).filter((field) => !WINDOWS.includes(field));
    expect(fields(DAYS)).toEqual(expect.arrayContaining(days));
  });

  it("each have a title of their own", () => {
    for (const list of [TRADES, DAYS]) {
      expect(new Set(list.map(([title]) => title)).size).toBe(list.length);
      expect(new Set(fields(list)).size).toBe(list.length);
    }
  });

  it("read as what they are, and as a dash when they are not known", () => {
    expect(figureText(12.5, "gain")).toBe("+$12.50");
    expect(figureText(0.125, "percent")).toBe("12.5%");
    expect(figureText(65, "seconds")).toBe("1m 05s");
    for (const kind of ["gain", "money", "number", "percent", "ratio", "seconds"] as const) {
      expect(figureText(null, kind), kind).toBe("–");
    }
  });
});
