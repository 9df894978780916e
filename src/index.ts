export { FILE_FORMATS, fileFormat } from "./brokers/formats.js";
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
export type { Account, AccountInput, AccountType } from "./domain/account.js";
export type { BackupContent, BackupKind, BackupManifest } from "./domain/backup.js";
export type { OrderStatus, OrderType, PositionSide, Side } from "./domain/codes.js";
export type { Contract, Product, ProductInput } from "./domain/contract.js";
export type { DayTotals } from "./domain/daily.js";
export { BlotterError, type ErrorCode } from "./domain/errors.js";
export type { Fill, FillInput, FillState } from "./domain/fill.js";
export type { AccountId, ContractId, FillId, FillKey, OrderId } from "./domain/ids.js";
export { formatInstant, type Instant, type InstantInput } from "./domain/instant.js";
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
export {
  type PlainRow,
  type PlainValue,
  plainAccount,
  plainClosedPosition,
  plainContract,
  plainDay,
  plainFill,
  plainMatch,
  plainOrder,
  plainPosition,
  plainTrade,
} from "./domain/plain.js";
export type { Position } from "./domain/position.js";
export type { StrategyRule } from "./domain/strategy.js";
export type { Trade } from "./domain/trade.js";
export { type TradingDay, tradingDay } from "./domain/trading-day.js";
export {
  type BackupListeners,
  BackupService,
  type Restored,
  type RestoreReport,
} from "./ports/backup.js";
export type { BrokerEvent, FileFormat, FileRow, RowProblem } from "./ports/broker.js";
export { type CanonicalState, hashCanonicalState } from "./ports/canonical-state.js";
export { Clock } from "./ports/clock.js";
export type { OutboxEvent, RecordedEvent } from "./ports/events.js";
export { type Digest, Ids } from "./ports/ids.js";
export type { OrderEvent, QuarantineEntry } from "./ports/repositories.js";
export type { ScheduledJob } from "./ports/scheduler.js";
export {
  AccountService,
  type AccountSummary,
  BrokerIntake,
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
} from "./ports/services.js";
export { Store } from "./ports/store.js";
export { type ExportedRows, type TransferReport, TransferService } from "./ports/transfer.js";
