import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  sqliteTable,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { AccountType } from "../../domain/account-type.js";
import type { AnnotationTarget } from "../../domain/annotation.js";
import type { CashType } from "../../domain/cash.js";
import type { PositionSide } from "../../domain/codes.js";
import type { ComplianceRule } from "../../domain/compliance/evaluate.js";
import type { Percent } from "../../domain/compliance/rules.js";
import type { FillOrigin } from "../../domain/fill.js";
import type { FillVersion } from "../../domain/fill-version.js";
import type { AccountId, ContractId, FillId, FillKey, OrderId } from "../../domain/ids.js";
import { type Money, ZERO } from "../../domain/money.js";
import type { OrderIntent } from "../../domain/order-intent.js";
import type { Reconciliation, SyncRun } from "../../domain/reconciliation.js";
import type { SnapshotType } from "../../domain/snapshot.js";
import type { TradingDay } from "../../domain/trading-day.js";
import type { OutboxEvent } from "../../ports/events.js";
import type { QuarantineEntry, QuarantineReason } from "../../ports/repositories.js";
import {
  ascii,
  count,
  fillState,
  flag,
  instant,
  money,
  orderStatus,
  orderType,
  price,
  resultLevel,
  rowId,
  side,
  sumFamily,
  sumSpan,
  text,
  whole,
} from "./columns.js";

/**
 * The tables on SQLite. `../postgres/schema.ts` says the same for Postgres; `../drizzle/parity.ts` proves
 * at compile time that both infer the same rows. Column names are those of the architecture document.
 */
const accountRef = () => ascii("account_id").$type<AccountId>().notNull();
const contractRef = () => ascii("contract_id").$type<ContractId>().notNull();
const orderRef = (name: string) => ascii(name).$type<OrderId>();
const fillRef = (name: string) => ascii(name).$type<FillId>();
const micros = (name: string) => whole(name).$type<Money>();
const keyRef = (name: string) => ascii(name).$type<FillKey>();

