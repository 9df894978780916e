import type { InjectionToken } from "tsyringe";
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

/** Carries books out of a store and into one. Memory does not grow with them. */
export interface TransferService {
  /** Writes every fact as Blotter's own export, of one committed moment; equal books make equal text. */
  exportFacts(write: (text: string) => Promise<void>): Promise<TransferReport>;
  /**
   * Takes an export into an empty store and makes what follows from it.
   * @throws BlotterError `conflict` for a store that is not empty; `invalid`, `corrupt` or `unsupported` for a file
   *   that cannot be taken, before the first write
   */
  importFacts(file: ImportFile): Promise<TransferReport>;
  /** Hands over rows of one kind, account by account, of one committed moment. */
  exportRows(
    kind: ExportedRows,
    write: (rows: readonly PlainRow[]) => Promise<void>,
  ): Promise<void>;
}
export const TransferService: InjectionToken<TransferService> = Symbol("TransferService");
