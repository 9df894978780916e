import type { Command } from "commander";
import { BlotterError } from "../domain/errors.js";
import type { AccountService } from "../ports/account-service.js";
import type { BackupService } from "../ports/backup.js";
import type { FileFormat } from "../ports/broker.js";
import type { BrokerClient } from "../ports/broker-client.js";
import type { ComplianceMonitor, RuleService } from "../ports/compliance.js";
import type { FeeService } from "../ports/fees.js";
import type { MarkService } from "../ports/mark-service.js";
import type { OldProgram } from "../ports/old-program.js";
import type {
  AnnotationService,
  PerformanceFilter,
  PerformanceService,
} from "../ports/performance.js";
import type { BookQueries } from "../ports/queries.js";
import type { HistoryReader, Reconciler } from "../ports/reconciler.js";
import type {
  ContractService,
  FileImporter,
  OrderService,
  PositionService,
  QuarantineService,
  TradeConsolidator,
} from "../ports/services.js";
import type { Store } from "../ports/store.js";
import type { TransferReport, TransferService, TransferWishes } from "../ports/transfer.js";
import type { ExitCode } from "./exit-codes.js";
import type { Output } from "./output.js";

/** The opened books as the commands use them. */
export interface Books {
  readonly orders: OrderService;
  readonly trades: TradeConsolidator;
  readonly positions: PositionService;
  readonly accounts: AccountService;
  readonly contracts: ContractService;
  readonly queries: BookQueries;
  readonly quarantine: QuarantineService;
  readonly rules: RuleService;
  readonly compliance: ComplianceMonitor;
  readonly marks: MarkService;
  readonly importer: FileImporter;
  readonly fees: FeeService;
  readonly transfer: TransferService;
  readonly reconciler: Reconciler;
  readonly performance: PerformanceService;
  readonly annotations: AnnotationService;
  readonly store: Store;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Left out: the environment's, else the default. */
  readonly url?: string | undefined;
  /** False: a store that does not exist is a `not_found` error. */
  readonly create: boolean;
  /** Whom the reconciler asks. */
  readonly broker?: BrokerClient;
}

export interface OpenBackupsOptions extends Pick<OpenOptions, "url"> {
  /** The folder of backups; left out: the default. */
  readonly backups?: string | undefined;
}

export interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly allowedHosts?: readonly string[];
  readonly token?: string;
  readonly version: string;
  readonly onError: (error: unknown) => void;
}

/** The server of the data endpoints and the dashboard. */
export interface BooksServer {
  /** @throws BlotterError `invalid` without a token for other machines; `unavailable` for a taken port */
  serveBlotter(
    books: Books,
    options: ServeOptions,
  ): Promise<{ readonly url: string; readonly isEverywhere: boolean; close(): Promise<void> }>;
  /** A report as one page. @throws BlotterError `not_found`, `invalid`; `unsupported` before a build */
  reportPage(books: Books, filter: PerformanceFilter): Promise<string>;
  /** The token in a file, made when there is none. @throws BlotterError `invalid` */
  tokenFrom(path: string): Promise<{ readonly token: string; readonly isNew: boolean }>;
}

/** What the command line is given by its surroundings. */
export interface CliDependencies {
  readonly version: string;
  readonly formats: readonly FileFormat[];
  readonly oldProgram: OldProgram;
  open(options: OpenOptions): Promise<Books>;
  /** Backups of a store that stays closed. */
  openBackups(options: OpenBackupsOptions): Promise<BackupService>;
  /** Copies the store at one url into an empty one at another. */
  copy(from: string, to: string, wishes?: TransferWishes): Promise<TransferReport>;
  /** The broker's API. @throws BlotterError `invalid` when the environment has no credentials for it */
  broker(onWarning: (message: string) => void): Promise<BrokerClient>;
  readonly readHistory: HistoryReader;
  /** Calls back once when the user wants it to stop (Ctrl-C); what it returns ends that. */
  onInterrupt(listener: () => void): () => void;
  /** @throws BlotterError `invalid` for a text that is no store url */
  checkUrl(url: string): void;
  loadServer(): Promise<BooksServer>;
  /** Resolves when the user or the system asks the program to end. */
  untilStopped(): Promise<void>;
  stdin(): AsyncIterable<string | Uint8Array>;
  /** Resolves once the person or the system wants the program to end. */
  interrupted(): Promise<void>;
  readonly out: Output;
  readonly err: Output;
  setExitCode(code: ExitCode): void;
}

/** Opens the store that the command's `--db` names, and closes it whatever happens. */
export async function withBooks<T>(
  cli: CliDependencies,
  command: Command,
  work: (books: Books) => Promise<T>,
  create = false,
  broker?: BrokerClient,
): Promise<T> {
  const books = await cli.open({
    url: storeUrl(cli, command),
    create,
    ...(broker !== undefined && { broker }),
  });
  try {
    return await work(books);
  } finally {
    await books.close();
  }
}

/** The checked `--db`. */
export function storeUrl(cli: CliDependencies, command: Command): string | undefined {
  const { db } = command.optsWithGlobals<{ readonly db?: string }>();
  if (db !== undefined) checkedUrl(cli, command, "--db", db);
  return db;
}

/** Wrong usage for what is no url. Commander's own message would show the text, and with it a password. */
export function checkedUrl(
  cli: CliDependencies,
  command: Command,
  option: string,
  url: string,
): void {
  try {
    cli.checkUrl(url);
  } catch (error) {
    if (error instanceof BlotterError) command.error(`error: option '${option}': ${error.message}`);
    throw error;
  }
}

/** One line for people beside the output proper. */
export function note(cli: CliDependencies, text: string): Promise<void> {
  return cli.err.write(`blotter: ${text}\n`);
}
