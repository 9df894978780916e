import { type Random, seededRandom } from "./random.js";

/** Draws faults by their rates, and counts what it drew. A rate of 0 draws no number at all. */
export class FaultDraw<Name extends string> {
  readonly random: Random;
  readonly #counts = new Map<Name, number>();

  constructor(
    seed: number,
    private readonly rates: Readonly<Partial<Record<Name, number>>>,
  ) {
    this.random = seededRandom(seed);
  }

  happens(name: Name): boolean {
    const rate = this.rates[name] ?? 0;
    if (rate === 0 || this.random() >= rate) return false;
    this.#counts.set(name, this.count(name) + 1);
    return true;
  }

  /** How often a fault has happened. */
  count(name: Name): number {
    return this.#counts.get(name) ?? 0;
  }
}
