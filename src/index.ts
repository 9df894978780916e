export { FILE_FORMATS, fileFormat } from "./brokers/formats.js";
export type { ProjectXContract } from "./brokers/projectx/client/contract-row.js";
export {
  type ProjectXCredentials,
  projectXCredentials,
} from "./brokers/projectx/client/credentials.js";
export type { ProjectXBracket, ProjectXOrder } from "./brokers/projectx/client/order-request.js";
export { ProjectXClient, type ProjectXOptions } from "./brokers/projectx/client/projectx-client.js";
export {
  attachTo,
  attachToMarket,
  type HubAttachment,
  type HubOptions,
  type MarketHubOptions,
  type UserHubOptions,
} from "./brokers/projectx/hub.js";
export type { HubConnection, HubGap, HubTrouble } from "./brokers/projectx/hub-connection.js";
export type { ParsedPayload } from "./brokers/projectx/row-reading.js";
export { parseGatewayEvent } from "./brokers/projectx/stream.js";
export type { BlotterOptions } from "./config.js";
export {
  type Blotter,
  type BlotterHandle,
  copyStore,
  createBlotter,
  openBackups,
  registerBlotter,
} from "./container.js";
export type { Account, AccountInput } from "./domain/account.js";
export { type NamedAccount, readAccountName } from "./domain/account-name.js";
export type { AccountType } from "./domain/account-type.js";
export type {
  AdoptedLot,
  Adoption,
  AdoptionInput,
  BeforeAdoption,
  OpenLotInput,
} from "./domain/adoption.js";
export type { Annotation, AnnotationTarget } from "./domain/annotation.js";
export type { BackupContent, BackupKind, BackupManifest } from "./domain/backup.js";
export type { CashInput, CashMovement, CashType } from "./domain/cash.js";
export type { OrderStatus, OrderType, PositionSide, Side } from "./domain/codes.js";
export type { ComplianceRule, FindingLevel } from "./domain/compliance/evaluate.js";
export type { Headroom } from "./domain/compliance/headroom.js";
export { type ComplianceEntry, FOR_GOOD } from "./domain/compliance/log.js";
export { plainComplianceEntry } from "./domain/compliance/plain-compliance.js";
export { plainRuleSet } from "./domain/compliance/plain-rules.js";
export { parseRuleSet } from "./domain/compliance/rule-document.js";
export type { RuleSet } from "./domain/compliance/rules.js";
export type { Contract } from "./domain/contract.js";
export type { DayTotals } from "./domain/daily.js";
export type { Epoch } from "./domain/epoch.js";
export { BlotterError, type ErrorCode } from "./domain/errors.js";
export type { ContractEnd, EndedPosition, SettlementInput } from "./domain/expiry.js";
export type { FeeAccount, FeeEntry, FeeInput } from "./domain/fees.js";
export type { Fill, FillInput, FillOrigin, FillState } from "./domain/fill.js";
export type { AccountId, ContractId, FillId, FillKey, OrderId } from "./domain/ids.js";
export { formatInstant, type Instant, type InstantInput } from "./domain/instant.js";
export type { MadeOrigin } from "./domain/made.js";
export type { Match } from "./domain/match.js";
export {
  type DecimalInput,
  formatMoney,
  formatPrice,
  type Money,
  moneyToNumber,
  type Price,
  priceToNumber,
} from "./domain/money.js";
export type { Order, OrderInput } from "./domain/order.js";
export type {
  IntentState,
  OrderIntent,
  OrderIntentInput,
  OrderToSend,
} from "./domain/order-intent.js";
export type {
  DailyLossRule,
  MaxLossRule,
  Simulation,
  SimulationOptions,
  SimulationRules,
} from "./domain/performance/bootstrap.js";
export { BREAKDOWNS, type Breakdown } from "./domain/performance/breakdown.js";
export type { DayFigures } from "./domain/performance/day-figures.js";
export type { Drawdown, UnderwaterPoint } from "./domain/performance/drawdown.js";
export { PERIODS, type Period } from "./domain/performance/period.js";
export { RESULT_LEVELS, type Result, type ResultLevel } from "./domain/performance/result.js";
export type { ResultFigures } from "./domain/performance/result-figures.js";
export type { RollingPoint } from "./domain/performance/rolling.js";
export type { TradeFigures } from "./domain/performance/trade-figures.js";
export {
  type PlainRow,
  type PlainValue,
  plainAccount,
  plainAdoption,
  plainCash,
  plainClosedPosition,
  plainContract,
  plainDay,
  plainDifference,
  plainFill,
  plainIntent,
  plainMatch,
  plainOrder,
  plainPosition,
  plainPositionSnapshot,
  plainReconciliation,
  plainSnapshot,
  plainSyncRun,
  plainTrade,
} from "./domain/plain.js";
export type { Position } from "./domain/position.js";
export type { Product, ProductInput } from "./domain/product.js";
export type {
  DifferenceKind,
  FoundDifference,
  Reconciliation,
  SyncReason,
  SyncRun,
} from "./domain/reconciliation.js";
export type { AccountSnapshot, PositionSnapshot, SnapshotType } from "./domain/snapshot.js";
export type { StrategyRule } from "./domain/strategy.js";
export type { Trade } from "./domain/trade.js";
export {
  type TradingDay,
  tradingDay,
  tradingDayEnd,
  tradingDayStart,
} from "./domain/trading-day.js";
export { type BlotterApp, type BlotterAppOptions, blotterApp } from "./http/blotter-app.js";
export { serveBlotter } from "./http/books-server.js";
export { collectReport } from "./http/collect-report.js";
export { readPageFiles } from "./http/page-files.js";
export type { ReportData } from "./http/report-data.js";
export { reportHtml } from "./http/report-page.js";
export type { Served, ServeOptions } from "./http/serve.js";
export type { ServedBooks } from "./http/served-books.js";
export {
  AccountService,
  type AccountSummary,
  type AdoptionOutcome,
  type CashOutcome,
  type DayOutcome,
  EndOfDay,
  type SnapshotFilter,
  type SnapshotInput,
} from "./ports/account-service.js";
export {
  type BackupListeners,
  BackupService,
  type Restored,
  type RestoreProgress,
  type RestoreReport,
} from "./ports/backup.js";
export type {
  AccountTold,
  BrokerEvent,
  BrokerPosition,
  FileFormat,
  FileRow,
  FlatPosition,
  QuoteInput,
  RowProblem,
  UnreadableInput,
} from "./ports/broker.js";
export { type BrokerAccount, BrokerClient } from "./ports/broker-client.js";
export { type CanonicalState, hashCanonicalState } from "./ports/canonical-state.js";
export { Clock } from "./ports/clock.js";
export {
  type AssignedRules,
  type ComplianceChange,
  type ComplianceFilter,
  ComplianceMonitor,
  type ComplianceStatus,
  type HeadroomRequest,
  type RuleAssignmentInput,
  RuleService,
} from "./ports/compliance.js";
export type { RuleAssignment } from "./ports/compliance-repositories.js";
export type { OutboxEvent, RecordedEvent } from "./ports/events.js";
export { type FeeFilter, FeeService, type Restated } from "./ports/fees.js";
export { type Digest, Ids } from "./ports/ids.js";
export { type MarkInput, type MarkOutcome, MarkService } from "./ports/mark-service.js";
export type { SendOrder, ToldTags } from "./ports/order-submission.js";
export {
  type AnnotationFilter,
  type AnnotationInput,
  AnnotationService,
  type BreakdownRow,
  type CalendarDay,
  type Distribution,
  type DrawdownCurve,
  type EquityCurve,
  type EquityPoint,
  type PerformanceFilter,
  PerformanceService,
  type PerformanceSummary,
  type PeriodRow,
} from "./ports/performance.js";
export {
  BookQueries,
  type ClosedRows,
  type Page,
  type PagePlace,
  type PageRequest,
  type TradePageRequest,
  type TradeRecord,
} from "./ports/queries.js";
export {
  type HistoryReader,
  Reconciler,
  type SyncOptions,
  type SyncProgress,
  type SyncReport,
  type SyncWatch,
  type ToldHistory,
  type WatchOptions,
} from "./ports/reconciler.js";
export type { OrderEvent, QuarantineEntry } from "./ports/repositories.js";
export { type ScheduledJob, Scheduler } from "./ports/scheduler.js";
export {
  BrokerIntake,
  type ClosedFilter,
  type Consolidation,
  ContractService,
  type Difference,
  EventSubscriptions,
  FileImporter,
  type FillChange,
  type FillCorrection,
  type FillOutcome,
  type FillVoid,
  type ImportCounts,
  type ImportFile,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type OrderOutcome,
  OrderService,
  type Outcome,
  type PnlDifference,
  PositionService,
  type QuarantineRetry,
  QuarantineService,
  type RebuildReport,
  type RowFilter,
  type SubscribeOptions,
  type Subscription,
  TradeConsolidator,
  type ValuedPosition,
} from "./ports/services.js";
export { Store } from "./ports/store.js";
export {
  type ExportedRows,
  type ExportWishes,
  type TransferProgress,
  type TransferReport,
  TransferService,
  type TransferWishes,
} from "./ports/transfer.js";
