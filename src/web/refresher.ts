/** Runs some work again when it is asked to: never twice at once, and not so often that it is all that runs. */
export class Refresher {
  #running = false;
  #again = false;
  #hurried = false;
  #endPause: () => void = () => undefined;

  /**
   * @param delayMs how long to gather what comes close together
   * @param restFactor how many times its own length the work rests before it runs again
   */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
    private readonly delayMs: number,
    private readonly restFactor: number,
  ) {}

  ask(): void {
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  /** Somebody waits for it: without delay or rest. */
  askNow(): void {
    this.#hurried = true;
    this.ask();
    this.#endPause();
  }

  async #run(): Promise<void> {
    this.#running = true;
    await this.#pause(this.delayMs);
    while (this.#again) {
      this.#again = false;
      this.#hurried = false;
      const startedMs = performance.now();
      await this.work().catch(this.onError);
      const tookMs = performance.now() - startedMs;
      if (this.#again) await this.#pause(Math.max(this.delayMs, tookMs * this.restFactor));
    }
    this.#running = false;
  }

  #pause(ms: number): Promise<void> {
    if (this.#hurried) return Promise.resolve();
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
      this.#endPause = resolve;
    });
  }
}
