import type { InjectionToken } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import type { PlainRow } from "../domain/plain.js";
import type { ImportFile } from "./services.js";

/** Kinds of rows that are exported as the reading commands print them. */
export const EXPORTED_ROWS = [
  "trades",
  "fills",
  "orders",
  "positions",
  "closed-positions",
  "days",
] as const;
export type ExportedRows = (typeof EXPORTED_ROWS)[number];

export interface TransferReport {
  /** Facts that were carried. */
  readonly rows: number;
  /** Hash of the canonical state that they make. */
  readonly state: string;
}

/** How far a transfer is. */
export interface TransferProgress {
  readonly step: "reading" | "writing" | "rebuilding" | "comparing";
  /** Facts, or rows, of the step; 0 where it does not count. */
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

export interface TransferWishes {
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

export interface ExportWishes extends TransferWishes {
  /** Only what is this account's, and what no account has: products, contracts, fees for all. */
  readonly accountId?: AccountId | undefined;
}

/** Carries books out of a store and into one. Memory does not grow with them. */
export interface TransferService {
  /** Writes every fact as Blotter's own export, of one committed moment; equal books make equal text. */
  exportFacts(
    write: (text: string) => Promise<void>,
    wishes?: ExportWishes,
  ): Promise<TransferReport>;
  /**
   * Takes an export into an empty store and makes what follows from it.
   * @throws BlotterError `conflict` for a store that is not empty; `invalid`, `corrupt` or `unsupported` for a file
   *   that cannot be taken, before the first write
   */
  importFacts(file: ImportFile, wishes?: TransferWishes): Promise<TransferReport>;
  /** Hands over rows of one kind, account by account, of one committed moment. */
  exportRows(
    kind: ExportedRows,
    write: (rows: readonly PlainRow[]) => Promise<void>,
    wishes?: ExportWishes,
  ): Promise<void>;
}
export const TransferService: InjectionToken<TransferService> = Symbol("TransferService");
