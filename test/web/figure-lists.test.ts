import { describe, expect, it } from "vitest";
import {
  DAYS as DAYS_PRINTED,
  TRADES as TRADES_PRINTED,
} from "../../src/cli/commands/report-summary.js";
import {
  ANNUAL_FIGURES,
  ENOUGH_DAYS as ENOUGH_PRINTED,
} from "../../src/domain/performance/annual.js";
import {
  ANNUAL,
  DAYS,
  ENOUGH_DAYS,
  fewDays,
  figureText,
  TRADES,
  unknownCosts,
} from "../../src/web/figure-lists.js";

const fields = (figures: readonly (readonly [string, string, string])[]) =>
  figures.map(([, field]) => field);

describe("the figures of the page", () => {
  it("are all that the terminal prints", () => {
    expect(fields(TRADES)).toEqual(expect.arrayContaining(fields(TRADES_PRINTED)));
    expect(fields(DAYS)).toEqual(expect.arrayContaining(fields(DAYS_PRINTED)));
  });

  it("say the same of few days and of unknown costs", () => {
    expect(ANNUAL).toEqual(ANNUAL_FIGURES);
    expect(ENOUGH_DAYS).toBe(ENOUGH_PRINTED);
    expect([0, 1, 19, 20].map((days) => fewDays({ days }))).toEqual([
      "from 0 days",
      "from 1 day",
      "from 19 days",
      null,
    ]);
    const said = (unknown: number, count: number) =>
      unknownCosts({ unknownCosts: unknown, count })?.join(" ") ?? null;
    expect(said(0, 40)).toBeNull();
    expect(said(3, 1_040)).toBe("costs of 3 of 1,040 trades are not all known");
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
