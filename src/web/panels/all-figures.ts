import type { Performance, Statistics } from "../../http/answer-rows.js";
import { h, replaceChildren } from "../element.js";
import {
  ANNUAL,
  BALANCE,
  DAYS,
  fewDays,
  figureText,
  type ListedFigure,
  TRADES,
  unknownCosts,
} from "../figure-lists.js";
import { number } from "../format.js";
import { panel } from "./panel.js";

/** What `blotter report` prints on a terminal, figure for figure. */
export function allFigures() {
  const lists = h("div");
  const details = h("details", {}, h("summary", {}, "Show all figures"), lists);
  return {
    element: panel("All figures", { name: "all-figures" }, details),
    /** For a page that is printed: what is closed is not on paper. */
    open(): void {
      details.open = true;
    },
    update(performance: Performance, statistics: Statistics): void {
      const trades = { ...performance.trades, ...statistics };
      const unknown = unknownCosts(performance.trades);
      const { days } = performance;
      const few = fewDays(days);
      replaceChildren(
        lists,
        list("Balance", BALANCE, performance),
        list("Trades, net of known costs", TRADES, trades, {
          expectancyR: `${number(trades.resultsWithRisk)} of ${number(trades.count)} trades`,
        }),
        unknown !== null &&
          h("p", { class: "alarm small" }, `The ${unknown.join(" ")}: the net is too high.`),
        performance.onSyntheticFills > 0 &&
          h("p", { class: "alarm small" }, syntheticText(performance)),
        list(`Days (${performance.basis} days, net; a year has 252)`, DAYS, days, {
          bestDayNetPnl: days.bestDay,
          worstDayNetPnl: days.worstDay,
          ...Object.fromEntries(ANNUAL.map((name) => [name, days[name] === null ? null : few])),
        }),
      );
    },
  };
}

function syntheticText({ onSyntheticFills: n, trades, level }: Performance): string {
  const what = level === "match" ? "matches" : `${level}s`;
  const rest = n === 1 ? "rests" : "rest";
  return `${number(n)} of ${number(trades.count)} ${what} ${rest} on synthetic fills, until the broker tells the real ones.`;
}

/** @param notes what is said beside a figure, by its field */
function list<Row extends object>(
  title: string,
  figures: readonly ListedFigure<Row>[],
  row: Row,
  notes: Readonly<Record<string, string | null>> = {},
): readonly HTMLElement[] {
  const items = figures.map(([name, field, kind]) => {
    const value = row[field];
    const note = notes[field] ?? null;
    return h(
      "div",
      {},
      h("dt", {}, name),
      h("dd", {}, figureText(typeof value === "number" ? value : null, kind)),
      note !== null && h("dd", { class: "muted small" }, note),
    );
  });
  return [h("h3", {}, title), h("dl", { class: "facts" }, ...items)];
}
