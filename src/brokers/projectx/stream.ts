import { show } from "../../domain/ids.js";
import type { BrokerEvent } from "../../ports/broker.js";
import { accountEvent } from "./account-row.js";
import { orderEvent } from "./order-row.js";
import { positionEvent } from "./position-row.js";
import { quoteEvent } from "./quote-row.js";
import {
  MOST_ELEMENTS,
  type ParsedPayload,
  readObject,
  textOf,
  UNWRITABLE,
} from "./row-reading.js";
import { storable } from "./storable.js";
import { tradeEvent } from "./trade-row.js";

/** `FillInput.source` and `OrderInput.source` of what the hubs tell. */
export const STREAM_SOURCE = "projectx-stream";

/** What an object came in. */
interface Envelope {
  /** Null for a bare object. */
  readonly action: number | null;
  /** The event's first argument on the market hub. */
  readonly contractId: string | null;
}

type Reader = (row: unknown, envelope: Envelope) => BrokerEvent | null;

/** Null: an event of the gateway that tells nothing we record. */
const READERS: ReadonlyMap<string, Reader | null> = new Map<string, Reader | null>([
  ["GatewayUserAccount", accountEvent],
  ["GatewayUserOrder", (row) => orderEvent(row, STREAM_SOURCE)],
  ["GatewayUserTrade", (row) => tradeEvent(row, STREAM_SOURCE)],
  ["GatewayUserPosition", (row, { action }) => positionEvent(row, action)],
  ["GatewayQuote", (row, { contractId }) => quoteEvent(row, contractId)],
  // The market's trades and depth, which share the bot's connection code.
  ["GatewayTrade", null],
  ["GatewayDepth", null],
]);

/**
 * Reads one event of the gateway's hubs, as its handler is called: with the payload, on the market
 * hub with the contract before it. The payload is the bare object of the documents, the `{ action,
 * data }` that the wire sends, or an array of either; `action` tells only of a position whether it
 * was closed. Never throws, whatever the payload: a bad object becomes a problem, and the others
 * are read. All text that is handed on can be stored in any database.
 */
export function parseGatewayEvent(
  event: string,
  ...args: readonly unknown[]
): readonly ParsedPayload[] {
  try {
    const reader = READERS.get(event);
    if (reader === null) return [];
    const [first, second] = args;
    const keyed = args.length > 1 && typeof first === "string";
    const [contractId, payload] = keyed ? [first, second] : [null, first];
    if (reader === undefined) {
      const name = show(event).slice(1, -1);
      return [refusal("event", `unknown event ${name}`, textOf(payload) ?? UNWRITABLE)];
    }
    return objectsOf(payload).flatMap(({ row, action }) => {
      if (row === undefined) return [refusal(null, "object cannot be written as JSON", UNWRITABLE)];
      const parsed = readObject(row, () => reader(row, { action, contractId }));
      return parsed === null ? [] : [parsed];
    });
  } catch {
    return [refusal(null, "payload cannot be read", UNWRITABLE)];
  }
}

/** One object of a payload as JSON has it; undefined where it has no such form. */
interface PlainObject {
  readonly row: unknown;
  readonly action: number | null;
}

/** The objects of a payload; the elements of an array stand each for themselves, good or bad. */
function objectsOf(payload: unknown): readonly PlainObject[] {
  if (!Array.isArray(payload) || payload.length > MOST_ELEMENTS) return plainObjects(payload);
  const elements = Array.from({ length: payload.length }, (_, index) => elementOf(payload, index));
  return elements.flatMap(plainObjects);
}

/** Undefined, which has no JSON form either, for an element that cannot be reached. */
function elementOf(array: readonly unknown[], index: number): unknown {
  try {
    return array[index];
  } catch {
    return undefined;
  }
}

function plainObjects(value: unknown): readonly PlainObject[] {
  const text = textOf(value);
  return text === undefined ? [{ row: undefined, action: null }] : unwrapped(JSON.parse(text));
}

function unwrapped(plain: unknown, action: number | null = null): readonly PlainObject[] {
  if (Array.isArray(plain)) return plain.flatMap((element) => unwrapped(element, action));
  if (!isEnvelope(plain)) return [{ row: plain, action }];
  return unwrapped(plain.data, typeof plain.action === "number" ? plain.action : null);
}

function isEnvelope(value: unknown): value is { readonly data: object; readonly action?: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    typeof value.data === "object" &&
    value.data !== null
  );
}

function refusal(column: string | null, message: string, text: string): ParsedPayload {
  return { problem: { column, message: storable(message) }, text };
}
