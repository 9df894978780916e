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
    return { problem: { column, message: storable(message) }, text: textOf(row) ?? UNWRITABLE };
  }
}

/** Stands for the text of what has no JSON form. */
export const UNWRITABLE = "(cannot be written as JSON)";

/** An array longer than any snapshot of an account is a fault. */
export const MOST_ELEMENTS = 100_000;

/**
 * The value as JSON, which also rids it of getters and cycles, and escapes what no text column
 * takes; undefined when it has no such form.
 */
export function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, writable);
  } catch {
    return undefined;
  }
}

/** What JSON would lose or refuse stands as text, so that the row's schema sees and judges it. */
function writable(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value) && value.length > MOST_ELEMENTS) throw new RangeError("array too long");
  return value;
}

/** What was read as an event, so that also what makes no sense reaches the books. */
export function eventOf(parsed: ParsedPayload, source: string): BrokerEvent {
  if ("event" in parsed) return parsed.event;
  const { problem, text } = parsed;
  return { kind: "unreadable", input: { message: problem.message, text, source } };
}
