import { BlotterError } from "../../../domain/errors.js";
import type { GatewayCalls, TokenSource } from "./calls.js";
import { ENDPOINTS } from "./endpoints.js";
import type { Secrets } from "./secrets.js";

const HOUR_MS = 3_600_000;

/** A token is valid for 24 hours; it is exchanged well before. */
const REFRESH_AFTER_MS = 20 * HOUR_MS;
const VALID_MS = 24 * HOUR_MS;

interface Token {
  readonly text: string;
  readonly since: number;
}

export interface SessionOptions {
  readonly userName: string;
  readonly apiKey: string;
  readonly calls: GatewayCalls;
  readonly secrets: Secrets;
  readonly now: () => number;
  readonly onWarning: (message: string) => void;
}

const NO_TOKEN: TokenSource = {
  token: () => Promise.resolve(null),
  renew: () => Promise.resolve(false),
};

/** The token of one login, shared by all calls and renewed in time. */
export class Session implements TokenSource {
  readonly #options: SessionOptions;
  #token: Token | null = null;
  #changing: Promise<Token> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** @throws BlotterError `invalid` when the login is refused, `unavailable` when it has no answer */
  async token(): Promise<string> {
    const held = this.#token;
    if (held === null) return (await this.#changed(() => this.#login())).text;
    const age = this.#options.now() - held.since;
    if (age < REFRESH_AFTER_MS) return held.text;
    return (await this.#changed(() => this.#refreshed(held, age))).text;
  }

  /** Logs in again, unless another call has done so since. */
  async renew(refused: string | null): Promise<boolean> {
    const held = this.#token;
    if (held === null || held.text === refused) await this.#changed(() => this.#login());
    return true;
  }

  /** Calls that need a token at the same time wait for one and the same. */
  #changed(change: () => Promise<Token>): Promise<Token> {
    this.#changing ??= change()
      .then((token) => {
        this.#token = token;
        return token;
      })
      .finally(() => {
        this.#changing = null;
      });
    return this.#changing;
  }

  async #login(): Promise<Token> {
    const { calls, userName, apiKey } = this.#options;
    return this.#taken(await calls.read(ENDPOINTS.login, { userName, apiKey }, NO_TOKEN));
  }

  async #refreshed(held: Token, age: number): Promise<Token> {
    const { calls, onWarning } = this.#options;
    try {
      const tokens: TokenSource = { ...NO_TOKEN, token: () => Promise.resolve(held.text) };
      const fresh = await calls.read(ENDPOINTS.validate, {}, tokens);
      if (fresh !== null) return this.#taken(fresh);
    } catch (error) {
      if (!(error instanceof BlotterError)) throw error;
      if (error.code === "unavailable" && age < VALID_MS) {
        onWarning(`${error.message}; the token is used until it ends`);
        return held;
      }
    }
    return this.#login();
  }

  #taken(text: string): Token {
    this.#options.secrets.keep(text);
    return { text, since: this.#options.now() };
  }
}
