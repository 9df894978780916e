import { BlotterError } from "../../domain/errors.js";
import type { Handle } from "../drizzle/handle.js";

/** One connection to a Postgres, be it a server's or PGlite's. */
export interface SqlClient {
  readonly handle: Handle;
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Runs statements without parameters. */
  exec(text: string): Promise<void>;
  /**
   * Commits. @throws BlotterError `invalid` when a statement of the transaction failed and its error was
   * caught: Postgres then answers a commit by rolling back
   */
  commit(): Promise<void>;
}

export function rolledBackInstead(): BlotterError {
  return new BlotterError(
    "invalid",
    "nothing was written: a statement failed inside the unit of work and its error was caught",
  );
}
