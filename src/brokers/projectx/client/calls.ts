import { z } from "zod";
import { BlotterError, invalid } from "../../../domain/errors.js";
import { codeName, type Endpoint, isUndecided } from "./endpoints.js";
import type { Answer, Exchange } from "./exchange.js";
import type { RateLimits } from "./rate-limits.js";
import { LONGEST_RETRY_AFTER_MS, MOST_TRIES, pauseAfter } from "./retry-policy.js";
import type { Secrets } from "./secrets.js";

/** Where a call gets its token from. */
export interface TokenSource {
  /** Null for a call that needs none. */
  token(): Promise<string | null>;
  /** Gets another token in place of a refused one; false when there is no other. */
  renew(refused: string | null): Promise<boolean>;
}

export interface CallsOptions {
  readonly exchange: Exchange;
  readonly limits: RateLimits;
  readonly secrets: Secrets;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly onWarning: (message: string) => void;
}

/** Every response of the gateway; what was asked for stands in one more field. */
const Envelope = z.object({
  success: z.boolean(),
  errorCode: z.int().nullish(),
  errorMessage: z.string().nullish(),
});

type Outcome<T> =
  | { readonly kind: "done"; readonly content: T }
  | { readonly kind: "rejected"; readonly why: string }
  | { readonly kind: "limited"; readonly retryAfterMs: number | null }
  | { readonly kind: "uncertain"; readonly why: string };

/** Calls of the gateway: rate limits, tokens, retries, and the word of the response envelope. */
export class GatewayCalls {
  readonly #options: CallsOptions;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /**
   * A call that changes nothing: tried again after 429, 5xx, a network error, a timeout, and an
   * answer that cannot be read.
   *
   * @throws BlotterError `invalid` when the gateway refuses, `unavailable` after the last try
   */
  async read<T>(endpoint: Endpoint<T>, body: object, tokens: TokenSource): Promise<T> {
    const failures: string[] = [];
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#call(endpoint, body, tokens);
      if (outcome.kind === "done") return outcome.content;
      if (outcome.kind === "rejected") throw this.#refusal(endpoint, outcome.why);
      const { why, waitMs } = nextTry(outcome, pauseAfter(tries, this.#options.random()));
      failures.push(why);
      if (tries >= MOST_TRIES || waitMs > LONGEST_RETRY_AFTER_MS) {
        throw this.#unavailable(endpoint, `tried ${tries} times: ${failures.join("; ")}`);
      }
      this.#warn(endpoint, `${why}; try ${tries + 1} of ${MOST_TRIES} in ${waitMs} ms`);
      await this.#options.sleep(waitMs);
    }
  }

  /**
   * A call that moves an order: sent once. Only where the gateway has surely done nothing, because
   * the token had expired, it is sent a second time.
   *
   * @throws BlotterError `invalid` when the gateway refuses; `unavailable` when it did not take the
   *   call, and with `outcome: "unknown"` when nobody knows whether it did
   */
  async send<T>(endpoint: Endpoint<T>, body: object, tokens: TokenSource): Promise<T> {
    const outcome = await this.#call(endpoint, body, tokens);
    switch (outcome.kind) {
      case "done":
        return outcome.content;
      case "rejected":
        throw this.#refusal(endpoint, outcome.why);
      case "limited":
        throw this.#unavailable(endpoint, "HTTP 429, too many requests; nothing was sent");
      case "uncertain":
        throw this.#unavailable(
          endpoint,
          `${outcome.why}; it may have been executed: ask for the account's orders before another`,
          "unknown",
        );
    }
  }

  async #call<T>(endpoint: Endpoint<T>, body: object, tokens: TokenSource): Promise<Outcome<T>> {
    const { exchange, limits } = this.#options;
    const post = (token: string | null) =>
      limits.run(endpoint.kind, () => exchange.post(endpoint.path, body, token));
    const token = await tokens.token();
    const answer = await post(token);
    if (answer.kind !== "unauthorised" || !(await tokens.renew(token))) {
      return judge(endpoint, answer);
    }
    return judge(endpoint, await post(await tokens.token()));
  }

  #refusal(endpoint: Endpoint<unknown>, why: string): BlotterError {
    return invalid(this.#options.secrets.hide(`ProjectX refused ${endpoint.path}: ${why}`));
  }

  #unavailable(endpoint: Endpoint<unknown>, why: string, outcome?: "unknown"): BlotterError {
    const message = this.#options.secrets.hide(`ProjectX ${endpoint.path} failed: ${why}`);
    return new BlotterError("unavailable", message, outcome === undefined ? {} : { outcome });
  }

  #warn(endpoint: Endpoint<unknown>, what: string): void {
    this.#options.onWarning(this.#options.secrets.hide(`ProjectX ${endpoint.path}: ${what}`));
  }
}

function judge<T>(endpoint: Endpoint<T>, answer: Answer): Outcome<T> {
  switch (answer.kind) {
    case "unauthorised":
      return { kind: "rejected", why: "HTTP 401, the session is not accepted" };
    case "refused":
      return { kind: "rejected", why: answer.why };
    case "limited":
      return answer;
    case "failed":
      return { kind: "uncertain", why: answer.why };
    case "answered":
      return judgeBody(endpoint, answer.body);
  }
}

function judgeBody<T>(endpoint: Endpoint<T>, body: unknown): Outcome<T> {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) return { kind: "uncertain", why: unreadable(envelope.error) };
  const { success, errorCode = null, errorMessage } = envelope.data;
  if (!success) {
    const told = errorMessage ? `, ${errorMessage}` : "";
    const why = `${codeName(endpoint, errorCode)}${told}`;
    return { kind: isUndecided(endpoint, errorCode) ? "uncertain" : "rejected", why };
  }
  const content = endpoint.content.safeParse(body);
  if (!content.success) return { kind: "uncertain", why: unreadable(content.error) };
  return { kind: "done", content: content.data };
}

function unreadable(error: z.ZodError): string {
  return `an answer that is not the gateway's: ${z.prettifyError(error).replaceAll("\n", " ")}`;
}

function nextTry(
  outcome: Extract<Outcome<unknown>, { kind: "limited" | "uncertain" }>,
  pauseMs: number,
): { readonly why: string; readonly waitMs: number } {
  if (outcome.kind === "uncertain") return { why: outcome.why, waitMs: pauseMs };
  const { retryAfterMs } = outcome;
  if (retryAfterMs === null) return { why: "HTTP 429", waitMs: pauseMs };
  const why = `HTTP 429, retry after ${retryAfterMs / 1000} s`;
  return { why, waitMs: Math.max(retryAfterMs, pauseMs) };
}
