import type { Column } from "./table.js";

/** How one kind of rows is shown. */
export interface View {
  /** In the plural, for sentences. */
  readonly name: string;
  /** Every field in the order of the CSV columns, so that an empty file has its header too. */
  readonly fields: readonly string[];
  readonly columns: readonly Column[];
}

const text = (title: string, field: string): Column => ({ title, field, kind: "text" });
const number = (title: string, field: string): Column => ({ title, field, kind: "number" });
const money = (title: string, field: string): Column => ({ title, field, kind: "money" });
const time = (title: string, field: string): Column => ({
  title: `${title} (UTC)`,
  field,
  kind: "time",
});

const names = (list: string): readonly string[] => list.trim().split(/\s+/);

export const ACCOUNTS: View = {
  name: "accounts",
  fields: names(`accountId accountName accountType startingBalance balance grossPnl commissions
    fees netPnl costsKnown fillCount volume openPositions`),
  columns: [
    text("Account", "accountId"),
    text("Name", "accountName"),
    text("Type", "accountType"),
    money("Start", "startingBalance"),
    money("Balance", "balance"),
    money("Gross", "grossPnl"),
    money("Commissions", "commissions"),
    money("Fees", "fees"),
    money("Net", "netPnl"),
    number("Fills", "fillCount"),
    number("Volume", "volume"),
    number("Open", "openPositions"),
  ],
};

export const CONTRACTS: View = {
  name: "contracts",
  fields: names(`kind symbol contractId root exchange tickSize tickValue pointValue name code`),
  columns: [
    text("Kind", "kind"),
    text("Root", "root"),
    text("Symbol", "symbol"),
    text("Contract", "contractId"),
    text("Code", "code"),
    text("Exchange", "exchange"),
    number("Tick", "tickSize"),
    number("Tick value", "tickValue"),
    number("Point value", "pointValue"),
    text("Name", "name"),
  ],
};

const ORDER_FIELDS = names(`accountId orderId symbol contractId root side orderType quantity
  limitPrice stopPrice trailAmount status filledQuantity remainingQuantity averageFillPrice
  parentOrderId linkedOrderId stopLossOrderId takeProfitOrderId createdAt submittedAt filledAt
  cancelledAt customTag strategy rejectionReason notes`);

