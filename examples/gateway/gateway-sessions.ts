import { DAY_US } from "./gateway-time.js";

/** Tokens, each good for a day of the virtual clock. */
export class GatewaySessions {
  readonly #expiresUs = new Map<string, number>();
  #issued = 0;

  constructor(private readonly nowUs: () => number) {}

  issue(): string {
    this.#issued += 1;
    const token = `token-${this.#issued}`;
    this.#expiresUs.set(token, this.nowUs() + DAY_US);
    return token;
  }

  /** Whether an Authorization header bears a token that is good now. */
  accepts(authorization: string | null): boolean {
    const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
    return (this.#expiresUs.get(token) ?? 0) > this.nowUs();
  }

  revoke(authorization: string | null): void {
    this.#expiresUs.delete((authorization ?? "").replace(/^Bearer /, ""));
  }

  revokeAll(): void {
    this.#expiresUs.clear();
  }
}
