/** A refusal of the server, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** Nothing came back: the server is away. */
export class Unanswered extends Error {}

const TOKEN_KEY = "blotter-token";

/** The data endpoints beside this page. The token lives as long as the tab and travels in a header only. */
export class Api {
  setToken(token: string): void {
    sessionStorage.setItem(TOKEN_KEY, token);
  }

  /** @throws Refused for any status but 200 */
  async get<T>(path: string, search: URLSearchParams = new URLSearchParams()): Promise<T> {
    const response = await this.#ask(path, search);
    // The endpoints answer in the shape that their schemas say; the tests hold them to it.
    return (await response.json()) as T;
  }

  /** A page of rows and the cursor of the next one; null at the end. @throws Refused */
  async page<T>(
    path: string,
    search: URLSearchParams,
  ): Promise<{ readonly rows: readonly T[]; readonly next: string | null }> {
    const response = await this.#ask(path, search);
    const [, link] = /^<\?(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
    const next = link === undefined ? null : new URLSearchParams(link).get("cursor");
    // As in `get`.
    return { rows: (await response.json()) as T[], next };
  }

  /** The event stream, from the event after an id. @throws Refused */
  async events(lastEventId: string | null, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {};
    if (lastEventId !== null) headers["last-event-id"] = lastEventId;
    return this.#ask("events", new URLSearchParams(), { headers, signal });
  }

  async #ask(
    path: string,
    search: URLSearchParams,
    more: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal } = {},
  ): Promise<Response> {
    const token = sessionStorage.getItem(TOKEN_KEY);
    const headers = new Headers(more.headers ?? {});
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    const query = search.size === 0 ? "" : `?${search}`;
    const response = await fetch(`api/${path}${query}`, {
      headers,
      ...(more.signal && { signal: more.signal }),
    }).catch((cause: unknown) => {
      throw new Unanswered("the server does not answer", { cause });
    });
    if (!response.ok) throw new Refused(response.status, await detailOf(response));
    return response;
  }
}

async function detailOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  const isProblem = typeof problem === "object" && problem !== null && "detail" in problem;
  return isProblem ? String(problem.detail) : `the server answered ${response.status}`;
}