export const ORDERS: View = {
  name: "orders",
  fields: ORDER_FIELDS,
  columns: [
    time("Created", "createdAt"),
    text("Account", "accountId"),
    text("Order", "orderId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    text("Type", "orderType"),
    number("Qty", "quantity"),
    number("Limit", "limitPrice"),
    number("Stop", "stopPrice"),
    text("Status", "status"),
    number("Filled", "filledQuantity"),
    number("Average", "averageFillPrice"),
    text("Strategy", "strategy"),
    text("Rejected for", "rejectionReason"),
  ],
};

/** Orders that the broker filled further than the fills we have. */
export const SHORT_ORDERS: View = {
  name: "orders with missing fills",
  fields: [...ORDER_FIELDS, "bookedQuantity", "missingQuantity"],
  columns: [
    ...ORDERS.columns.slice(0, 7),
    text("Status", "status"),
    number("Booked", "bookedQuantity"),
    number("Missing", "missingQuantity"),
  ],
};

const FILL_FIELDS = names(`accountId fillId orderId symbol contractId root side quantity price
  commission fee modelledCommission modelledFee executionTimestamp standIn revision`);

export const FILLS: View = {
  name: "fills",
  fields: FILL_FIELDS,
  columns: [
    time("Executed", "executionTimestamp"),
    text("Account", "accountId"),
    text("Fill", "fillId"),
    text("Order", "orderId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    number("Qty", "quantity"),
    number("Price", "price"),
    money("Commission", "commission"),
    money("Fee", "fee"),
    money("Modelled commission", "modelledCommission"),
    money("Modelled fee", "modelledFee"),
    text("Stand-in", "standIn"),
  ],
};

/** Fills in every state, with their bookkeeping. */
export const ALL_FILLS: View = {
  name: "fills",
  fields: [...FILL_FIELDS, "state", "brokerPnl", "source", "checksum"],
  columns: [
    ...FILLS.columns,
    text("State", "state"),
    number("Revision", "revision"),
    money("Broker P&L", "brokerPnl"),
    text("Source", "source"),
  ],
};

export const TRADES: View = {
  name: "trades",
  fields: names(`accountId symbol contractId root side quantity entryPrice entryTimestamp exitPrice
    exitTimestamp grossPnl commissions fees netPnl costsKnown entryOrderId exitOrderId tradeId
    strategy mae mfe costsModelled`),
  columns: [
    time("Entered", "entryTimestamp"),
    time("Exited", "exitTimestamp"),
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    number("Qty", "quantity"),
    number("Entry", "entryPrice"),
    number("Exit", "exitPrice"),
    money("Gross", "grossPnl"),
    money("Commissions", "commissions"),
    money("Fees", "fees"),
    money("Net", "netPnl"),
    text("Costs known", "costsKnown"),
    text("Modelled", "costsModelled"),
    text("Strategy", "strategy"),
  ],
};

export const MATCHES: View = {
  name: "matches",
  fields: [...TRADES.fields, "entryFillId", "exitFillId"],
  columns: [...TRADES.columns, text("Entry fill", "entryFillId"), text("Exit fill", "exitFillId")],
};

export const CLOSED_POSITIONS: View = { ...TRADES, name: "closed positions" };

export const POSITIONS: View = {
  name: "open positions",
  fields: names(`accountId positionId symbol contractId root side status quantity entryPrice
    openedAt closedAt closedQuantity realizedGrossPnl commissions fees realizedNetPnl costsKnown
    entryOrderId strategy costsModelled`),
  columns: [
    time("Opened", "openedAt"),
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    number("Qty", "quantity"),
    number("Entry", "entryPrice"),
    number("Closed", "closedQuantity"),
    money("Realized gross", "realizedGrossPnl"),
    money("Realized net", "realizedNetPnl"),
    text("Costs known", "costsKnown"),
    text("Strategy", "strategy"),
  ],
};

export const FEES: View = {
  name: "fees",
  fields: names(`broker root validFrom commissionPerSide feePerSide accountType accountId source
    builtIn`),
  columns: [
    text("Broker", "broker"),
    text("Root", "root"),
    text("From", "validFrom"),
    number("Commission a side", "commissionPerSide"),
    number("Fee a side", "feePerSide"),
    text("Account type", "accountType"),
    text("Account", "accountId"),
    text("Source", "source"),
    text("Built in", "builtIn"),
  ],
};

export const FEE_ACCOUNTS: View = {
  name: "accounts with a fee table",
  fields: names("accountId accountType broker"),
  columns: [text("Account", "accountId"), text("Type", "accountType"), text("Broker", "broker")],
};

export const QUARANTINE: View = {
  name: "quarantined reports",
  fields: names(`quarantineId accountId reason message source kind count firstSeenAt lastSeenAt
    status payloadLength payload`),
  columns: [
    text("Id", "quarantineId"),
    text("Account", "accountId"),
    text("Reason", "reason"),
    text("Message", "message"),
    text("Source", "source"),
    number("Count", "count"),
    time("First seen", "firstSeenAt"),
    time("Last seen", "lastSeenAt"),
    text("Status", "status"),
  ],
};

export const ACCOUNT_STATES: View = {
  name: "account states",
  fields: names(`accountId accountName accountType startingBalance balance unrealizedPnl
    highestEodBalance asOf opened`),
  columns: [
    text("Account", "accountId"),
    text("Name", "accountName"),
    text("Type", "accountType"),
    money("Start", "startingBalance"),
    money("Balance", "balance"),
    money("Unrealized", "unrealizedPnl"),
    money("Highest EOD", "highestEodBalance"),
    time("As of", "asOf"),
    text("Opened", "opened"),
  ],
};

/** Between an old program's rows and ours. */
export const ROW_DIFFERENCES: View = {
  name: "differences",
  fields: names("what kind key row field ours theirs difference"),
  columns: [
    text("What", "what"),
    text("Found", "kind"),
    text("Key", "key"),
    number("Row", "row"),
    text("Field", "field"),
    text("Ours", "ours"),
    text("Theirs", "theirs"),
    number("Difference", "difference"),
  ],
};

export const DIFFERENCES: View = {
  name: "differences",
  fields: names("accountId table key difference stored rebuilt"),
  columns: [
    text("Account", "accountId"),
    text("Table", "table"),
    text("Key", "key"),
    text("Difference", "difference"),
  ],
};

const RESULT_FIELDS = names(`count wins losses breakeven winRate grossPnl commissions fees netPnl
  costsKnown won lost averageWin averageLoss averageGross expectancy payoffRatio profitFactor kelly
  lossRate breakevenRate quantity seconds winSeconds lossSeconds averageSeconds averageWinSeconds
  averageLossSeconds commissionShare feeShare costShare`);

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
