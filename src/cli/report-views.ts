import type { Column } from "./table.js";
import { money, names, number, text, type View } from "./view.js";

const RESULT_FIELDS = names(`count wins losses breakeven winRate grossPnl commissions fees netPnl
  costsKnown won lost averageWin averageLoss averageGross expectancy payoffRatio profitFactor kelly
  lossRate breakevenRate quantity seconds winSeconds lossSeconds averageSeconds averageWinSeconds
  averageLossSeconds commissionShare feeShare costShare unknownCosts`);

const RESULT_COLUMNS: readonly Column[] = [
  number("Trades", "count"),
  number("Wins", "wins"),
  number("Losses", "losses"),
  { title: "Win rate", field: "winRate", kind: "percent" },
  money("Gross", "grossPnl"),
  money("Commissions", "commissions"),
  money("Fees", "fees"),
  money("Net", "netPnl"),
  text("Costs known", "costsKnown"),
  { title: "Expectancy", field: "expectancy", kind: "rounded" },
  { title: "Profit factor", field: "profitFactor", kind: "rounded" },
];

export const BREAKDOWN: View = {
  name: "closed trades",
  fields: ["key", "label", ...RESULT_FIELDS],
  columns: [text("By", "label"), ...RESULT_COLUMNS],
};

export const PERIOD: View = {
  name: "periods",
  fields: ["period", "firstDay", "lastDay", ...RESULT_FIELDS, "ledgerNetPnl"],
  columns: [text("Period", "period"), ...RESULT_COLUMNS, money("Ledger net", "ledgerNetPnl")],
};

export const DRAWDOWNS: readonly Column[] = [
  money("Depth", "depth"),
  { title: "Percent", field: "fraction", kind: "percent" },
  text("Peak", "start"),
  text("Bottom", "bottom"),
  text("Recovered", "recovery"),
  number("Days", "length"),
];

export const NOTES: View = {
  name: "notes",
  fields: names("accountId target targetId note tags plannedRisk"),
  columns: [
    text("Account", "accountId"),
    text("On", "target"),
    text("Id", "targetId"),
    text("Tags", "tags"),
    money("Risk", "plannedRisk"),
    text("Note", "note"),
  ],
};
