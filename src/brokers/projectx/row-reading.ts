import type { BrokerEvent, RowProblem } from "../../ports/broker.js";
import { RefusedRow } from "../refused-row.js";
import { storable } from "./storable.js";

/** What one object of a payload tells, or why it cannot be read, with its JSON for people. */
export type ParsedPayload =
  | { readonly event: BrokerEvent }
  | { readonly problem: RowProblem; readonly text: string };

/**
 * Reads one plain object, such as JSON.parse gives; null when it tells nothing that is recorded.
 * Never throws: what `read` refuses becomes a problem.
 */
export function readObject(row: unknown, read: () => BrokerEvent | null): ParsedPayload | null {
  try {
    const event = read();
    return event === null ? null : { event };
  } catch (error) {
    const { column, message } =
      error instanceof RefusedRow
        ? error.problem
        : { column: null, message: `object cannot be read: ${String(error)}` };
    return { problem: { column, message: storable(message) }, text: JSON.stringify(row) ?? "null" };
  }
}

/** What was read as an event, so that also what makes no sense reaches the books. */
export function eventOf(parsed: ParsedPayload, source: string): BrokerEvent {
  if ("event" in parsed) return parsed.event;
  const { problem, text } = parsed;
  return { kind: "unreadable", input: { message: problem.message, text, source } };
}
