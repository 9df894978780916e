import { spawn } from "node:child_process";
import { BlotterError } from "../../domain/errors.js";

const MOST_WORDS = 2_000;

/** The url without its password, and the environment that tells it: a command line is there for all to read. */
export function toolAccess(url: string): { readonly url: string; readonly env: NodeJS.ProcessEnv } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password) || parsed.searchParams.get("password");
  parsed.password = "";
  parsed.searchParams.delete("password");
  return { url: parsed.href, env: password ? { PGPASSWORD: password } : {} };
}

/**
 * Runs a program of the Postgres client tools on a database.
 * @throws BlotterError `unsupported` when it is not installed; `unavailable` with what it said when it failed
 */
export async function runTool(tool: string, url: string, args: readonly string[]): Promise<void> {
  const access = toolAccess(url);
  const child = spawn(tool, [...args, `--dbname=${access.url}`], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...access.env },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    said = `${said}${part}`.slice(0, MOST_WORDS);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (cause) => reject(notRun(tool, cause)));
    child.once("close", resolve);
  });
  if (code === 0) return;
  throw new BlotterError(
    "unavailable",
    `${tool} failed: ${said.trim() || `it ended with ${code}`}`,
  );
}

function notRun(tool: string, cause: Error): BlotterError {
  const missing = "code" in cause && cause.code === "ENOENT";
  return missing
    ? new BlotterError(
        "unsupported",
        `${tool} is not installed: backups of a Postgres store need its client tools (postgresql-client)`,
        { cause },
      )
    : new BlotterError("unavailable", `${tool} cannot be run: ${cause.message}`, { cause });
}
