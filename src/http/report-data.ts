import type {
  AccountRow,
  CalendarDay,
  Distribution,
  Drawdowns,
  Equity,
  Excursion,
  Group,
  OrderRow,
  Performance,
  PositionRow,
  Statistics,
  TradeRow,
} from "./answer-rows.js";

/** What is as it is now, whatever dates are asked for. */
export interface Standing {
  readonly accounts: readonly AccountRow[];
  readonly positions: readonly PositionRow[];
  readonly working: readonly OrderRow[];
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
}

/** Where an account stands under its rules. */
export interface Risk {
  readonly accountId: string;
  readonly equity: number;
  readonly dailyPnl: number;
  readonly dll: {
    readonly limit: number;
    readonly used: number;
    readonly remaining: number;
    readonly violated: boolean;
  } | null;
  readonly mll: {
    readonly limit: number;
    readonly floor: number;
    readonly remaining: number;
    readonly violated: boolean;
  } | null;
  readonly canTrade: boolean;
  readonly reason: string | null;
}

/** Something that the rules found. */
export interface ComplianceRow {
  readonly accountId: string;
  readonly tradingDay: string;
  readonly timestamp: string;
  readonly severity: string;
  readonly message: string;
}

/** What the rules of the chosen accounts say. */
export interface RuleFigures {
  readonly risks: readonly Risk[];
  /** The balance at which the account is lost, by trading day; empty for several accounts. */
  readonly floor: readonly (readonly [tradingDay: string, balance: number])[];
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
