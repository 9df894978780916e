import "reflect-metadata";
import {
  type DependencyContainer,
  container as globalContainer,
  type InjectionToken,
} from "tsyringe";
import { KNOWN_FEES } from "./brokers/known-fees.js";
import { type BlotterOptions, type Config, parseConfig, withoutPassword } from "./config.js";
import { AccountService, EndOfDay } from "./ports/account-service.js";
import { BackupFolder, BackupService, StoreArchiver } from "./ports/backup.js";
import { BrokerClient } from "./ports/broker-client.js";
import { Clock } from "./ports/clock.js";
import { ComplianceMonitor, RuleService } from "./ports/compliance.js";
import { FeeService, KnownFees } from "./ports/fees.js";
import { Ids } from "./ports/ids.js";
import { MarkService } from "./ports/mark-service.js";
import { AnnotationService, PerformanceService } from "./ports/performance.js";
import { BookQueries } from "./ports/queries.js";
import { Reconciler } from "./ports/reconciler.js";
import { Scheduler } from "./ports/scheduler.js";
import {
  BrokerIntake,
  ContractService,
  EventSubscriptions,
  FileImporter,
  OrderService,
  PositionService,
  QuarantineService,
  TradeConsolidator,
} from "./ports/services.js";
import { Store } from "./ports/store.js";
import { StrategyOfTag } from "./ports/strategy.js";
import { type TransferReport, TransferService, type TransferWishes } from "./ports/transfer.js";
import { Version } from "./ports/version.js";
import { AccountAdopter } from "./services/account-adopter.js";
import { AccountBook } from "./services/account-book.js";
import { StoredAccountService } from "./services/account-service.js";
import { StoredAnnotationService } from "./services/annotation-service.js";
import { ProvedBackupService } from "./services/backup-service.js";
import { BalanceWatch } from "./services/balance-watch.js";
import { BracketLinks } from "./services/bracket-links.js";
import { EventIntake } from "./services/broker-intake.js";
import { CashBook } from "./services/cash-book.js";
import { RuleComplianceMonitor } from "./services/compliance-monitor.js";
import { ContractBook } from "./services/contract-book.js";
import { StoredContractService } from "./services/contract-service.js";
import { DayBook } from "./services/day-book.js";
import { Doorbell } from "./services/doorbell.js";
import { ScheduledEndOfDay } from "./services/end-of-day.js";
import { OutboxDelivery } from "./services/event-delivery.js";
import { EventPreparation } from "./services/event-preparation.js";
import { FactRecorder } from "./services/fact-recorder.js";
import { FeeBook } from "./services/fee-book.js";
import { StoredFeeService } from "./services/fee-service.js";
import { BrokerFileImporter } from "./services/file-importer.js";
import { HistoryComparison } from "./services/history-comparison.js";
import { ExtremeMarkService } from "./services/mark-service.js";
import { MissingEnds } from "./services/missing-ends.js";
import { MissingResults } from "./services/missing-results.js";
import { NoBroker } from "./services/no-broker.js";
import { OrderRecorder } from "./services/order-recorder.js";
import { BookkeepingOrderService } from "./services/order-service.js";
import { OrderSubmission } from "./services/order-submission.js";
import { PageReader } from "./services/page-reader.js";
import { StoredPerformanceService } from "./services/performance-service.js";
import { PositionExplainer } from "./services/position-explainer.js";
import { StoredPositionService } from "./services/position-service.js";
import { Quarantine } from "./services/quarantine.js";
import { StoredQuarantineService } from "./services/quarantine-service.js";
import { CursorReconciler } from "./services/reconciler.js";
import { RefusingArchiver } from "./services/refusing-archiver.js";
import { RowReader } from "./services/row-reader.js";
import { StoredRuleService } from "./services/rule-service.js";
import { StateComparison } from "./services/state-comparison.js";
import { StoredQueries } from "./services/stored-queries.js";
import { SyncRecord } from "./services/sync-record.js";
import { FifoTradeConsolidator } from "./services/trade-consolidator.js";
import { WriterFactory } from "./services/writer-factory.js";
import { BackupDirectory } from "./system/backup-directory.js";
import { CronScheduler } from "./system/cron-scheduler.js";
import { PackageVersion } from "./system/package-version.js";
import { ShaIds } from "./system/sha-ids.js";
import { SystemClock } from "./system/system-clock.js";
import { FactTransfer } from "./transfer/fact-transfer.js";
import { copyStore as copyBetween } from "./transfer/store-copy.js";

