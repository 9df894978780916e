import { join } from "node:path";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { BlotterError } from "../../domain/errors.js";
import { packageRoot } from "../../system/package-root.js";

/** A row of the migrator's own table. */
export interface AppliedMigration {
  readonly hash: string;
  readonly createdAt: number;
}

export function readMigrations(dialect: "sqlite" | "postgres"): readonly MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: join(packageRoot(), "drizzle", dialect) });
}

/**
 * The migrations a store still needs. Drizzle's migrator compares only the date of the newest; here each
 * applied one must be the one we know.
 *
 * @throws BlotterError `unsupported` for a store of newer code, `corrupt` when history diverged
 */
export function pendingMigrations(
  known: readonly MigrationMeta[],
  applied: readonly AppliedMigration[],
): readonly MigrationMeta[] {
  if (applied.length > known.length) {
    throw new BlotterError(
      "unsupported",
      `the store was made by a newer Blotter (schema ${applied.length}, this one knows ${known.length}): update Blotter`,
    );
  }
  applied.forEach((migration, index) => {
    const expected = known[index];
    if (expected?.hash !== migration.hash || expected.folderMillis !== migration.createdAt) {
      throw new BlotterError(
        "corrupt",
        `migration ${index} of the store is not the one this Blotter has: history has diverged`,
      );
    }
  });
  return known.slice(applied.length);
}
