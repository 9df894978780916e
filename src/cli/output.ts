import { BlotterError } from "../domain/errors.js";

/** A stream that text goes to: stdout and stderr, or a test's. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/**
 * Writes one text after the other and waits for each to leave the process, so that nothing of a
 * long list is cut. A reader that went away (`| head`) ends the writing quietly.
 */
export class Output {
  readonly #stream: OutputStream;
  #tail: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    stream.on("error", (error) => this.#fail(error));
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Resolves once the text is out. Never rejects: `flush` tells what failed. */
  write(text: string): Promise<void> {
    this.#tail = this.#tail.then(() => this.#send(text));
    return this.#tail;
  }

  /**
   * Waits for everything written so far.
   * @throws BlotterError `unavailable` when it could not be written; not when the reader went away
   */
  async flush(): Promise<void> {
    await this.#tail;
    const cause = this.#failure;
    if (!cause || readerWentAway(cause)) return;
    throw new BlotterError("unavailable", `cannot write the output: ${cause.message}`, { cause });
  }

  #send(text: string): Promise<void> {
    if (this.#failure) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.write(text, (error) => {
        if (error) this.#fail(error);
        resolve();
      });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }
}

function readerWentAway(error: Error): boolean {
  return "code" in error && error.code === "EPIPE";
}
