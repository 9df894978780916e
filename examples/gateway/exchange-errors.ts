import { FaultDraw } from "./fault-draw.js";
import type { GatewayEngine } from "./gateway-engine.js";
import { between } from "./random.js";

export type ExchangeError = "void" | "correct";

/** What an exchange takes back or corrects afterwards, each with its own rate a trade. */
export class ExchangeErrors {
  readonly #draw: FaultDraw<ExchangeError>;

  constructor(seed: number, rates: Readonly<Partial<Record<ExchangeError, number>>>) {
    this.#draw = new FaultDraw(seed, rates);
  }

  /** Looks at the trades of all accounts from an instant on, and restates some of them. */
  strike(engine: GatewayEngine, fromUs: number): void {
    for (const { trades } of engine.accounts) {
      for (const { id, createdUs, voided } of [...trades]) {
        if (createdUs < fromUs || voided) continue;
        if (this.#draw.happens("void")) engine.voidTrade(id);
        else if (this.#draw.happens("correct")) engine.correctTrade(id, this.#ticks());
      }
    }
  }

  count(error: ExchangeError): number {
    return this.#draw.count(error);
  }

  #ticks(): number {
    const ticks = between(this.#draw.random, 1, 8);
    return this.#draw.random() < 0.5 ? ticks : -ticks;
  }
}
