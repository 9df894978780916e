import type {
  AccountRow,
  CalendarDay,
  ComplianceRow,
  Distribution,
  Drawdowns,
  Equity,
  Excursion,
  Floor,
  Group,
  OrderRow,
  Performance,
  PositionRow,
  Risk,
  RollingPoint,
  Statistics,
  TradeRow,
} from "./answer-rows.js";

/** What is as it is now, whatever dates are asked for. */
export interface Standing {
  readonly accounts: readonly AccountRow[];
  readonly positions: readonly PositionRow[];
  readonly working: readonly OrderRow[];
  /** Of each account. */
  readonly risks: readonly Risk[];
}

/** What the chosen accounts and dates come to. */
export interface Figures {
  readonly performance: Performance;
  readonly statistics: Statistics;
  readonly equity: Equity;
  readonly drawdowns: Drawdowns;
  readonly calendar: readonly CalendarDay[];
  readonly byHour: readonly Group[];
  readonly byWeekday: readonly Group[];
  readonly bySymbol: readonly Group[];
  readonly byStrategy: readonly Group[];
  readonly distribution: Distribution;
  readonly excursions: readonly Excursion[];
  /** Of the last 20 and 60 days, up to each day. */
  readonly rolling20: readonly RollingPoint[];
  readonly rolling60: readonly RollingPoint[];
}

/** The balance at which an account is lost, by trading day, oldest first. */
export interface AccountFloor {
  readonly accountId: string;
  readonly name: string;
  readonly floors: readonly Floor[];
}

/** What the rules of the chosen accounts say. */
export interface RuleFigures {
  /** Of each account whose balance is drawn. */
  readonly floors: readonly AccountFloor[];
  /** Oldest first. */
  readonly compliance: readonly ComplianceRow[];
}

/** Everything that a report shows, as the endpoints would answer it. */
export interface ReportData {
  /** ISO-8601 instant. */
  readonly generatedAt: string;
  /** Accounts and dates, in words. */
  readonly scope: string;
  readonly standing: Standing;
  readonly figures: Figures;
  readonly rules: RuleFigures;
  /** The newest, newest first. */
  readonly trades: readonly TradeRow[];
}
