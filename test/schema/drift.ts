import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIALECTS, type Dialect, drizzleKit } from "./drizzle-kit.js";

/**
 * How the schemas and the migrations of a source tree (`src` and `drizzle`) disagree, in words;
 * empty when they agree. Nothing is written there: drizzle-kit works on a copy of the migrations.
 */
export async function schemaDrift(root: string): Promise<readonly string[]> {
  const found = await Promise.all(DIALECTS.map((dialect) => driftOf(root, dialect)));
  return found.flat();
}

async function driftOf(root: string, dialect: Dialect): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "blotter-drift-"));
  try {
    const copy = join(folder, dialect);
    cpSync(join(root, "drizzle", dialect), copy, { recursive: true });
    const before = new Set(readdirSync(copy));
    const kit = ["--dialect", dialect === "sqlite" ? "sqlite" : "postgresql", "--out", dialect];
    const schema = join(root, "src", "storage", dialect, "schema.ts");

    const checked = await drizzleKit(["check", ...kit], folder);
    // Its exit code alone says little: judge by what it prints.
    if (checked.code !== 0 || !checked.output.includes("Everything's fine")) {
      return [`drizzle/${dialect} is not consistent in itself:\n${indented(checked.output)}`];
    }
    const generated = await drizzleKit(["generate", ...kit, "--schema", schema], folder);
    if (generated.code === 0 && generated.output.includes("No schema changes")) return [];
    const made = readdirSync(copy).filter((name) => !before.has(name));
    const what = made.length > 0 ? `would still need ${made.join(", ")}` : "cannot be compared";
    return [
      `src/storage/${dialect}/schema.ts and drizzle/${dialect} disagree: the schema ${what} ` +
        `(run npm run db:generate)\n${indented(generated.output)}`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last lines, where drizzle-kit says what is the matter. */
function indented(output: string): string {
  const lines = output.trim().split("\n").slice(-8);
  return lines.map((line) => `    ${line}`).join("\n");
}
