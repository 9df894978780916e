import type { z } from "zod";
import type { ACCOUNT_ROW } from "./endpoints/accounts.js";
import type { COMPLIANCE_ROW, FLOOR, RISK } from "./endpoints/compliance.js";
import type { ORDER_ROW } from "./endpoints/orders.js";
import type {
  CALENDAR_DAY,
  DISTRIBUTION,
  DRAWDOWNS,
  EQUITY,
  EXCURSION,
  GROUP,
  PERFORMANCE,
  ROLLING,
  STATISTICS,
} from "./endpoints/performance-schemas.js";
import type { POSITION_ROW } from "./endpoints/positions.js";
import type { TRADE_RECORD, TRADE_ROW } from "./endpoints/trades.js";

/** What the endpoints answer. */
export type AccountRow = z.output<typeof ACCOUNT_ROW>;
export type OrderRow = z.output<typeof ORDER_ROW>;
export type PositionRow = z.output<typeof POSITION_ROW>;
export type TradeRow = z.output<typeof TRADE_ROW>;
export type TradeRecord = z.output<typeof TRADE_RECORD>;
export type Performance = z.output<typeof PERFORMANCE>;
export type Statistics = z.output<typeof STATISTICS>;
export type Equity = z.output<typeof EQUITY>;
export type Drawdowns = z.output<typeof DRAWDOWNS>;
export type CalendarDay = z.output<typeof CALENDAR_DAY>;
export type Group = z.output<typeof GROUP>;
export type Distribution = z.output<typeof DISTRIBUTION>;
export type RollingPoint = z.output<typeof ROLLING>;
export type Excursion = z.output<typeof EXCURSION>;
export type Risk = z.output<typeof RISK>;
export type Floor = z.output<typeof FLOOR>;
export type ComplianceRow = z.output<typeof COMPLIANCE_ROW>;
