/** So many values may wait to be taken. */
const MOST_WAITING = 4;

/**
 * Hands values from one call chain to another, a few at a time. A unit of work on one store may not open one on
 * another inside itself; so one chain reads, another writes, and neither runs ahead of the other.
 */
export class Handoff<T> {
  readonly #values: T[] = [];
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;

  /** Resolves once there is room again. @throws what the taker failed with */
  async put(value: T): Promise<void> {
    this.#values.push(value);
    this.#changed();
    while (this.#values.length >= MOST_WAITING && this.#failure === null) await this.#change();
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#changed();
  }

  /** One side failed: the other is told at its next step. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#changed();
  }

  /** The values in order. @throws what the giver failed with */
  async *taken(): AsyncGenerator<T> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      const value = this.#values.shift();
      if (value !== undefined) {
        this.#changed();
        yield value;
      } else if (this.#ended) return;
      else await this.#change();
    }
  }

  #changed(): void {
    const wake = this.#wake;
    this.#wake = () => undefined;
    wake();
  }

  #change(): Promise<void> {
    const before = this.#wake;
    return new Promise((resolve) => {
      this.#wake = () => {
        before();
        resolve();
      };
    });
  }
}
