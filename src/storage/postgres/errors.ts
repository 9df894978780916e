import { BlotterError, type ErrorCode } from "../../domain/errors.js";

const CODES: readonly (readonly [prefix: string, code: ErrorCode, message: string])[] = [
  ["23505", "conflict", "a row with this key exists already"],
  ["23503", "not_found", "a row that this one refers to does not exist"],
  ["23", "invalid", "a value breaks a rule of the schema"],
  ["22", "invalid", "a value cannot be stored"],
  ["40", "unavailable", "other transactions were in the way; try again"],
  ["53", "unavailable", "the server has no room left"],
  ["55", "unavailable", "the store is locked; try again"],
  ["57", "unavailable", "the server is shutting down or cancelled the query"],
  ["58", "unavailable", "the server's disk failed"],
  ["08", "unavailable", "the connection to the server was lost"],
  ["28", "unavailable", "the server refused the login"],
  ["3D", "unavailable", "the database does not exist"],
  ["XX", "corrupt", "the server reports damaged data"],
];

/** The five-character SQLSTATE or Node error code somewhere in an error's causes. */
export function sqlState(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && !(at instanceof BlotterError))
      return at.code;
  }
  return null;
}

/** Any error of Postgres or its connection as ours; others as they are. Parameters never get into the message. */
export function translatePostgresError(error: unknown): unknown {
  if (error instanceof BlotterError) return error;
  const state = sqlState(error);
  if (state === null) return connectionEnded(error) ?? error;
  const [, code, message] = CODES.find(([prefix]) => state.startsWith(prefix)) ?? [
    "",
    "unavailable" as const,
    "Postgres failed",
  ];
  return new BlotterError(code, `${message} (${state}: ${rootMessage(error)})`, { cause: error });
}

const CONNECTION_LOST =
  /connection (terminated|ended|error)|not queryable|timeout exceeded when trying to connect|closed/i;

function connectionEnded(error: unknown): BlotterError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (!CONNECTION_LOST.test(at.message) || at.message.startsWith("Failed query")) continue;
    const message = `the server cannot be reached (${at.message})`;
    return new BlotterError("unavailable", message, { cause: error });
  }
  return null;
}

function rootMessage(error: unknown): string {
  let message = "";
  for (let at = error; at instanceof Error; at = at.cause) message = at.message;
  return message;
}

/** Serialization failures and deadlocks: the same work may succeed when tried again. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === "40001" || state === "40P01";
}
