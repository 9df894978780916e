/**
 * What went wrong, as a program needs to know it.
 *
 * - `not_found`   the thing asked for does not exist
 * - `conflict`    it exists already, with other content
 * - `invalid`     the input cannot be true; the message says what was found
 * - `nested`      a unit of work was opened inside another one
 * - `unavailable` the store could not be reached or stayed locked; the call may be repeated
 * - `corrupt`     the store is damaged, foreign, or disagrees with its own facts
 * - `unsupported` this store or version cannot do it
 */
export type ErrorCode =
  | "not_found"
  | "conflict"
  | "invalid"
  | "nested"
  | "unavailable"
  | "corrupt"
  | "unsupported";

/** The one error class of the library: `code` for programs, `message` for people. */
export class BlotterError extends Error {
  override readonly name = "BlotterError";
  readonly code: ErrorCode;
  /** With `unavailable`: "unknown" when a connection was cut during a commit. */
  readonly outcome: "unknown" | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly outcome?: "unknown" } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.outcome = options.outcome;
  }
}

/** An `invalid` error; the shortest way to refuse an input. */
export function invalid(message: string): BlotterError {
  return new BlotterError("invalid", message);
}
