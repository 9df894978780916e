import { expect, it } from "vitest";
import { parseGatewayEvent } from "../../../src/brokers/projectx/stream.js";
import { type Malformed, malformedPayloads, seeded } from "./malformed-payloads.js";

const PAYLOADS = 100_000;

/** Seconds on a computer of its own; many times that on one that is shared. */
const PATIENCE_MS = 300_000;

/** What Postgres refuses in text. */
const UNSTORABLE = /\0|\p{Cs}/u;

/** What is wrong with the way a payload was taken; null when nothing is. */
function fault({ event, args }: Malformed): string | null {
  try {
    const parsed = parseGatewayEvent(event, ...args);
    if (parsed.length === 0) return "vanished";
    for (const one of parsed) {
      if (!("problem" in one)) return `was read as ${JSON.stringify(one.event)}`;
      const { message } = one.problem;
      if (message === "" || message.length > 400) return `has the reason ${message.slice(0, 500)}`;
      if (UNSTORABLE.test(message) || UNSTORABLE.test(one.text)) return "cannot be stored";
    }
    return null;
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

it(
  "100,000 malformed payloads each become a problem with a reason that can be stored",
  () => {
    const seed = Date.now() % 2 ** 31;
    const faults: string[] = [];
    let count = 0;
    for (const payload of malformedPayloads(seeded(seed))) {
      const found = fault(payload);
      if (found !== null) faults.push(`${payload.event}: ${payload.what} ${found}`);
      count += 1;
      if (count === PAYLOADS || faults.length > 10) break;
    }
    expect(faults, `with seed ${seed}`).toEqual([]);
    expect(count).toBe(PAYLOADS);
  },
  PATIENCE_MS,
);
