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
    fees netPnl costsKnown fillCount volume openPositions epoch openingBalance cash
    highestEodBalance`),
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
    money("Cash", "cash"),
    money("Highest EOD", "highestEodBalance"),
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

/** Orders with their place in a bracket. */
export const ORDER_TREE: View = {
  name: "orders",
  fields: ORDER_FIELDS,
  columns: [
    text("Order", "tree"),
    text("For", "role"),
    text("OCO", "oco"),
    ...ORDERS.columns.filter(({ field }) => field !== "orderId"),
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
  commission fee modelledCommission modelledFee executionTimestamp standIn revision origin`);

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
    text("Made as", "madeAs"),
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
    entryOrderId strategy costsModelled currentPrice unrealizedPnl markedAt`),
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
    number("Price", "currentPrice"),
    money("Unrealized", "unrealizedPnl"),
    time("Seen", "markedAt"),
  ],
};

/** Open positions of contracts that trade no more. */
export const ENDED_POSITIONS: View = {
  name: "open positions of ended contracts",
  fields: [...POSITIONS.fields, "lastTradingDay", "endKnownFrom"],
  columns: [
    ...POSITIONS.columns.slice(0, 6),
    text("Last day", "lastTradingDay"),
    text("Known from", "endKnownFrom"),
  ],
};

export const ROLLS: View = {
  name: "contracts traded",
  fields: names(`accountId root symbol lastTradingDay firstFillAt lastFillAt volume grossPnl netPnl
    openQuantity closedAt nextSymbol nextOpenedAt`),
  columns: [
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Last day", "lastTradingDay"),
    time("First fill", "firstFillAt"),
    time("Last fill", "lastFillAt"),
    number("Volume", "volume"),
    money("Gross", "grossPnl"),
    money("Net", "netPnl"),
    number("Open", "openQuantity"),
    time("Closed", "closedAt"),
    text("Next", "nextSymbol"),
    time("Opened", "nextOpenedAt"),
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

/** Ledger days. */
export const DAYS: View = {
  name: "days",
  fields: names(
    `accountId tradingDay grossPnl commissions fees netPnl costsKnown fillCount volume`,
  ),
  columns: [
    text("Account", "accountId"),
    text("Day", "tradingDay"),
    money("Gross", "grossPnl"),
    money("Commissions", "commissions"),
    money("Fees", "fees"),
    money("Net", "netPnl"),
    number("Fills", "fillCount"),
    number("Volume", "volume"),
  ],
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

export const CASH: View = {
  name: "cash movements",
  fields: names("accountId movementId type amount at reason source voidedAt voidReason"),
  columns: [
    time("At", "at"),
    text("Account", "accountId"),
    text("Movement", "movementId"),
    text("Type", "type"),
    money("Amount", "amount"),
    text("Reason", "reason"),
    time("Void since", "voidedAt"),
  ],
};

export const SNAPSHOTS: View = {
  name: "snapshots",
  fields:
    names(`accountId tradingDay timestamp snapshotType epoch balance realizedPnl commissions fees cash
    unrealizedPnl highestEodBalance closedAt brokerBalance drift`),
  columns: [
    text("Day", "tradingDay"),
    time("At", "timestamp"),
    text("Account", "accountId"),
    text("Type", "snapshotType"),
    money("Balance", "balance"),
    money("Gross", "realizedPnl"),
    money("Commissions", "commissions"),
    money("Fees", "fees"),
    money("Cash", "cash"),
    money("Highest EOD", "highestEodBalance"),
    money("Broker", "brokerBalance"),
    money("Drift", "drift"),
  ],
};

export const POSITION_SNAPSHOTS: View = {
  name: "positions at ends of days",
  fields:
    names(`accountId tradingDay timestamp positionId symbol contractId root side quantity entryPrice
    unrealizedPnl`),
  columns: [
    text("Day", "tradingDay"),
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    number("Qty", "quantity"),
    number("Entry", "entryPrice"),
    money("Unrealised", "unrealizedPnl"),
  ],
};

export const BACKUPS: View = {
  name: "backups",
  fields: names(`name kind takenAt engine store bytes rows fills sha256 blotter problem`),
  columns: [
    text("Name", "name"),
    text("Kind", "kind"),
    time("Taken", "takenAt"),
    number("Bytes", "bytes"),
    number("Rows", "rows"),
    number("Fills", "fills"),
    text("Problem", "problem"),
  ],
};

export const RECONCILED: View = {
  name: "differences",
  fields: names("accountId kind subject ours theirs healed remedy"),
  columns: [
    text("Account", "accountId"),
    text("Kind", "kind"),
    text("Of", "subject"),
    text("Ours", "ours"),
    text("Theirs", "theirs"),
    text("Healed", "healed"),
    text("What healed it, or what to do", "remedy"),
  ],
};

export const RECONCILIATIONS: View = {
  name: "differences",
  fields: names(`accountId differenceId runId kind subject ours theirs healed remedy count
    firstSeenAt lastSeenAt healedAt`),
  columns: [
    time("Last seen", "lastSeenAt"),
    ...RECONCILED.columns.slice(0, 5),
    number("Times", "count"),
    ...RECONCILED.columns.slice(5),
  ],
};

export const SYNC_RUNS: View = {
  name: "comparisons",
  fields: names(`accountId runId reason state startedAt endedAt from through gapFrom gapTo newOrders
    changedOrders newFills changedFills differences message`),
  columns: [
    time("Started", "startedAt"),
    text("Account", "accountId"),
    text("Reason", "reason"),
    text("State", "state"),
    time("From", "from"),
    time("Through", "through"),
    time("Gap from", "gapFrom"),
    time("Gap to", "gapTo"),
    number("New orders", "newOrders"),
    number("Changed", "changedOrders"),
    number("New fills", "newFills"),
    number("Changed", "changedFills"),
    number("Differences", "differences"),
    text("Message", "message"),
  ],
};

export const COMPLIANCE: View = {
  name: "findings",
  fields: names(`accountId eventKey eventType severity rule tradingDay timestamp recordedAt message
    currentBalance equity dailyPnl startOfDayBalance highestEodBalance trailingLoss floor dllLimit
    dllRemaining mllLimit mllRemaining threshold lockedUntil lockedForGood refersTo`),
  columns: [
    time("Time", "timestamp"),
    text("Account", "accountId"),
    text("Event", "eventType"),
    text("Severity", "severity"),
    text("Message", "message"),
    money("Balance", "currentBalance"),
    money("Day P&L", "dailyPnl"),
    money("DLL left", "dllRemaining"),
    money("MLL left", "mllRemaining"),
    time("Locked until", "lockedUntil"),
    text("Key", "eventKey"),
  ],
};

export const RULE_SETS: View = {
  name: "rule sets",
  fields: names(`name validFrom firm program stage startingBalance maxLoss basis dailyLoss
    profitTarget maxContracts unknown`),
  columns: [
    text("Name", "name"),
    text("From", "validFrom"),
    text("Firm", "firm"),
    text("Program", "program"),
    number("Start", "startingBalance"),
    number("Max loss", "maxLoss"),
    text("Follows", "basis"),
    number("Daily loss", "dailyLoss"),
    number("Target", "profitTarget"),
    number("Minis", "maxContracts"),
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
