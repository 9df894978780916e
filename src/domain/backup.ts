import { invalid } from "./errors.js";
import { show } from "./ids.js";
import type { Instant } from "./instant.js";
import { type TradingDay, tradingDay } from "./trading-day.js";

/**
 * Why a backup was made. A longer kind serves for the shorter ones too; manual ones stay until a person
 * removes them.
 */
export const BACKUP_KINDS = ["hourly", "daily", "weekly", "monthly", "manual"] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];
type ScheduledKind = Exclude<BackupKind, "manual">;

/** How many of each kind stay: grandfather, father, son. */
export const KEPT_BACKUPS: Readonly<Record<ScheduledKind, number>> = {
  hourly: 24,
  daily: 30,
  weekly: 8,
  monthly: 24,
};

/** Rows of one table, and a hash over all their values. */
export interface TableContent {
  readonly rows: number;
  readonly hash: string;
}

/** What a copy of a store holds; equal for two copies of one moment. */
export interface BackupContent {
  readonly tables: Readonly<Record<string, TableContent>>;
  /** The newest event of each account, by sequence: how far the books had come. */
  readonly head: Readonly<Record<string, number>>;
  /** Hashes of the applied migrations, oldest first. */
  readonly migrations: readonly string[];
}

/** What stands beside a backup: what it is, what it holds, and what its bytes must hash to. */
export interface BackupManifest extends BackupContent {
  readonly format: 1;
  readonly name: string;
  readonly kind: BackupKind;
  readonly engine: BackupEngine;
  /** The store's own name, for people. */
  readonly store: string;
  /** When its moment was pinned. */
  readonly takenAt: Instant;
  readonly bytes: number;
  readonly sha256: string;
  /** The version of Blotter that made it. */
  readonly blotter: string;
}

export const BACKUP_ENGINES = ["sqlite", "postgres"] as const;
export type BackupEngine = (typeof BACKUP_ENGINES)[number];

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/;

/** A name of a file in the folder of backups, never a path. @throws BlotterError `invalid` */
export function backupName(name: string): string {
  if (typeof name !== "string" || !NAME.test(name)) {
    throw invalid(
      `a backup's name is 1-101 letters, digits, dots, dashes and underscores, was ${show(name)}`,
    );
  }
  return name;
}

/** The name of a new backup: sorts by time, says what it is. */
export function newBackupName(
  store: string,
  kind: BackupKind,
  takenAt: Instant,
  ending: string,
): string {
  const stem = store.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  const stamp = new Date(takenAt / 1000).toISOString().replace(/[-:.]/g, "");
  return backupName(`${stem.slice(0, 40) || "store"}-${stamp}-${kind}${ending}`);
}

/** What the schedule looks at. */
export type PastBackup = Pick<BackupManifest, "name" | "kind" | "takenAt">;

/** Longest first: the longest that is due is made, and serves for the others. */
const PERIODS: readonly (readonly [ScheduledKind, (at: Instant) => string])[] = [
  ["monthly", (at) => tradingDay(at).slice(0, 7)],
  ["weekly", (at) => weekOf(tradingDay(at))],
  ["daily", (at) => tradingDay(at)],
  ["hourly", (at) => String(Math.floor(at / MICROS_PER_HOUR))],
];
const MICROS_PER_HOUR = 3_600_000_000;

/**
 * The kind of backup that is due: the longest whose period, by trading days (which end at 17:00 in Chicago),
 * has none yet; null when the hour has one.
 */
export function dueBackup(past: readonly PastBackup[], now: Instant): ScheduledKind | null {
  for (const [i, [kind, periodOf]] of PERIODS.entries()) {
    const serving = PERIODS.slice(0, i + 1).map(([longer]) => longer);
    const has = past.some(
      (backup) =>
        serving.some((longer) => longer === backup.kind) &&
        periodOf(backup.takenAt) === periodOf(now),
    );
    if (!has) return kind;
  }
  return null;
}

/** The Monday that a day's week begins with. */
function weekOf(day: TradingDay): string {
  const date = new Date(`${day}T00:00:00Z`);
  const daysSinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - daysSinceMonday * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The backups that may go once `made` was verified: of each kind all but the newest few; never manual ones,
 * never the one just made, whatever its clock said.
 */
export function expiredBackups(
  past: readonly PastBackup[],
  made: string,
  kept: Readonly<Record<ScheduledKind, number>> = KEPT_BACKUPS,
): readonly PastBackup[] {
  return PERIODS.flatMap(([kind]) => {
    const ofKind = past.filter((backup) => backup.kind === kind);
    const newestFirst = [...ofKind].sort((a, b) => b.takenAt - a.takenAt);
    return newestFirst.slice(kept[kind]).filter((backup) => backup.name !== made);
  });
}

/** How two contents differ, in words; empty when they are equal. */
export function contentDifferences(
  found: BackupContent,
  expected: BackupContent,
): readonly string[] {
  const names = new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)]);
  const tables = [...names].sort().flatMap((name) => {
    const [is, was] = [found.tables[name], expected.tables[name]];
    if (is === undefined) return [`table ${name} is missing`];
    if (was === undefined) return [`table ${name} should not be there`];
    if (is.rows !== was.rows) return [`table ${name} has ${is.rows} rows instead of ${was.rows}`];
    return is.hash === was.hash ? [] : [`rows of table ${name} differ`];
  });
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...tables,
    ...(same(Object.entries(found.head).sort(), Object.entries(expected.head).sort())
      ? []
      : ["the newest events differ"]),
    ...(same(found.migrations, expected.migrations) ? [] : ["the schema differs"]),
  ];
}