/** What `registerBlotter` hands back: the bot closes it when it ends. */
export interface BlotterHandle {
  /** Ends deliveries, waits for what is running, closes the store. */
  close(): Promise<void>;
}

/** All services, for programs without a container. */
export interface Blotter extends BlotterHandle {
  readonly orders: OrderService;
  readonly trades: TradeConsolidator;
  readonly positions: PositionService;
  readonly accounts: AccountService;
  readonly contracts: ContractService;
  readonly queries: BookQueries;
  readonly quarantine: QuarantineService;
  readonly compliance: ComplianceMonitor;
  readonly rules: RuleService;
  readonly importer: FileImporter;
  readonly intake: BrokerIntake;
  readonly marks: MarkService;
  readonly reconciler: Reconciler;
  readonly events: EventSubscriptions;
  readonly fees: FeeService;
  readonly endOfDay: EndOfDay;
  readonly backups: BackupService;
  readonly transfer: TransferService;
  readonly performance: PerformanceService;
  readonly annotations: AnnotationService;
  readonly store: Store;
}

/**
 * Opens (and migrates) the store and registers every service in the bot's own container.
 * @throws BlotterError `not_found`, `unsupported`, `corrupt` or `unavailable` when the store cannot be opened
 */
export async function registerBlotter(
  container: DependencyContainer,
  options: BlotterOptions = {},
): Promise<BlotterHandle> {
  const config = parseConfig(options);
  const clock = options.clock ?? new SystemClock();
  const store = options.store ?? (await openStore(config, clock));
  container.registerInstance(Clock, clock);
  container.registerInstance(Ids, new ShaIds());
  container.registerInstance(Scheduler, new CronScheduler());
  container.registerInstance(Store, store);
  container.registerInstance(StrategyOfTag, config.strategyOf);
  const ownStore = options.store !== undefined;
  await registerBackups(
    container,
    config,
    ownStore ? new RefusingArchiver("your own store") : null,
  );
  container.registerInstance(BrokerClient, options.broker ?? new NoBroker());
  container.registerInstance(KnownFees, KNOWN_FEES);
  for (const [token, service] of SERVICES) container.registerSingleton(token, service);
  for (const service of COLLABORATORS) container.registerSingleton(service);
  const delivery = container.resolve(OutboxDelivery);
  container.registerInstance(EventSubscriptions, delivery);
  const trades = container.resolve(TradeConsolidator);
  const transfer = new FactTransfer({ store, trades }, container.resolve(Ids));
  container.registerInstance(TransferService, transfer);
  await container.resolve(MissingEnds).make();
  await container.resolve(MissingResults).make();
  if (config.closeDays) container.resolve(EndOfDay).start();
  return {
    async close() {
      try {
        await container.resolve(MarkService).flush();
      } finally {
        await container.resolve(EndOfDay).stop();
        await delivery.close();
        await store.close();
      }
    },
  };
}

/** The same without a container in sight. @throws as `registerBlotter` */
export async function createBlotter(options: BlotterOptions = {}): Promise<Blotter> {
  const container = globalContainer.createChildContainer();
  const handle = await registerBlotter(container, options);
  return {
    orders: container.resolve(OrderService),
    trades: container.resolve(TradeConsolidator),
    positions: container.resolve(PositionService),
    accounts: container.resolve(AccountService),
    contracts: container.resolve(ContractService),
    queries: container.resolve(BookQueries),
    quarantine: container.resolve(QuarantineService),
    compliance: container.resolve(ComplianceMonitor),
    rules: container.resolve(RuleService),
    importer: container.resolve(FileImporter),
    intake: container.resolve(BrokerIntake),
    marks: container.resolve(MarkService),
    reconciler: container.resolve(Reconciler),
    events: container.resolve(EventSubscriptions),
    fees: container.resolve(FeeService),
    endOfDay: container.resolve(EndOfDay),
    backups: container.resolve(BackupService),
    transfer: container.resolve(TransferService),
    performance: container.resolve(PerformanceService),
    annotations: container.resolve(AnnotationService),
    store: container.resolve(Store),
    close: () => handle.close(),
  };
}

/**
 * Backups of a store that stays closed, as restoring needs it.
 * @throws BlotterError `invalid` naming the option
 */
export async function openBackups(options: BlotterOptions = {}): Promise<BackupService> {
  const container = globalContainer.createChildContainer();
  container.registerInstance(Clock, new SystemClock());
  await registerBackups(container, parseConfig(options), null);
  return container.resolve(BackupService);
}

