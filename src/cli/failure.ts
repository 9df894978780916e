import { BlotterError } from "../domain/errors.js";
import { oneLine } from "./text.js";

/** What a person is told of an error: one line, and the stack with `BLOTTER_DEBUG=1`. */
export function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line =
    error instanceof BlotterError
      ? `blotter: ${oneLine(message)}`
      : `blotter: failed unexpectedly: ${oneLine(message)} (BLOTTER_DEBUG=1 shows where)`;
  const debug = process.env.BLOTTER_DEBUG === "1" && error instanceof Error;
  return debug ? `${line}\n${error.stack ?? ""}` : line;
}
