import type { AccountId } from "../domain/ids.js";
import { formatInstant } from "../domain/instant.js";
import type { RecordedEvent } from "../ports/events.js";
import type { Store } from "../ports/store.js";
import { type EventPosition, readPosition, writePosition } from "./event-position.js";
import { OutboxWatch } from "./outbox-watch.js";
import { Problem } from "./problem.js";

export interface EventStreamOptions {
  /** Streams at once. Default 32. */
  readonly mostClients?: number;
  /** A comment is sent when nothing else was for so long. Default 15,000. */
  readonly heartbeatMs?: number;
}

const PAGE = 200;
const RECONNECT_MS = 1_000;

/**
 * What is recorded, as server-sent events (WHATWG HTML, section 9.2), from the outbox: in order per account, also
 * of a bot in another process. The id of an event is a position to go on from; without one a stream begins now.
 * A position whose events are no longer kept is told by an event `gap`.
 */
export class EventStreams {
  readonly #mostClients: number;
  readonly #heartbeatMs: number;
  readonly #watch: OutboxWatch;
  readonly #open = new Set<AbortController>();

  constructor(
    private readonly store: Store,
    { mostClients = 32, heartbeatMs = 15_000 }: EventStreamOptions,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#mostClients = mostClients;
    this.#heartbeatMs = heartbeatMs;
    this.#watch = new OutboxWatch(store, onError);
  }

  get clients(): number {
    return this.#open.size;
  }

  /** @param only one account's events; null for all. @throws Problem 400 for a bad position, 503 when too many listen */
  async respond(
    request: Request,
    only: AccountId | null,
    lastEventId: string | null,
  ): Promise<Response> {
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
    const from = lastEventId === null ? null : readPosition(lastEventId, only);
    if (request.method === "HEAD") return new Response(null, { headers });
    if (this.#open.size >= this.#mostClients) {
      throw new Problem(503, "too many listeners", { "retry-after": "10" });
    }
    const end = new AbortController();
    this.#open.add(end);
    request.signal.addEventListener("abort", () => end.abort());
    const forget = () => this.#open.delete(end);
    end.signal.addEventListener("abort", forget);
    try {
      const stream = new Stream(this.store, only, await this.#start(only, from));
      return new Response(this.#body(stream, end), { headers });
    } catch (error) {
      end.abort();
      throw error;
    }
  }

  /** Ends every stream. */
  close(): void {
    for (const end of [...this.#open]) end.abort();
    this.#watch.close();
  }

  #body(stream: Stream, end: AbortController): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let left = false;
    let first = `retry: ${RECONNECT_MS}\n\n`;
    return new ReadableStream({
      // Asked only while the reader keeps up, so a slow one holds nothing in memory.
      pull: async (controller) => {
        try {
          const text = first || (await this.#next(stream, end.signal));
          first = "";
          if (left) return;
          if (end.signal.aborted) controller.close();
          else controller.enqueue(encoder.encode(text));
        } catch (error) {
          end.abort();
          this.onError(error);
          if (!left) controller.close();
        }
      },
      cancel: () => {
        left = true;
        end.abort();
      },
    });
  }

  async #next(stream: Stream, signal: AbortSignal): Promise<string> {
    const patience = performance.now() + this.#heartbeatMs;
    for (;;) {
      const { mark } = this.#watch;
      const text = await stream.read();
      if (text !== "" || signal.aborted) return text;
      const leftMs = patience - performance.now();
      if (leftMs <= 0) return ": nothing new\n\n";
      await this.#watch.wait(mark, leftMs, signal);
    }
  }

  async #start(only: AccountId | null, from: EventPosition | null): Promise<Map<string, number>> {
    return this.store.read(async (repos) => {
      const position = new Map<string, number>();
      for (const accountId of await repos.outbox.accounts()) {
        if (only !== null && accountId !== only) continue;
        const last = await repos.outbox.last(accountId);
        // Sequences that do not exist yet are those of another store: begin now.
        position.set(accountId, Math.min(from === null ? last : (from.get(accountId) ?? 0), last));
      }
      return position;
    });
  }
}

/** One reader's way through the outbox. */
class Stream {
  constructor(
    private readonly store: Store,
    private readonly only: AccountId | null,
    private readonly position: Map<string, number>,
  ) {}

  /** The next events as text; empty when there are none. */
  async read(): Promise<string> {
    const events = await this.store.read(async (repos) => {
      const found: RecordedEvent[] = [];
      for (const accountId of await repos.outbox.accounts()) {
        if (this.only !== null && accountId !== this.only) continue;
        const after = this.position.get(accountId) ?? 0;
        found.push(...(await repos.outbox.after(accountId, after, PAGE)));
      }
      return found;
    });
    return events.map((event) => this.#write(event)).join("");
  }

  #write(event: RecordedEvent): string {
    const { accountId, sequence, type, payload } = event;
    const expected = (this.position.get(accountId) ?? 0) + 1;
    const gap = sequence > expected ? this.#gap(accountId, expected, sequence) : "";
    this.position.set(accountId, sequence);
    const recordedAt = formatInstant(event.recordedAt);
    const data = JSON.stringify({ accountId, sequence, recordedAt, type, payload });
    return `${gap}id: ${writePosition(this.position)}\nevent: ${type}\ndata: ${data}\n\n`;
  }

  #gap(accountId: AccountId, from: number, to: number): string {
    return `event: gap\ndata: ${JSON.stringify({ accountId, from, before: to })}\n\n`;
  }
}
