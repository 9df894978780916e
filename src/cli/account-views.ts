import { average, money, names, number, text, time, type View } from "./view.js";

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
    money("Unrealised", "unrealizedPnl"),
    money("Equity", "equity"),
    money("Highest EOD", "highestEodBalance"),
    number("Fills", "fillCount"),
    number("Volume", "volume"),
    number("Open", "openPositions"),
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
    unrealizedPnl equity unvalued highestEodBalance closedAt brokerBalance drift brokerCanTrade`),
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
    money("Unrealised", "unrealizedPnl"),
    money("Equity", "equity"),
    money("Highest EOD", "highestEodBalance"),
    money("Broker", "brokerBalance"),
    money("Drift", "drift"),
    text("May trade", "brokerCanTrade"),
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
    average("Entry", "entryPrice"),
    money("Unrealised", "unrealizedPnl"),
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
