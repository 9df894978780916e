import type { Handle } from "../drizzle/handle.js";
import type { Connection } from "./connection.js";

interface Reader {
  readonly connection: Connection;
  readonly handle: Handle;
}

const MOST_READERS = 4;

/** Read-only connections, one per running read; opened when needed, a few at most. */
export class ReaderPool {
  readonly #idle: Reader[] = [];
  readonly #waiting: ((reader: Reader) => void)[] = [];
  #opened = 0;
  #closing = false;

  constructor(private readonly open: () => Reader) {}

  /** Runs a query on one committed moment. */
  async run<T>(query: (handle: Handle) => Promise<T>): Promise<T> {
    const reader = await this.#take();
    try {
      reader.connection.exec("begin");
      try {
        return await query(reader.handle);
      } finally {
        reader.connection.exec("rollback");
      }
    } finally {
      this.#give(reader);
    }
  }

  async #take(): Promise<Reader> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (!this.#closing && this.#opened < MOST_READERS) {
      this.#opened += 1;
      try {
        return this.open();
      } catch (error) {
        this.#opened -= 1;
        throw error;
      }
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(reader: Reader): void {
    const next = this.#waiting.shift();
    if (next) next(reader);
    else this.#idle.push(reader);
  }

  /** Waits for the reads that run or wait. */
  async close(): Promise<void> {
    this.#closing = true;
    for (let left = this.#opened; left > 0; left -= 1) {
      const reader = await this.#take();
      reader.connection.close();
    }
  }
}
