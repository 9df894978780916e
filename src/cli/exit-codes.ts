import { CommanderError } from "commander";
import { BlotterError, type ErrorCode } from "../domain/errors.js";

/** What the command line tells the shell. */
export const EXIT = { fine: 0, failed: 1, usage: 2, differences: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXIT_BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  not_found: EXIT.failed,
  conflict: EXIT.failed,
  invalid: EXIT.failed,
  nested: EXIT.failed,
  unavailable: EXIT.failed,
  corrupt: EXIT.failed,
  unsupported: EXIT.failed,
};

/** Commander ends `--help` and `--version` with an error of exit code 0; its others are usage. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  return error instanceof BlotterError ? EXIT_BY_ERROR[error.code] : EXIT.failed;
}
