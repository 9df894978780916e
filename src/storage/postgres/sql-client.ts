import type { Handle } from "../drizzle/handle.js";

/** One connection to a Postgres, be it a server's or PGlite's. */
export interface SqlClient {
  readonly handle: Handle;
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Runs statements without parameters. */
  exec(text: string): Promise<void>;
}
