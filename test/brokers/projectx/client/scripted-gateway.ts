import {
  ProjectXClient,
  type ProjectXOptions,
} from "../../../../src/brokers/projectx/client/projectx-client.js";

export const API_KEY = "key-4e1b+secret/0";

/** A request as the gateway got it. */
export interface Heard {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: string | null;
  /** Milliseconds. */
  readonly at: number;
}

type Answering = (heard: Heard) => Response | Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export const success = (fields: object = {}): Response =>
  json({ success: true, errorCode: 0, errorMessage: null, ...fields });

export const refusal = (errorCode: number, errorMessage: string | null = null): Response =>
  json({ success: false, errorCode, errorMessage });

export const status = (code: number, headers: Record<string, string> = {}): Response =>
  new Response("<html>no</html>", { status: code, headers });

export const networkError = (): never => {
  throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") });
};

/** A request that is never answered, and not let go of either. */
export const silence = (): Promise<Response> => new Promise(() => {});

/**
 * A gateway that answers as its test says: by path, one answer after the other, the last one from
 * then on. It logs in everybody, with tokens `token-1`, `token-2` and so on.
 */
export class ScriptedGateway {
  readonly heard: Heard[] = [];
  readonly warnings: string[] = [];
  readonly #answers = new Map<string, readonly Answering[]>();
  #logins = 0;

  constructor() {
    this.on("Auth/loginKey", () => {
      this.#logins += 1;
      return success({ token: `token-${this.#logins}` });
    });
  }

  on(path: string, ...answers: readonly Answering[]): this {
    this.#answers.set(path, answers);
    return this;
  }

  client(options: Partial<ProjectXOptions> = {}): ProjectXClient {
    return new ProjectXClient({
      userName: "trader",
      apiKey: API_KEY,
      fetch: this.fetch,
      random: () => 1,
      onWarning: (message) => this.warnings.push(message),
      ...options,
    });
  }

  /** What was asked of a path. */
  asked(path: string): readonly Heard[] {
    return this.heard.filter((request) => request.path === path);
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname.replace(/^\/api\//, "");
    const token = request.headers.get("Authorization")?.replace(/^Bearer /, "") ?? null;
    const at = Date.now();
    const asked = { path, body: JSON.parse(await request.text()), token, at };
    const before = this.asked(path).length;
    this.heard.push(asked);
    const answers = this.#answers.get(path) ?? [];
    const answer = answers[Math.min(before, answers.length - 1)];
    if (answer === undefined) throw new Error(`the test has no answer for ${path}`);
    return answer(asked);
  };
}

/** What a promise throws; an error of its own when it does not. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
