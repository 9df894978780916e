import "reflect-metadata";
import {
  type DependencyContainer,
  container as globalContainer,
  type InjectionToken,
} from "tsyringe";
import { KNOWN_FEES } from "./brokers/known-fees.js";
import { type BlotterOptions, type Config, parseConfig, withoutPassword } from "./config.js";
import { BrokerClient } from "./ports/broker-client.js";
import { Clock } from "./ports/clock.js";
import { FeeService, KnownFees } from "./ports/fees.js";
import { Ids } from "./ports/ids.js";
import { MarkService } from "./ports/mark-service.js";
import { AnnotationService, PerformanceService } from "./ports/performance.js";
import { BookQueries } from "./ports/queries.js";
import { Reconciler } from "./ports/reconciler.js";
import {
  AccountService,
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
import { AccountBook } from "./services/account-book.js";
import { StoredAccountService } from "./services/account-service.js";
import { StoredAnnotationService } from "./services/annotation-service.js";
import { EventIntake } from "./services/broker-intake.js";
import { ContractBook } from "./services/contract-book.js";
import { StoredContractService } from "./services/contract-service.js";
import { Doorbell } from "./services/doorbell.js";
import { OutboxDelivery } from "./services/event-delivery.js";
import { EventPreparation } from "./services/event-preparation.js";
import { FactRecorder } from "./services/fact-recorder.js";
import { FeeBook } from "./services/fee-book.js";
import { StoredFeeService } from "./services/fee-service.js";
import { BrokerFileImporter } from "./services/file-importer.js";
import { HistoryComparison } from "./services/history-comparison.js";
import { ExtremeMarkService } from "./services/mark-service.js";
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
import { RowReader } from "./services/row-reader.js";
import { StateComparison } from "./services/state-comparison.js";
import { StoredQueries } from "./services/stored-queries.js";
import { SyncRecord } from "./services/sync-record.js";
import { FifoTradeConsolidator } from "./services/trade-consolidator.js";
import { WriterFactory } from "./services/writer-factory.js";
import { ShaIds } from "./system/sha-ids.js";
import { SystemClock } from "./system/system-clock.js";

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
  readonly importer: FileImporter;
  readonly intake: BrokerIntake;
  readonly marks: MarkService;
  readonly reconciler: Reconciler;
  readonly events: EventSubscriptions;
  readonly fees: FeeService;
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
  container.registerInstance(Store, store);
  container.registerInstance(StrategyOfTag, config.strategyOf);
  container.registerInstance(BrokerClient, options.broker ?? new NoBroker());
  container.registerInstance(KnownFees, KNOWN_FEES);
  for (const [token, service] of SERVICES) container.registerSingleton(token, service);
  for (const service of COLLABORATORS) container.registerSingleton(service);
  const delivery = container.resolve(OutboxDelivery);
  container.registerInstance(EventSubscriptions, delivery);
  return {
    async close() {
      try {
        await container.resolve(MarkService).flush();
      } finally {
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
    importer: container.resolve(FileImporter),
    intake: container.resolve(BrokerIntake),
    marks: container.resolve(MarkService),
    reconciler: container.resolve(Reconciler),
    events: container.resolve(EventSubscriptions),
    fees: container.resolve(FeeService),
    performance: container.resolve(PerformanceService),
    annotations: container.resolve(AnnotationService),
    store: container.resolve(Store),
    close: () => handle.close(),
  };
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
  [FileImporter, BrokerFileImporter],
  [BrokerIntake, EventIntake],
  [MarkService, ExtremeMarkService],
  [Reconciler, CursorReconciler],
  [FeeService, StoredFeeService],
  [PerformanceService, StoredPerformanceService],
  [AnnotationService, StoredAnnotationService],
];

const COLLABORATORS: readonly Constructor[] = [
  AccountBook,
  ContractBook,
  Doorbell,
  EventPreparation,
  FactRecorder,
  HistoryComparison,
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
