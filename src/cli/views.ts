import { average, money, names, number, text, time, type View } from "./view.js";

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
  cancelledAt customTag strategy rejectionReason notes origin`);

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
    average("Average", "averageFillPrice"),
    text("Strategy", "strategy"),
    text("Rejected for", "rejectionReason"),
    text("Made as", "madeAs"),
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
    average("Entry", "entryPrice"),
    average("Exit", "exitPrice"),
    money("Gross", "grossPnl"),
    money("Commissions", "commissions"),
    money("Fees", "fees"),
    money("Net", "netPnl"),
    text("Costs known", "costsKnown"),
    text("Modelled", "costsModelled"),
    text("Strategy", "strategy"),
    text("Made as", "madeAs"),
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
    entryOrderId strategy costsModelled origin currentPrice unrealizedPnl markedAt madeAs`),
  columns: [
    time("Opened", "openedAt"),
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Side", "side"),
    number("Qty", "quantity"),
    average("Entry", "entryPrice"),
    number("Closed", "closedQuantity"),
    money("Realized gross", "realizedGrossPnl"),
    money("Realized net", "realizedNetPnl"),
    text("Costs known", "costsKnown"),
    text("Strategy", "strategy"),
    number("Price", "currentPrice"),
    money("Unrealized", "unrealizedPnl"),
    time("Seen", "markedAt"),
    text("Made as", "madeAs"),
  ],
};
