import pThrottle from "p-throttle";
import type { CallKind } from "./endpoints.js";

interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

/** The gateway's documented limits; beyond them it answers 429. */
const BARS: Limit = { calls: 50, windowMs: 30_000 };
const ALL_ELSE: Limit = { calls: 200, windowMs: 60_000 };

/**
 * A long synchronisation may use this much of the whole, so that an order never waits behind it for
 * a window to pass.
 */
const READINGS: Limit = { calls: 150, windowMs: 60_000 };

/** Which limits a call passes through, in this order. */
const LIMITS_OF: Readonly<Record<CallKind, readonly Limit[]>> = {
  reading: [READINGS, ALL_ELSE],
  order: [ALL_ELSE],
  bars: [BARS],
};

/**
 * The gateway counts when a call arrives, we when it leaves: a call that travels longer than a
 * later one would fall into the same window with it.
 */
const TRAVEL_MS = 1_000;

type Gate = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Lets calls pass no faster than the gateway allows; the others wait in order. It knows the calls
 * of one client: two clients with one key have to share the limit out themselves.
 */
export class RateLimits {
  readonly #gates = new Map<Limit, Gate>();

  run<T>(kind: CallKind, call: () => Promise<T>): Promise<T> {
    return LIMITS_OF[kind].reduceRight<() => Promise<T>>(
      (inner, limit) => () => this.#gate(limit)(inner),
      call,
    )();
  }

  #gate(limit: Limit): Gate {
    const known = this.#gates.get(limit);
    if (known !== undefined) return known;
    const interval = limit.windowMs + TRAVEL_MS;
    const throttle = pThrottle({ limit: limit.calls, interval, strict: true });
    const gate: Gate = throttle((call) => call());
    this.#gates.set(limit, gate);
    return gate;
  }
}
