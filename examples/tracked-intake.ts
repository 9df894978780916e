import type { BrokerIntake } from "blotter";

/** Hands events on, and knows when all of them are booked. */
export class TrackedIntake implements Pick<BrokerIntake, "handle"> {
  readonly #inFlight = new Set<Promise<unknown>>();

  constructor(private readonly intake: Pick<BrokerIntake, "handle">) {}

  handle(...args: Parameters<BrokerIntake["handle"]>): ReturnType<BrokerIntake["handle"]> {
    return this.track(this.intake.handle(...args));
  }

  /** Something else to wait for. */
  track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<boolean> = work.then(
      () => this.#inFlight.delete(settled),
      () => this.#inFlight.delete(settled),
    );
    this.#inFlight.add(settled);
    return work;
  }

  /** Resolves once nothing is on its way; what failed is told where it was handed over. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }
}
