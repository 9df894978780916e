interface Limit {
  readonly requests: number;
  readonly windowMs: number;
}

const BARS_PATH = "/api/History/retrieveBars";
const BARS: Limit = { requests: 50, windowMs: 30_000 };
const REST: Limit = { requests: 200, windowMs: 60_000 };

/** The gateway's rate limits: so many requests in any stretch of time. */
export class RequestLimit {
  readonly #taken = new Map<Limit, number[]>();

  constructor(private readonly nowMs: () => number) {}

  /** Counts a request, if it is let through. */
  allows(path: string): boolean {
    const limit = limitOf(path);
    const recent = this.#recent(limit);
    if (recent.length >= limit.requests) return false;
    recent.push(this.nowMs());
    return true;
  }

  /** Whole seconds until the next request is let through. */
  retryAfterSeconds(path: string): number {
    const limit = limitOf(path);
    const [oldest = this.nowMs()] = this.#recent(limit);
    return Math.max(1, Math.ceil((oldest + limit.windowMs - this.nowMs()) / 1_000));
  }

  #recent(limit: Limit): number[] {
    const since = this.nowMs() - limit.windowMs;
    const recent = (this.#taken.get(limit) ?? []).filter((ms) => ms > since);
    this.#taken.set(limit, recent);
    return recent;
  }
}

const limitOf = (path: string): Limit => (path === BARS_PATH ? BARS : REST);
