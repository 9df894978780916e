import { formatMoney } from "../../domain/money.js";
import type { ImportCounts, ImportReport } from "../../ports/services.js";
import { type Column, tableText } from "../table.js";
import { counted, printable } from "../text.js";

const COUNT_COLUMNS: readonly Column[] = [
  { title: "", field: "what", kind: "text" },
  { title: "New", field: "new", kind: "number" },
  { title: "Known", field: "known", kind: "number" },
  { title: "Changed", field: "changed", kind: "number" },
];

const PNL_COLUMNS: readonly Column[] = [
  { title: "Account", field: "accountId", kind: "text" },
  { title: "Fill", field: "fillId", kind: "text" },
  { title: "Broker P&L", field: "broker", kind: "text" },
  { title: "Ours", field: "ours", kind: "text" },
];

/** What an import did, for people. */
export function importReportText(report: ImportReport): string {
  const { rows, orders, fills, quarantined, openedAccounts } = report;
  const opened = openedAccounts.map(({ accountId, accountType, startingBalance }) => {
    const start = `starting balance ${formatMoney(startingBalance)}`;
    return `opened account ${printable(accountId)}: ${accountType}, ${start}\n`;
  });
  return [
    `read ${counted(rows, "row")}\n`,
    tableText(COUNT_COLUMNS, [countRow("orders", orders), countRow("fills", fills)]),
    `quarantined ${quarantined}\n`,
    leftOutText(report),
    ...opened,
    brokerPnlText(report.brokerPnl),
  ].join("");
}

function countRow(what: string, counts: ImportCounts) {
  return { what, new: counts.new, known: counts.known, changed: counts.changed };
}

function leftOutText({ accountReportsLeftOut: count }: ImportReport): string {
  if (count === 0) return "";
  const lines = counted(count, "account line");
  return `${lines}: balance and canTrade are of when they were sent, and are not imported\n`;
}

function brokerPnlText({ compared, different }: ImportReport["brokerPnl"]): string {
  if (compared === 0) return "";
  const head = `profit and loss compared with the broker's on ${counted(compared, "fill")}`;
  if (different.length === 0) return `${head}: all equal\n`;
  const rows = different.map(({ accountId, fillId, broker, ours }) => ({
    accountId,
    fillId,
    broker,
    ours,
  }));
  return `${head}: ${different.length} differ\n${tableText(PNL_COLUMNS, rows)}`;
}
