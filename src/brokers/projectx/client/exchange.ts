/** How one request ended. */
export type Answer =
  | { readonly kind: "answered"; readonly body: unknown }
  /** The token is not, or no longer, accepted; nothing was done. */
  | { readonly kind: "unauthorised" }
  /** Too many requests; nothing was done. */
  | { readonly kind: "limited"; readonly retryAfterMs: number | null }
  /** The gateway does not take such a request; nothing was done. */
  | { readonly kind: "refused"; readonly why: string }
  /** No answer that can be read. Whether the gateway did what it was asked is not known. */
  | { readonly kind: "failed"; readonly why: string };

export interface ExchangeOptions {
  readonly baseUrl: URL;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly now: () => number;
}

/**
 * One request and its answer over HTTP, without a second try. Never throws. What it says may still
 * contain a secret.
 */
export class Exchange {
  readonly #options: ExchangeOptions;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  async post(path: string, body: object, token: string | null): Promise<Answer> {
    const { timeoutMs } = this.#options;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => {
        resolve({ kind: "failed", why: `no answer within ${timeoutMs / 1000} s` });
        abort.abort();
      }, timeoutMs);
    });
    try {
      // Also a fetch that does not heed the signal must not hold up its caller.
      return await Promise.race([this.#ask(path, body, token, abort.signal), timeout]);
    } catch (error) {
      return { kind: "failed", why: describe(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(
    path: string,
    body: object,
    token: string | null,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { baseUrl, fetch } = this.#options;
    const response = await fetch(new URL(`api/${path}`, baseUrl), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      // A secret is never sent on to another place.
      redirect: "error",
      signal,
    });
    return this.#judge(response, await response.text());
  }

  #judge(response: Response, text: string): Answer {
    const { status } = response;
    if (status === 401) return { kind: "unauthorised" };
    if (status === 429) return { kind: "limited", retryAfterMs: this.#retryAfter(response) };
    if (status >= 500 || status === 408) return { kind: "failed", why: `HTTP ${status}` };
    if (!response.ok) return { kind: "refused", why: `HTTP ${status}` };
    try {
      return { kind: "answered", body: JSON.parse(text) };
    } catch {
      const why = `an answer of ${text.length} characters that is no JSON`;
      return { kind: "failed", why };
    }
  }

  /** Seconds, or a date (RFC 9110, 10.2.3); null when absent or neither. */
  #retryAfter(response: Response): number | null {
    const value = response.headers.get("Retry-After")?.trim() ?? "";
    if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
    const at = Date.parse(value);
    return Number.isNaN(at) ? null : Math.max(0, at - this.#options.now());
  }
}

/** What a failed fetch says; Node keeps the reason in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const reason =
    cause instanceof Error ? `: ${cause.message || String(Reflect.get(cause, "code"))}` : "";
  return `${error.message}${reason}`;
}
