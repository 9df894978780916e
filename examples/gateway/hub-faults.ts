import { FaultDraw } from "./fault-draw.js";
import { SECOND_US } from "./gateway-time.js";
import { between } from "./random.js";

export type HubFault = "drop" | "repeat" | "reorder" | "delay" | "disconnect";

/** When an event is delivered: after so many others, or at an instant. */
export interface Hold {
  readonly events: number;
  readonly us: number;
}

export const AT_ONCE: Hold = { events: 0, us: 0 };

/** What becomes of one event: how it is delivered, once or more, or what is lost. */
export type Fate = { readonly deliveries: readonly Hold[] } | { readonly disconnectUs: number };

/** Faults of the hub, each with its own rate; a seed decides which event they hit. */
export class HubFaults {
  readonly #draw: FaultDraw<HubFault>;

  constructor(seed: number, rates: Readonly<Partial<Record<HubFault, number>>>) {
    this.#draw = new FaultDraw(seed, rates);
  }

  next(): Fate {
    const { random } = this.#draw;
    if (this.#draw.happens("disconnect")) {
      return { disconnectUs: between(random, 1, 240) * SECOND_US };
    }
    if (this.#draw.happens("drop")) return { deliveries: [] };
    const deliveries = [this.#hold()];
    if (this.#draw.happens("repeat")) deliveries.push({ events: between(random, 0, 20), us: 0 });
    return { deliveries };
  }

  count(fault: HubFault): number {
    return this.#draw.count(fault);
  }

  #hold(): Hold {
    const { random } = this.#draw;
    if (this.#draw.happens("delay")) {
      return { events: 0, us: between(random, 1, 600) * SECOND_US };
    }
    if (this.#draw.happens("reorder")) return { events: between(random, 1, 6), us: 0 };
    return AT_ONCE;
  }
}
