export interface RateLimitOptions {
  /** Requests a second that one address may make for long. Default 50. */
  readonly perSecond?: number;
  /** Requests that one address may make at once. Default 200. */
  readonly burst?: number;
}

/** More addresses than this are not told apart: the oldest are forgotten. */
const MOST_ADDRESSES = 10_000;

interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

/** A bucket of tokens for each address, filled at a steady rate. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    { perSecond = 50, burst = 200 }: RateLimitOptions = {},
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** 0 when the request may go on, else the whole seconds after which one may. */
  take(address: string): number {
    const atMs = this.nowMs();
    const left = this.#left(this.#buckets.get(address), atMs);
    const allowed = left >= 1;
    // Deleted first, so that the map keeps the order of last use.
    this.#buckets.delete(address);
    this.#buckets.set(address, { left: allowed ? left - 1 : left, atMs });
    if (this.#buckets.size > MOST_ADDRESSES) this.#forgetOldest();
    return allowed ? 0 : Math.ceil((1 - left) / this.#perSecond);
  }

  #left(bucket: Bucket | undefined, atMs: number): number {
    if (bucket === undefined) return this.#burst;
    const refilled = bucket.left + ((atMs - bucket.atMs) / 1000) * this.#perSecond;
    return Math.min(this.#burst, refilled);
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