async function registerBackups(
  container: DependencyContainer,
  config: Config,
  archiver: StoreArchiver | null,
): Promise<void> {
  const clock = container.resolve(Clock);
  container.registerInstance(StoreArchiver, archiver ?? (await openArchiver(config, clock)));
  container.registerInstance(BackupFolder, new BackupDirectory(config.backups));
  container.registerInstance(Scheduler, new CronScheduler());
  container.registerInstance(Version, new PackageVersion());
  container.registerSingleton(BackupService, ProvedBackupService);
}

/**
 * Copies the store behind one url into an empty or new one behind another, of any kind, and proves that both hold
 * the same. @throws BlotterError `not_found`, `conflict` when the target is not empty, `corrupt`
 */
export async function copyStore(
  from: string,
  to: string,
  wishes: TransferWishes = {},
): Promise<TransferReport> {
  const stores = {
    open: (url: string, create: boolean) => createBlotter({ url, create, closeDays: false }),
  };
  return copyBetween(stores, from, to, new ShaIds(), wishes);
}

type Constructor = new (...args: never[]) => unknown;

const SERVICES: readonly (readonly [InjectionToken<unknown>, Constructor])[] = [
  [OrderService, BookkeepingOrderService],
  [TradeConsolidator, FifoTradeConsolidator],
  [PositionService, StoredPositionService],
  [AccountService, StoredAccountService],
  [ContractService, StoredContractService],
  [BookQueries, StoredQueries],
  [QuarantineService, StoredQuarantineService],
  [ComplianceMonitor, RuleComplianceMonitor],
  [RuleService, StoredRuleService],
  [FileImporter, BrokerFileImporter],
  [BrokerIntake, EventIntake],
  [MarkService, ExtremeMarkService],
  [Reconciler, CursorReconciler],
  [FeeService, StoredFeeService],
  [EndOfDay, ScheduledEndOfDay],
  [PerformanceService, StoredPerformanceService],
  [AnnotationService, StoredAnnotationService],
];

const COLLABORATORS: readonly Constructor[] = [
  AccountAdopter,
  AccountBook,
  BalanceWatch,
  CashBook,
  BracketLinks,
  ContractBook,
  DayBook,
  Doorbell,
  EventPreparation,
  FactRecorder,
  HistoryComparison,
  MissingEnds,
  MissingResults,
  FeeBook,
  OrderRecorder,
  OrderSubmission,
  OutboxDelivery,
  PositionExplainer,
  PageReader,
  Quarantine,
  RowReader,
  StateComparison,
  SyncRecord,
  WriterFactory,
];

/** The store behind a url. Drivers are loaded when they are needed. */
export async function openStore(config: Config, clock: Clock): Promise<Store> {
  const { store, create, lockTimeoutMs } = config;
  switch (store.kind) {
    case "sqlite": {
      const { SqliteStore } = await import("./storage/sqlite/store.js");
      return SqliteStore.open({ path: store.path, create, lockTimeoutMs }, clock);
    }
    case "sqlite-memory": {
      const { SqliteStore } = await import("./storage/sqlite/store.js");
      return SqliteStore.openMemory(clock);
    }
    case "postgres": {
      const { PostgresStore } = await import("./storage/postgres/store.js");
      return PostgresStore.open(
        { url: store.url, name: withoutPassword(store.url), create, lockTimeoutMs },
        clock,
      );
    }
    case "pglite":
    case "pglite-memory": {
      const { PgliteStore } = await import("./storage/postgres/pglite-store.js");
      return PgliteStore.open(store.kind === "pglite" ? store.directory : null, create, clock);
    }
  }
}

/** What copies the store behind a url, and puts copies back. */
async function openArchiver({ store }: Config, clock: Clock): Promise<StoreArchiver> {
  switch (store.kind) {
    case "sqlite": {
      const { SqliteArchiver } = await import("./storage/sqlite/archiver.js");
      return new SqliteArchiver(store.path, clock);
    }
    case "sqlite-memory":
      return new RefusingArchiver("a store in memory");
    case "postgres": {
      const { PostgresArchiver } = await import("./storage/postgres/archiver.js");
      return new PostgresArchiver(store.url, withoutPassword(store.url), clock);
    }
    case "pglite":
    case "pglite-memory":
      return new RefusingArchiver("a pglite store");
  }
}
