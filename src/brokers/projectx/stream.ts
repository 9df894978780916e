import type { BrokerEvent, RowProblem } from "../../ports/broker.js";
import { RefusedRow } from "../refused-row.js";
import { accountEvent } from "./account-row.js";
import { orderEvent } from "./order-row.js";
import { tradeEvent } from "./trade-row.js";

/** What one object of a payload tells, or why it cannot be read, with its JSON for people. */
export type ParsedPayload =
  | { readonly event: BrokerEvent }
  | { readonly problem: RowProblem; readonly text: string };

const SOURCE = "projectx-stream";

type Reader = (row: unknown) => BrokerEvent;

/** Null: an event of the gateway that tells nothing we record. */
const READERS: ReadonlyMap<string, Reader | null> = new Map<string, Reader | null>([
  ["GatewayUserAccount", accountEvent],
  ["GatewayUserOrder", (row) => orderEvent(row, SOURCE)],
  ["GatewayUserTrade", (row) => tradeEvent(row, SOURCE)],
  // Positions come from fills alone; the broker's are for comparing, which is not this path.
  ["GatewayUserPosition", null],
  // The market hub's events, which share the bot's connection code.
  ["GatewayQuote", null],
  ["GatewayTrade", null],
  ["GatewayDepth", null],
]);

/**
 * Reads one event of the gateway's hubs. The payload is the bare object of the documents, the `{
 * action, data }` that the wire sends, or an array of either; `action` says nothing that the object
 * does not. Never throws, whatever the payload: a bad object becomes a problem, and the others are
 * read.
 */
export function parseGatewayEvent(event: string, payload: unknown): readonly ParsedPayload[] {
  try {
    const reader = READERS.get(event);
    if (reader === null) return [];
    if (reader === undefined) {
      return [refusal("event", `unknown event ${event}`, textOf(payload) ?? UNWRITABLE)];
    }
    return objectsOf(payload).map((object) => readObject(object, reader));
  } catch {
    return [refusal(null, "payload cannot be read", UNWRITABLE)];
  }
}

const UNWRITABLE = "(cannot be written as JSON)";

/** The objects of a payload; the elements of an array stand each for themselves, good or bad. */
function objectsOf(payload: unknown): readonly unknown[] {
  if (!Array.isArray(payload)) return plainObjects(payload);
  return Array.from({ length: payload.length }, (_, index) => elementOf(payload, index)).flatMap(
    plainObjects,
  );
}

/** Undefined, which has no JSON form either, for an element that cannot be reached. */
function elementOf(array: readonly unknown[], index: number): unknown {
  try {
    return array[index];
  } catch {
    return undefined;
  }
}

function plainObjects(value: unknown): readonly unknown[] {
  const text = textOf(value);
  return text === undefined ? [undefined] : unwrapped(JSON.parse(text));
}

function unwrapped(plain: unknown): readonly unknown[] {
  if (Array.isArray(plain)) return plain.flatMap(unwrapped);
  return isEnvelope(plain) ? unwrapped(plain.data) : [plain];
}

function isEnvelope(value: unknown): value is { readonly data: object } {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    typeof value.data === "object" &&
    value.data !== null
  );
}

function readObject(object: unknown, reader: Reader): ParsedPayload {
  const text = textOf(object);
  if (text === undefined) return refusal(null, "object cannot be written as JSON", UNWRITABLE);
  try {
    return { event: reader(object) };
  } catch (error) {
    if (error instanceof RefusedRow) return { problem: error.problem, text };
    return refusal(null, `object cannot be read: ${String(error)}`, text);
  }
}

function refusal(column: string | null, message: string, text: string): ParsedPayload {
  return { problem: { column, message }, text };
}

/**
 * The value as JSON, which also rids it of getters and cycles; undefined when it has no such form.
 */
function textOf(value: unknown): string | undefined {
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
  return value;
}
