import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

export const DIALECTS = ["sqlite", "postgres"] as const;
export type Dialect = (typeof DIALECTS)[number];

const program = join(dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");

export interface KitRun {
  /** What it printed, on both streams; its exit code is 0 also for some of its failures. */
  readonly output: string;
  readonly code: number;
}

/** Runs drizzle-kit in a folder; it reads paths as relative to that folder only. */
export function drizzleKit(args: readonly string[], folder: string): Promise<KitRun> {
  return run(process.execPath, [program, ...args], folder);
}

/** `npm run db:migrate` against a store, as a deploy runs it. */
export function dbMigrate(url: string): Promise<KitRun> {
  return run("npm", ["run", "--silent", "db:migrate"], REPOSITORY, { BLOTTER_DB: url });
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<KitRun> {
  const env = { ...process.env, NO_COLOR: "1", ...environment };
  return new Promise((resolve) => {
    execFile(command, [...args], { cwd, env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error ? 1 : 0;
      resolve({ output: `${stdout}${stderr}${stdout + stderr === "" ? String(error) : ""}`, code });
    });
  });
}
