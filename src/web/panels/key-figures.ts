import type { Performance, Statistics } from "../../http/answer-rows.js";
import { h, replaceChildren } from "../element.js";
import { fewDays, unknownCosts } from "../figure-lists.js";
import { dollars, duration, gain, number, percent, ratio, tone } from "../format.js";
import { panel } from "./panel.js";

interface Figure {
  readonly name: string;
  readonly value: string;
  /** Said in parts, each of which stays on one line. */
  readonly note: readonly string[];
  readonly tone?: "gain" | "loss" | "even";
}

/** The figures that are asked for first, each with what stands behind it. */
export function keyFigures() {
  const list = h("dl", { class: "figures" });
  return {
    element: panel("Key figures", { name: "figures" }, list),
    update(performance: Performance, statistics: Statistics): void {
      replaceChildren(list, figuresOf(performance, statistics).map(figure));
    },
  };
}

function figure({ name, value, note, tone: hue }: Figure): HTMLElement {
  return h(
    "div",
    { class: "figure" },
    h("dt", {}, name),
    h("dd", { class: `figure-value ${hue ?? ""}`.trim() }, value),
    h("dd", { class: "figure-note" }, ...note.flatMap((part) => [h("span", {}, part), " "])),
  );
}

function figuresOf(performance: Performance, statistics: Statistics): readonly Figure[] {
  const { trades, days, maxDrawdown } = performance;
  const net = performance.ledgerNetPnl ?? performance.tradeNetPnl;
  const costs = trades.commissions + trades.fees;
  const unknown = unknownCosts(trades);
  const costNote =
    unknown === null
      ? [`${dollars(costs)} costs`]
      : [`${dollars(costs)} known costs;`, unknown[0], `${unknown[1]},`, "the net is too high"];
  const few = days.sharpe === null ? null : fewDays(days);
  return [
    {
      name: "Net result",
      value: gain(net),
      note: [`${gain(trades.grossPnl)} gross,`, ...costNote],
      tone: tone(net),
    },
    {
      name: "Trades",
      value: number(trades.count),
      note: [
        `${number(trades.wins)} won,`,
        `${number(trades.losses)} lost,`,
        ...evenNote(performance),
      ],
    },
    {
      name: "Win rate",
      value: percent(trades.winRate),
      note: [`${gain(trades.averageWin)} won,`, `${gain(trades.averageLoss)} lost on average`],
    },
    {
      name: "Profit factor",
      value: ratio(trades.profitFactor),
      note: [`payoff ratio ${ratio(trades.payoffRatio)}`],
    },
    {
      name: "Per trade",
      value: gain(trades.expectancy),
      note: [`median ${gain(statistics.medianNet)}`],
      tone: tone(trades.expectancy),
    },
    {
      name: "Sharpe, yearly",
      value: ratio(days.sharpe),
      note:
        few === null
          ? [`Sortino ${ratio(days.sortino)}`]
          : [`Sortino ${ratio(days.sortino)},`, few],
    },
    {
      name: "Deepest drawdown",
      value: dollars(maxDrawdown?.depth ?? null),
      note: maxDrawdown === null ? ["never below its peak"] : drawdownNote(maxDrawdown),
    },
    {
      name: "Days",
      value: number(days.days),
      note: [`${number(days.winningDays)} won,`, `best ${gain(days.bestDayNetPnl)}`],
    },
    {
      name: "Holding time",
      value: duration(statistics.medianSeconds),
      note: [
        `won ${duration(statistics.medianWinSeconds)},`,
        `lost ${duration(statistics.medianLossSeconds)}`,
      ],
    },
    {
      name: "Streaks",
      value: `${statistics.longestWinStreak} / ${statistics.longestLossStreak}`,
      note: ["longest won and lost"],
    },
  ];
}

function evenNote({ trades, onSyntheticFills }: Performance): readonly string[] {
  const even = `${number(trades.breakeven)} even`;
  return onSyntheticFills === 0
    ? [even]
    : [`${even},`, `${number(onSyntheticFills)} on synthetic fills`];
}

function drawdownNote({
  fraction,
  recovery,
}: NonNullable<Performance["maxDrawdown"]>): readonly string[] {
  const recovered = recovery === null ? "not recovered" : `recovered ${recovery}`;
  return [`${percent(fraction)},`, recovered];
}
