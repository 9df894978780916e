import { FaultDraw } from "./fault-draw.js";

export type RestFault =
  | "tooMany"
  | "serverError"
  | "expiredToken"
  | "truncated"
  | "timeout"
  | "lostAnswer"
  | "neverArrived";

/** What can happen to any call, and what only to one that places an order. */
const OF_ANY: readonly RestFault[] = [
  "tooMany",
  "serverError",
  "expiredToken",
  "truncated",
  "timeout",
];
const OF_PLACE: readonly RestFault[] = ["lostAnswer", "neverArrived"];

/** Faults of the REST interface, each with its own rate; a seed decides which call they hit. */
export class RestFaults {
  readonly #draw: FaultDraw<RestFault>;
  #quiet = false;

  constructor(
    seed: number,
    rates: Readonly<Partial<Record<RestFault, number>>>,
    readonly retryAfterSeconds = 1,
  ) {
    this.#draw = new FaultDraw(seed, rates);
  }

  /** What goes wrong with the next call; null when nothing does. */
  next(path: string): RestFault | null {
    if (this.#quiet) return null;
    const place = path === "/api/Order/place" ? OF_PLACE : [];
    return [...place, ...OF_ANY].find((fault) => this.#draw.happens(fault)) ?? null;
  }

  /** No more faults until `start`. */
  stop(): void {
    this.#quiet = true;
  }

  start(): void {
    this.#quiet = false;
  }

  count(fault: RestFault): number {
    return this.#draw.count(fault);
  }
}

/** What `fetch` does when the connection breaks: nobody knows whether the call arrived. */
export function lost(): never {
  throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
}

/** Half of an answer. */
export async function truncated(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  return new Response(text.slice(0, Math.floor(text.length / 2)), { status, headers });
}