/** One row per trading account. */
export const accounts = sqliteTable(
  "accounts",
  {
    id: rowId(),
    accountId: accountRef(),
    accountName: text("account_name").notNull(),
    accountType: text("account_type").$type<AccountType>().notNull(),
    startingBalance: money("starting_balance").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [unique("accounts_account_id").on(t.accountId), index("accounts_name").on(t.accountName)],
);

/** Products that a user added to the listed ones. */
export const products = sqliteTable(
  "products",
  {
    root: ascii("root").primaryKey(),
    code: ascii("code").notNull(),
    exchange: text("exchange").notNull(),
    name: text("name").notNull(),
    tickSize: price("tick_size").notNull(),
    pointValue: money("point_value").notNull(),
    dated: flag("dated").notNull(),
  },
  (t) => [check("products_positive", sql`${t.tickSize} > 0 and ${t.pointValue} > 0`)],
);

/** Contracts that were traded, with the figures their P&L is computed from. */
export const contracts = sqliteTable(
  "contracts",
  {
    contractId: contractRef().primaryKey(),
    symbol: ascii("symbol").notNull(),
    root: ascii("root").notNull(),
    exchange: text("exchange").notNull(),
    name: text("name").notNull(),
    tickSize: price("tick_size").notNull(),
    tickValue: price("tick_value").notNull(),
    pointValue: money("point_value").notNull(),
    /** The last day it trades, where somebody said so. */
    lastTradingDay: ascii("last_trading_day").$type<TradingDay>(),
  },
  (t) => [check("contracts_positive", sql`${t.tickSize} > 0 and ${t.pointValue} > 0`)],
);

/** Links between orders carry no foreign key: children come before their parents. */
export const orders = sqliteTable(
  "orders",
  {
    id: rowId(),
    orderId: orderRef("order_id").notNull(),
    accountId: accountRef(),
    symbol: ascii("symbol").notNull(),
    contractId: contractRef(),
    root: ascii("root").notNull(),
    side: side("side").notNull(),
    orderType: orderType("order_type"),
    quantity: count("quantity"),
    limitPrice: price("limit_price"),
    stopPrice: price("stop_price"),
    trailAmount: price("trail_amount"),
    status: orderStatus("status"),
    filledQuantity: count("filled_quantity").notNull(),
    remainingQuantity: count("remaining_quantity"),
    averageFillPrice: price("average_fill_price"),
    parentOrderId: orderRef("parent_order_id"),
    linkedOrderId: orderRef("linked_order_id"),
    stopLossOrderId: orderRef("stop_loss_order_id"),
    takeProfitOrderId: orderRef("take_profit_order_id"),
    createdAt: instant("created_at").notNull(),
    submittedAt: instant("submitted_at"),
    filledAt: instant("filled_at"),
    cancelledAt: instant("cancelled_at"),
    customTag: text("custom_tag"),
    strategy: text("strategy"),
    rejectionReason: text("rejection_reason"),
    notes: text("notes"),
    bookedQuantity: count("booked_quantity").notNull(),
    brokerFilledQuantity: count("broker_filled_quantity").notNull(),
    brokerAveragePrice: price("broker_average_price"),
    brokerFilledAt: instant("broker_filled_at"),
    standInQuantity: count("stand_in_quantity"),
    asOf: whole("as_of"),
    olderFields: text("older_fields"),
    checksum: ascii("checksum").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    unique("orders_order_id").on(t.accountId, t.orderId),
    index("orders_created").on(t.accountId, t.createdAt, t.orderId),
    index("orders_working").on(t.accountId, t.createdAt, t.orderId).where(sql`status in (0, 1)`),
    index("orders_missing_fills")
      .on(t.accountId, t.createdAt, t.orderId)
      .where(sql`broker_filled_quantity > booked_quantity`),
    index("orders_stop_loss")
      .on(t.accountId, t.stopLossOrderId)
      .where(sql`stop_loss_order_id is not null`),
    index("orders_parent")
      .on(t.accountId, t.parentOrderId, t.createdAt, t.orderId)
      .where(sql`parent_order_id is not null`),
    index("orders_tag")
      .on(t.accountId, t.customTag, t.createdAt, t.orderId)
      .where(sql`custom_tag is not null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    foreignKey({ columns: [t.contractId], foreignColumns: [contracts.contractId] }),
    check("orders_side", sql`${t.side} in (0, 1)`),
    check("orders_type", sql`${t.orderType} between 0 and 6`),
    check("orders_status", sql`${t.status} between 0 and 5`),
    check(
      "orders_quantity",
      sql`${t.quantity} between 1 and 1000000 and ${t.quantity} = cast(${t.quantity} as integer)`,
    ),
    check("orders_filled", sql`${t.filledQuantity} between 0 and 1000000000`),
  ],
);

/** Every lifecycle change and modification of an order, also the refused ones: changed fields only. */
export const orderEvents = sqliteTable(
  "order_events",
  {
    id: rowId(),
    accountId: accountRef(),
    orderId: orderRef("order_id").notNull(),
    eventKey: ascii("event_key").notNull(),
    changes: text("changes").notNull(),
    refused: text("refused"),
    source: text("source").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [uniqueIndex("order_events_key").on(t.accountId, t.orderId, t.eventKey)],
);

/** Orders on their way to the broker: on disk before they are sent. */
export const orderIntents = sqliteTable(
  "order_intents",
  {
    id: rowId(),
    accountId: accountRef(),
    customTag: text("custom_tag").notNull(),
    contractId: contractRef(),
    side: side("side").notNull(),
    orderType: orderType("order_type").notNull(),
    quantity: count("quantity").notNull(),
    limitPrice: price("limit_price"),
    stopPrice: price("stop_price"),
    trailAmount: price("trail_amount"),
    state: text("state").$type<OrderIntent["state"]>().notNull(),
    orderId: orderRef("order_id"),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    uniqueIndex("order_intents_tag").on(t.accountId, t.customTag),
    index("order_intents_created").on(t.accountId, t.createdAt, t.customTag),
    index("order_intents_open")
      .on(t.accountId, t.customTag)
      .where(sql`state in ('sending', 'unknown')`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("order_intents_quantity", sql`${t.quantity} > 0`),
  ],
);

/** Executions: with orders, the only facts. */
export const fills = sqliteTable(
  "fills",
  {
    id: rowId(),
    fillId: fillRef("fill_id").notNull(),
    fillKey: keyRef("fill_key").notNull(),
    orderId: orderRef("order_id").notNull(),
    accountId: accountRef(),
    symbol: ascii("symbol").notNull(),
    contractId: contractRef(),
    root: ascii("root").notNull(),
    side: side("side").notNull(),
    quantity: count("quantity").notNull(),
    price: price("price").notNull(),
    commission: money("commission"),
    fee: money("fee"),
    modelledCommission: money("modelled_commission"),
    modelledFee: money("modelled_fee"),
    executedAt: instant("execution_timestamp").notNull(),
    revision: whole("revision").notNull(),
    state: fillState("state").notNull(),
    standIn: flag("stand_in").notNull(),
    brokerPnl: money("broker_pnl"),
    source: text("source").notNull(),
    checksum: ascii("checksum").notNull(),
    createdAt: instant("created_at").notNull(),
    origin: text("origin").$type<FillOrigin>().notNull().default("broker"),
  },
  (t) => [
    uniqueIndex("fills_fill_id").on(t.accountId, t.fillId, t.standIn),
    index("fills_executed").on(t.accountId, t.executedAt, t.fillKey),
    index("fills_booked")
      .on(t.accountId, t.contractId, t.executedAt, t.fillKey)
      .where(sql`state = 0`),
    index("fills_order").on(t.accountId, t.orderId, t.executedAt, t.fillKey),
    index("fills_unmatched").on(t.accountId, t.executedAt, t.fillKey).where(sql`state = 4`),
    foreignKey({
      columns: [t.accountId, t.orderId],
      foreignColumns: [orders.accountId, orders.orderId],
    }),
    foreignKey({ columns: [t.contractId], foreignColumns: [contracts.contractId] }),
    check("fills_side", sql`${t.side} in (0, 1)`),
    check("fills_state", sql`${t.state} between 0 and 4`),
    check(
      "fills_quantity",
      sql`${t.quantity} between 1 and 1000000 and ${t.quantity} = cast(${t.quantity} as integer)`,
    ),
    check("fills_price", sql`${t.price} between -9000000 and 9000000`),
    check("fills_commission", sql`${t.commission} between -9000000000 and 9000000000`),
    check("fills_fee", sql`${t.fee} between -9000000000 and 9000000000`),
    check("fills_instant", sql`typeof(${t.executedAt}) = 'integer'`),
  ],
);

/** Every telling of a fill that was restated: the first, corrections, voids; also those that came first. */
export const fillVersions = sqliteTable(
  "fill_versions",
  {
    id: rowId(),
    accountId: accountRef(),
    fillId: fillRef("fill_id").notNull(),
    standIn: flag("stand_in").notNull(),
    revision: whole("revision").notNull(),
    kind: text("kind").$type<FillVersion["kind"]>().notNull(),
    orderId: orderRef("order_id"),
    contractId: ascii("contract_id").$type<ContractId>(),
    symbol: ascii("symbol"),
    root: ascii("root"),
    side: side("side"),
    quantity: count("quantity"),
    price: price("price"),
    commission: money("commission"),
    fee: money("fee"),
    executedAt: instant("execution_timestamp"),
    brokerPnl: money("broker_pnl"),
    reason: text("reason"),
    source: text("source").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    index("fill_versions_fill").on(t.accountId, t.fillId, t.standIn),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** What is left of fills that opened exposure; the FIFO queue of each account and contract. */
export const openLots = sqliteTable(
  "open_lots",
  {
    id: rowId(),
    accountId: accountRef(),
    contractId: contractRef(),
    fillId: fillRef("fill_id").notNull(),
    fillKey: keyRef("fill_key").notNull(),
    orderId: orderRef("order_id").notNull(),
    side: side("side").notNull(),
    quantity: count("quantity").notNull(),
    consumed: count("consumed").notNull(),
    price: price("price").notNull(),
    lowPrice: price("low_price").notNull(),
    highPrice: price("high_price").notNull(),
    commission: money("commission"),
    fee: money("fee"),
    costsModelled: flag("costs_modelled").notNull().default(false),
    executedAt: instant("execution_timestamp").notNull(),
  },
  (t) => [
    uniqueIndex("open_lots_fill").on(t.accountId, t.contractId, t.fillKey),
    check("open_lots_left", sql`${t.consumed} >= 0 and ${t.consumed} < ${t.quantity}`),
  ],
);

/** One lot slice closed by one fill slice. */
export const matches = sqliteTable(
  "matches",
  {
    id: rowId(),
    accountId: accountRef(),
    contractId: contractRef(),
    symbol: ascii("symbol").notNull(),
    root: ascii("root").notNull(),
    positionId: ascii("position_id").notNull(),
    side: text("side").$type<PositionSide>().notNull(),
    quantity: count("quantity").notNull(),
    entryFillId: fillRef("entry_fill_id").notNull(),
    entryFillKey: keyRef("entry_fill_key").notNull(),
    entryOrderId: orderRef("entry_order_id").notNull(),
    entryPrice: price("entry_price").notNull(),
    entryTimestamp: instant("entry_timestamp").notNull(),
    entryOffset: count("entry_offset").notNull(),
    exitFillId: fillRef("exit_fill_id").notNull(),
    exitFillKey: keyRef("exit_fill_key").notNull(),
    exitOrderId: orderRef("exit_order_id").notNull(),
    exitPrice: price("exit_price").notNull(),
    exitTimestamp: instant("exit_timestamp").notNull(),
    exitOffset: count("exit_offset").notNull(),
    lowPrice: price("low_price").notNull(),
    highPrice: price("high_price").notNull(),
    grossPnl: money("gross_pnl").notNull(),
    commissions: money("commissions"),
    fees: money("fees"),
    costsKnown: flag("costs_known").notNull(),
    costsModelled: flag("costs_modelled").notNull().default(false),
    /** What it was planned to lose at most, as orders and annotations say now; null while nobody knows. */
    plannedRisk: money("planned_risk"),
  },
  (t) => [
    uniqueIndex("matches_exit").on(
      t.accountId,
      t.exitTimestamp,
      t.exitFillKey,
      t.entryTimestamp,
      t.entryFillKey,
    ),
    index("matches_trade").on(t.accountId, t.positionId, t.entryOrderId, t.exitOrderId),
    check("matches_quantity", sql`${t.quantity} between 1 and 1000000`),
    check("matches_gross", sql`${t.grossPnl} between -9000000000 and 9000000000`),
  ],
);

/** Consolidated trades: the matches between one entry order and one exit order of one position. */
export const trades = sqliteTable(
  "trades",
  {
    id: rowId(),
    tradeId: ascii("trade_id").notNull(),
    accountId: accountRef(),
    positionId: ascii("position_id").notNull(),
    symbol: ascii("symbol").notNull(),
    contractId: contractRef(),
    root: ascii("root").notNull(),
    side: text("side").$type<PositionSide>().notNull(),
    quantity: count("quantity").notNull(),
    entryOrderId: orderRef("entry_order_id").notNull(),
    entryPrice: price("entry_price").notNull(),
    entryTimestamp: instant("entry_timestamp").notNull(),
    entryFillKey: keyRef("entry_fill_key").notNull(),
    exitOrderId: orderRef("exit_order_id").notNull(),
    exitPrice: price("exit_price").notNull(),
    exitTimestamp: instant("exit_timestamp").notNull(),
    exitFillKey: keyRef("exit_fill_key").notNull(),
    grossPnl: money("gross_pnl").notNull(),
    commissions: money("commissions"),
    fees: money("fees"),
    netPnl: money("net_pnl").notNull(),
    costsKnown: flag("costs_known").notNull(),
    costsModelled: flag("costs_modelled").notNull().default(false),
    mae: money("mae").notNull(),
    mfe: money("mfe").notNull(),
    /** What it was planned to lose at most, as orders and annotations say now; null while nobody knows. */
    plannedRisk: money("planned_risk"),
    durationSeconds: count("duration_seconds").notNull(),
    pointValue: money("point_value").notNull(),
    strategy: text("strategy"),
    /** The exit: a rebuilt trade has the same. */
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("trades_trade_id").on(t.accountId, t.tradeId),
    // With what is measured of each: statistics of very many read the index alone.
    index("trades_exit").on(
      t.accountId,
      t.exitTimestamp,
      t.exitFillKey,
      t.entryTimestamp,
      t.entryFillKey,
      t.netPnl,
      t.durationSeconds,
      t.plannedRisk,
      t.grossPnl,
      t.mae,
      t.mfe,
    ),
    index("trades_position").on(t.accountId, t.positionId),
    index("trades_entry_order").on(t.accountId, t.entryOrderId),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("trades_quantity", sql`${t.quantity} between 1 and 1000000000`),
    check("trades_gross", sql`${t.grossPnl} between -9000000000 and 9000000000`),
    check("trades_net", sql`${t.netPnl} between -9000000000 and 9000000000`),
    check("trades_side", sql`${t.side} in ('LONG', 'SHORT')`),
  ],
);

/** Flat to flat; open ones have status 'open'. */
export const positions = sqliteTable(
  "positions",
  {
    id: rowId(),
    positionId: ascii("position_id").notNull(),
    accountId: accountRef(),
    symbol: ascii("symbol").notNull(),
    contractId: contractRef(),
    root: ascii("root").notNull(),
    side: text("side").$type<PositionSide>().notNull(),
    quantity: count("quantity").notNull(),
    entryPrice: price("entry_price").notNull(),
    currentPrice: price("current_price"),
    unrealizedPnl: money("unrealized_pnl"),
    /** When the market was at the current price. */
    markedAt: instant("marked_at"),
    status: text("status").$type<"open" | "closed">().notNull(),
    openedAt: instant("opened_at").notNull(),
    openFillKey: keyRef("open_fill_key").notNull(),
    openFillOffset: count("open_fill_offset").notNull(),
    lastFillAt: instant("last_fill_at").notNull(),
    lastFillKey: keyRef("last_fill_key").notNull(),
    closedAt: instant("closed_at"),
    entryOrderId: orderRef("entry_order_id").notNull(),
    exitOrderId: orderRef("exit_order_id"),
    stopLossOrderId: orderRef("stop_loss_order_id"),
    takeProfitOrderId: orderRef("take_profit_order_id"),
    closedQuantity: count("closed_quantity").notNull(),
    exitPrice: price("exit_price"),
    grossPnl: money("gross_pnl").notNull(),
    commissions: money("commissions").notNull(),
    fees: money("fees").notNull(),
    netPnl: money("net_pnl").notNull(),
    matchCount: count("match_count").notNull(),
    commissionMatches: count("commission_matches").notNull(),
    feeMatches: count("fee_matches").notNull(),
    costsKnownMatches: count("costs_known_matches").notNull(),
    modelledMatches: count("modelled_matches").notNull().default(0),
    mae: money("mae"),
    mfe: money("mfe"),
    /** What it was planned to lose at most, as orders and annotations say now; null while nobody knows. */
    plannedRisk: money("planned_risk"),
    strategy: text("strategy"),
    brokerPositionId: ascii("broker_position_id"),
    /** The newest stored mark that its lots have seen. */
    lastMarkAt: instant("last_mark_at"),
    /** The opening: a rebuilt position has the same. */
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("positions_position_id").on(t.accountId, t.positionId),
    index("positions_opened").on(t.accountId, t.contractId, t.openedAt, t.openFillKey),
    index("positions_open").on(t.accountId, t.openedAt).where(sql`status = 'open'`),
    // As `trades_exit`.
    index("positions_closed")
      .on(
        t.accountId,
        t.closedAt,
        t.lastFillKey,
        t.openedAt,
        t.openFillKey,
        t.netPnl,
        t.plannedRisk,
        t.grossPnl,
        t.mae,
        t.mfe,
      )
      .where(sql`status = 'closed'`),
    index("positions_entry_order").on(t.accountId, t.entryOrderId),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("positions_quantity", sql`${t.quantity} >= 0`),
    check("positions_side", sql`${t.side} in ('LONG', 'SHORT')`),
    check("positions_status", sql`${t.status} in ('open', 'closed')`),
  ],
);

/** Ledger days: gross P&L on the day of each exit, costs on the day of each fill. */
export const dailyPerformance = sqliteTable(
  "daily_performance",
  {
    id: rowId(),
    accountId: accountRef(),
    tradingDay: ascii("trading_day").$type<TradingDay>().notNull(),
    grossPnl: money("gross_pnl").notNull(),
    commissions: money("commissions").notNull(),
    fees: money("fees").notNull(),
    netPnl: money("net_pnl").notNull(),
    fillCount: count("fill_count").notNull(),
    unknownCostFills: count("unknown_cost_fills").notNull(),
    volume: whole("volume").notNull(),
  },
  (t) => [uniqueIndex("daily_performance_day").on(t.accountId, t.tradingDay)],
);

/**
 * Balances at moments: intraday and manual ones are observations, end-of-day ones are derived. Realised P&L (gross),
 * costs and cash are counted from the start of the epoch.
 */
export const accountSnapshots = sqliteTable(
  "account_snapshots",
  {
    id: rowId(),
    accountId: accountRef(),
    at: instant("timestamp").notNull(),
    balance: money("balance").notNull(),
    grossPnl: money("realized_pnl").notNull(),
    unrealizedPnl: money("unrealized_pnl"),
    commissions: money("commissions").notNull(),
    fees: money("fees").notNull(),
    highestEodBalance: money("highest_eod_balance"),
    isEod: flag("is_eod").notNull(),
    type: text("snapshot_type").$type<SnapshotType>().notNull(),
    createdAt: instant("created_at").notNull(),
    epoch: count("epoch").notNull().default(0),
    epochStartedAt: instant("epoch_started_at"),
    cash: money("cash").notNull().default(ZERO),
    closedAt: instant("closed_at"),
    brokerBalance: money("broker_balance"),
    drift: money("drift"),
    brokerCanTrade: flag("broker_can_trade"),
  },
  (t) => [
    uniqueIndex("account_snapshots_moment").on(t.accountId, t.at, t.type),
    index("account_snapshots_eod").on(t.accountId, t.at).where(sql`snapshot_type = 'eod'`),
    index("account_snapshots_report").on(t.accountId, t.at).where(sql`broker_balance is not null`),
    index("account_snapshots_word").on(t.accountId, t.at).where(sql`broker_can_trade is not null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("account_snapshots_type", sql`${t.type} in ('intraday', 'eod', 'manual')`),
  ],
);

/** Positions that were open at the ends of trading days; derived. */
export const positionSnapshots = sqliteTable(
  "position_snapshots",
  {
    id: rowId(),
    accountId: accountRef(),
    at: instant("timestamp").notNull(),
    positionId: ascii("position_id").notNull(),
    contractId: contractRef(),
    symbol: ascii("symbol").notNull(),
    root: ascii("root").notNull(),
    side: text("side").$type<PositionSide>().notNull(),
    quantity: count("quantity").notNull(),
    entryPrice: price("entry_price").notNull(),
    unrealizedPnl: money("unrealized_pnl"),
  },
  (t) => [
    uniqueIndex("position_snapshots_moment").on(t.accountId, t.at, t.positionId),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("position_snapshots_side", sql`${t.side} in ('LONG', 'SHORT')`),
    check("position_snapshots_quantity", sql`${t.quantity} > 0`),
  ],
);

/** Trading days that were closed; facts. */
export const dayClosings = sqliteTable(
  "day_closings",
  {
    id: rowId(),
    accountId: accountRef(),
    tradingDay: ascii("trading_day").$type<TradingDay>().notNull(),
    closedAt: instant("closed_at").notNull(),
  },
  (t) => [
    uniqueIndex("day_closings_day").on(t.accountId, t.tradingDay),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** Payouts, deposits, adjustments and resets: facts, voided when mistaken. */
export const cashMovements = sqliteTable(
  "cash_movements",
  {
    id: rowId(),
    accountId: accountRef(),
    movementId: ascii("movement_id").notNull(),
    type: text("movement_type").$type<CashType>().notNull(),
    amount: money("amount").notNull(),
    at: instant("timestamp").notNull(),
    reason: text("reason"),
    source: text("source").notNull(),
    voidedAt: instant("voided_at"),
    voidReason: text("void_reason"),
    checksum: ascii("checksum").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("cash_movements_movement_id").on(t.accountId, t.movementId),
    index("cash_movements_time").on(t.accountId, t.at, t.movementId),
    index("cash_movements_reset")
      .on(t.accountId, t.at, t.movementId)
      .where(sql`movement_type = 'reset' and voided_at is null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("cash_movements_type", sql`${t.type} in ('payout', 'deposit', 'reset', 'adjustment')`),
    check("cash_movements_amount", sql`${t.type} in ('reset', 'adjustment') or ${t.amount} > 0`),
  ],
);

/** Where the records of a running account begin; each correction is a revision, and the highest counts. */
export const accountAdoptions = sqliteTable(
  "account_adoptions",
  {
    id: rowId(),
    accountId: accountRef(),
    revision: count("revision").notNull(),
    at: instant("timestamp").notNull(),
    balance: money("balance").notNull(),
    highestEodBalance: money("highest_eod_balance"),
    payoutCount: count("payout_count"),
    payoutTotal: money("payout_total"),
    startOfDayBalance: money("start_of_day_balance"),
    intradayPeak: money("intraday_peak"),
    bestDay: money("best_day"),
    tradingDays: count("trading_days"),
    winningDays: count("winning_days"),
    /** JSON: the open lots, money and prices as decimals. */
    openLots: text("open_lots").notNull(),
    reason: text("reason"),
    source: text("source").notNull(),
    checksum: ascii("checksum").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("account_adoptions_revision").on(t.accountId, t.revision),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** Append-only log of rules that were found near or past their limit. */
export const complianceEvents = sqliteTable(
  "compliance_events",
  {
    id: rowId(),
    accountId: accountRef(),
    eventType: text("event_type").notNull(),
    severity: text("severity").$type<"info" | "warning" | "violation">().notNull(),
    currentBalance: money("current_balance"),
    dailyPnl: money("daily_pnl"),
    trailingLoss: money("trailing_loss"),
    dllLimit: money("dll_limit"),
    mllLimit: money("mll_limit"),
    dllRemaining: money("dll_remaining"),
    mllRemaining: money("mll_remaining"),
    message: text("message"),
    timestamp: instant("timestamp").notNull(),
    /** Day, rule and level, with the number of the occurrence: what a later row refers to. */
    eventKey: ascii("event_key"),
    rule: ascii("rule").$type<ComplianceRule>(),
    tradingDay: ascii("trading_day").$type<TradingDay>(),
    threshold: count("threshold").$type<Percent>(),
    equity: money("equity"),
    startOfDayBalance: money("start_of_day_balance"),
    highestEodBalance: money("highest_eod_balance"),
    floor: money("floor"),
    /** Until when trading was forbidden; the year 2200 stands for good. */
    lockedUntil: instant("locked_until"),
    /** The row that this one restates or lifts. */
    refersTo: ascii("refers_to"),
    recordedAt: instant("recorded_at"),
  },
  (t) => [
    index("compliance_events_time").on(t.accountId, t.timestamp),
    uniqueIndex("compliance_events_key").on(t.accountId, t.eventKey),
    index("compliance_events_day").on(t.accountId, t.tradingDay),
    index("compliance_events_locks")
      .on(t.accountId, t.lockedUntil)
      .where(sql`locked_until is not null`),
    index("compliance_events_refers").on(t.accountId, t.refersTo).where(sql`refers_to is not null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("compliance_events_severity", sql`${t.severity} in ('info', 'warning', 'violation')`),
  ],
);

/** What happened, written with what it tells of and delivered after commit. */
export const outbox = sqliteTable(
  "outbox",
  {
    id: rowId(),
    accountId: accountRef(),
    sequence: whole("sequence").notNull(),
    type: text("type").$type<OutboxEvent["type"]>().notNull(),
    payload: text("payload").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [uniqueIndex("outbox_sequence").on(t.accountId, t.sequence)],
);

/** How far each consumer has come. */
export const outboxCursors = sqliteTable(
  "outbox_cursors",
  {
    id: rowId(),
    consumer: ascii("consumer").notNull(),
    accountId: accountRef(),
    sequence: whole("sequence").notNull(),
  },
  (t) => [uniqueIndex("outbox_cursors_consumer").on(t.consumer, t.accountId)],
);

/** What was told and could not be booked. */
export const quarantine = sqliteTable(
  "quarantine",
  {
    id: rowId(),
    quarantineId: ascii("quarantine_id").notNull(),
    accountId: ascii("account_id"),
    reason: text("reason").$type<QuarantineReason>().notNull(),
    message: text("message").notNull(),
    source: text("source").notNull(),
    kind: text("kind").$type<QuarantineEntry["kind"]>(),
    payload: text("payload").notNull(),
    payloadLength: count("payload_length").notNull(),
    count: count("count").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    status: text("status").$type<QuarantineEntry["status"]>().notNull(),
  },
  (t) => [
    uniqueIndex("quarantine_id").on(t.quarantineId),
    index("quarantine_waiting").on(t.firstSeenAt, t.id).where(sql`status = 'waiting'`),
    index("quarantine_seen").on(t.firstSeenAt, t.id),
  ],
);

/** Prices seen in the market that set a new extreme of an open position or of the account: facts. */
export const marks = sqliteTable(
  "marks",
  {
    id: rowId(),
    accountId: accountRef(),
    contractId: contractRef(),
    at: instant("at").notNull(),
    price: price("price").notNull(),
  },
  (t) => [
    uniqueIndex("marks_contract").on(t.accountId, t.contractId, t.at, t.price),
    index("marks_at").on(t.accountId, t.at, t.contractId, t.price),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** A position of the broker that our fills did not explain, and the fill that stands for what is missing. */
export const positionExplanations = sqliteTable(
  "position_explanations",
  {
    id: rowId(),
    accountId: accountRef(),
    contractId: contractRef(),
    /** When the broker was asked: fills up to then can explain it. */
    asOf: instant("as_of").notNull(),
    /** Signed contracts that no fill of the broker explains yet; 0 when all are explained. */
    missing: whole("missing").notNull(),
    price: price("price").notNull(),
    openedAt: instant("opened_at").notNull(),
    fillId: fillRef("fill_id").notNull(),
    explainedAt: instant("explained_at"),
  },
  (t) => [
    uniqueIndex("position_explanations_moment").on(t.accountId, t.contractId, t.asOf),
    index("position_explanations_missing")
      .on(t.accountId, t.contractId)
      .where(sql`explained_at is null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** How far the history of each account was compared with its broker. */
export const syncCursors = sqliteTable(
  "sync_cursors",
  {
    id: rowId(),
    accountId: accountRef(),
    /** Orders and fills before this instant have landed. */
    through: instant("through").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [uniqueIndex("sync_cursors_account").on(t.accountId)],
);

/** Each comparison with the broker: why, over which history, and what it brought. */
export const syncRuns = sqliteTable(
  "sync_runs",
  {
    id: rowId(),
    accountId: accountRef(),
    runId: ascii("run_id").notNull(),
    reason: text("reason").$type<SyncRun["reason"]>().notNull(),
    state: text("state").$type<SyncRun["state"]>().notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    /** The history that was asked for. */
    fromAt: instant("from_at"),
    throughAt: instant("through_at"),
    /** While the stream was away. */
    gapFrom: instant("gap_from"),
    gapTo: instant("gap_to"),
    newOrders: count("new_orders").notNull(),
    changedOrders: count("changed_orders").notNull(),
    newFills: count("new_fills").notNull(),
    changedFills: count("changed_fills").notNull(),
    differences: count("differences").notNull(),
    message: text("message"),
  },
  (t) => [
    uniqueIndex("sync_runs_run").on(t.accountId, t.runId),
    index("sync_runs_started").on(t.accountId, t.startedAt, t.runId),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** Every difference between our books and the broker's; an equal one that is found again is counted. */
export const reconciliations = sqliteTable(
  "reconciliations",
  {
    id: rowId(),
    accountId: accountRef(),
    differenceId: ascii("difference_id").notNull(),
    runId: ascii("run_id").notNull(),
    kind: text("kind").$type<Reconciliation["kind"]>().notNull(),
    /** Of what: a fill's or an order's id, a contract id, or the account id. */
    subject: ascii("subject").notNull(),
    ours: text("ours"),
    theirs: text("theirs"),
    healed: flag("healed").notNull(),
    remedy: text("remedy"),
    count: count("count").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    healedAt: instant("healed_at"),
  },
  (t) => [
    uniqueIndex("reconciliations_difference").on(t.accountId, t.differenceId),
    index("reconciliations_seen").on(t.accountId, t.lastSeenAt, t.differenceId),
    index("reconciliations_open")
      .on(t.accountId, t.lastSeenAt, t.differenceId)
      .where(sql`healed_at is null`),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** What a user says a contract costs per side, from a day on; beside the rows that come with Blotter. */
export const feeSchedule = sqliteTable(
  "fee_schedule",
  {
    /** Who it is for and since when, in one text: such an entry exists once. */
    feeKey: ascii("fee_key").primaryKey(),
    broker: ascii("broker").notNull(),
    accountType: text("account_type").$type<AccountType>(),
    accountId: ascii("account_id").$type<AccountId>(),
    root: ascii("root").notNull(),
    validFrom: ascii("valid_from").$type<TradingDay>().notNull(),
    commissionPerSide: money("commission_per_side"),
    feePerSide: money("fee_per_side"),
    source: text("source").notNull(),
  },
  (t) => [
    index("fee_schedule_broker").on(t.broker, t.root, t.validFrom, t.feeKey),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("fee_schedule_commission", sql`${t.commissionPerSide} between -1000 and 1000`),
    check("fee_schedule_fee", sql`${t.feePerSide} between -1000 and 1000`),
  ],
);

/** Accounts whose unknown costs are modelled, and whose fee table does it. */
export const accountFees = sqliteTable(
  "account_fees",
  {
    accountId: accountRef().primaryKey(),
    broker: ascii("broker").notNull(),
  },
  (t) => [foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] })],
);

/** Which rules an account is under from which trading day on: JSON documents, as they were set. */
export const accountRules = sqliteTable(
  "account_rules",
  {
    id: rowId(),
    accountId: accountRef(),
    validFrom: ascii("valid_from").$type<TradingDay>().notNull(),
    name: text("name").notNull(),
    document: text("document").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("account_rules_valid").on(t.accountId, t.validFrom, t.id),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/** What rules need to know of an account at the start of each trading day and after its last event; derived. */
export const complianceState = sqliteTable(
  "compliance_state",
  {
    id: rowId(),
    accountId: accountRef(),
    tradingDay: ascii("trading_day").$type<TradingDay>().notNull(),
    startOfDayBalance: money("start_of_day_balance").notNull(),
    balance: money("balance").notNull(),
    highestEodBalance: money("highest_eod_balance").notNull(),
    floor: money("floor"),
    /** JSON, with money and prices in the units of the domain. */
    opening: text("opening").notNull(),
    state: text("state").notNull(),
  },
  (t) => [
    uniqueIndex("compliance_state_day").on(t.accountId, t.tradingDay),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
  ],
);

/**
 * Sums of results by period and bucket, kept in the fill's transaction. Dollars are whole millionths here, so that
 * adding to them in SQL is exact in both dialects.
 */
export const resultSums = sqliteTable(
  "result_sums",
  {
    id: rowId(),
    accountId: accountRef(),
    level: resultLevel("level").notNull(),
    family: sumFamily("family").notNull(),
    span: sumSpan("span").notNull(),
    period: ascii("period").notNull(),
    bucket: text("bucket").notNull(),
    count: count("count").notNull(),
    wins: count("wins").notNull(),
    losses: count("losses").notNull(),
    quantity: whole("quantity").notNull(),
    grossPnl: micros("gross_micros").notNull(),
    commissions: micros("commission_micros").notNull(),
    fees: micros("fee_micros").notNull(),
    won: micros("won_micros").notNull(),
    unknownCosts: count("unknown_costs").notNull(),
    seconds: whole("seconds").notNull(),
    winSeconds: whole("win_seconds").notNull(),
    lossSeconds: whole("loss_seconds").notNull(),
  },
  (t) => [
    uniqueIndex("result_sums_key").on(t.accountId, t.level, t.family, t.span, t.period, t.bucket),
    // The days of a calendar, without a look at rows that lie a day's buckets apart.
    index("result_sums_days")
      .on(
        t.accountId,
        t.level,
        t.period,
        t.count,
        t.wins,
        t.losses,
        t.grossPnl,
        t.commissions,
        t.fees,
      )
      .where(sql`family = 0 and span = 0`),
  ],
);

/** What a person wrote on an order or a fill: a fact, which a rebuild leaves alone. */
export const annotations = sqliteTable(
  "annotations",
  {
    id: rowId(),
    accountId: accountRef(),
    target: text("target").$type<AnnotationTarget>().notNull(),
    targetId: ascii("target_id").notNull(),
    note: text("note"),
    /** JSON array of texts. */
    tags: text("tags").notNull(),
    plannedRisk: money("planned_risk"),
    checksum: ascii("checksum").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("annotations_target").on(t.accountId, t.target, t.targetId),
    foreignKey({ columns: [t.accountId], foreignColumns: [accounts.accountId] }),
    check("annotations_target", sql`${t.target} in ('order', 'fill')`),
    check("annotations_risk", sql`${t.plannedRisk} > 0`),
  ],
);
