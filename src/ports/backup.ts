import type { InjectionToken } from "tsyringe";
import type { BackupContent, BackupEngine, BackupKind, BackupManifest } from "../domain/backup.js";
import type { ScheduledJob } from "./scheduler.js";

/** Copies one store, and puts copies back. Each kind of store has its own; none needs the store to be open. */
export interface StoreArchiver {
  readonly engine: BackupEngine;
  /** The store's own name, for people and for names of files. */
  readonly storeName: string;
  /** How names of its copies end: ".db", ".dump". */
  readonly ending: string;
  /**
   * Writes one committed moment into an empty file while others write to the store, and proves that the copy
   * holds what that moment held.
   * @throws BlotterError `not_found` without a store; `corrupt` when the copy is not what it should be
   */
  copy(file: string): Promise<BackupContent>;
  /** The newest events of the store as it is now. @throws BlotterError `not_found` without a store */
  head(): Promise<BackupContent["head"]>;
  /**
   * Puts a copy in the place of the store, after proving what it holds; the store that was there is kept aside.
   * @param unpack writes the copy into an empty file
   * @throws BlotterError `unavailable` when anything else has the store open; `corrupt`, `unsupported` for a copy
   *   that cannot be restored. The store is then as it was.
   */
  restore(unpack: (file: string) => Promise<void>, expected: BackupContent): Promise<Restored>;
}
export const StoreArchiver: InjectionToken<StoreArchiver> = Symbol("StoreArchiver");

export interface Restored {
  /** Where the store that was there is now; null when there was none. */
  readonly kept: string | null;
}

/** A file that is being made; it has no name that a person would take for a backup. */
export interface Draft {
  readonly path: string;
}

/** A backup as it lies in its folder: one whose manifest cannot be read hides no other. */
export type ListedBackup =
  | { readonly name: string; readonly manifest: BackupManifest; readonly problem: null }
  | { readonly name: string; readonly manifest: null; readonly problem: string };

/** The place where backups lie, each with its manifest beside it. */
export interface BackupFolder {
  readonly path: string;
  /** An empty, private file. Drafts of processes that are gone are removed. @throws BlotterError `unavailable` */
  draft(): Promise<Draft>;
  /** Gives a finished draft its name and manifest, all or nothing; compressed when asked to. */
  keep(
    draft: Draft,
    manifest: Omit<BackupManifest, "bytes" | "sha256">,
    compress: boolean,
  ): Promise<BackupManifest>;
  discard(draft: Draft): Promise<void>;
  /** What lies there, by name; a folder that is not there has nothing. */
  list(): Promise<readonly ListedBackup[]>;
  remove(name: string): Promise<void>;
  /** The manifest of a backup by name, or of a file elsewhere by path. @throws BlotterError `not_found`, `corrupt` */
  manifest(nameOrPath: string): Promise<BackupManifest>;
  /** Writes a backup's content into an empty file. @throws BlotterError `corrupt` when its bytes are not its own */
  unpack(
    nameOrPath: string,
    manifest: BackupManifest,
    file: string,
    onProgress?: (progress: RestoreProgress) => void,
  ): Promise<void>;
  /** Null when a backup's bytes are its own, else what is wrong. */
  problem(manifest: BackupManifest): Promise<string | null>;
}
export const BackupFolder: InjectionToken<BackupFolder> = Symbol("BackupFolder");

/** Copies of the store: taken while it is written to, proved before they are named, and put back. */
export interface BackupService {
  /**
   * Takes a backup of one committed moment; old ones of the same store that are past their keeping go.
   * @throws BlotterError `not_found` without a store; `corrupt` when the copy is not sound; `unavailable` when
   *   it cannot be written, and then nothing is left behind
   */
  create(kind?: BackupKind): Promise<BackupManifest>;
  /** Takes the backup that is due by now, if one is and anything was recorded since the last. */
  createIfDue(): Promise<BackupManifest | null>;
  /** Backups of this store, oldest first. */
  list(): Promise<readonly BackupManifest[]>;
  /** Reads every byte of each backup, oldest first, then those of the folder whose manifest cannot be read. */
  check(): Promise<readonly CheckedBackup[]>;
  /**
   * Puts a backup in the store's place, after proving it; the old store is kept aside.
   * @param backup its name, or the path of a file with its manifest beside it
   * @throws BlotterError `not_found`; `corrupt` or `unsupported` for a backup that cannot be restored;
   *   `unavailable` while anything has the store open. The store is then as it was.
   */
  restore(backup: string, onProgress?: (progress: RestoreProgress) => void): Promise<RestoreReport>;
  /**
   * Looks every hour, at five past, whether a backup is due: hourly while there is trading, daily from 17:00 in
   * Chicago on, weekly, monthly. `onDone` hears of each that was made, `onError` of each that failed.
   */
  schedule(listeners?: BackupListeners): ScheduledJob;
}
export const BackupService: InjectionToken<BackupService> = Symbol("BackupService");

/** How far a restore is: bytes of the backup that were read, twice; then its content is compared. */
export interface RestoreProgress {
  readonly step: "reading" | "unpacking" | "comparing";
  readonly done: number;
  /** Null where it is not counted. */
  readonly total: number | null;
}

export interface RestoreReport extends Restored {
  readonly backup: BackupManifest;
}

export interface CheckedBackup {
  readonly name: string;
  /** Null when it cannot be read. */
  readonly manifest: BackupManifest | null;
  /** Null for a sound one. */
  readonly problem: string | null;
}

export interface BackupListeners {
  readonly onDone?: (backup: BackupManifest) => void;
  /** Without it, errors go to the process's warnings. */
  readonly onError?: (error: unknown) => void;
}
