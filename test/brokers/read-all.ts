import { fileFormat } from "../../src/brokers/formats.js";
import type { AccountInput } from "../../src/domain/account.js";
import type { FillInput } from "../../src/domain/fill.js";
import type { OrderInput } from "../../src/domain/order.js";
import type { BrokerEvent, FileRow } from "../../src/ports/broker.js";

/** The text in pieces of `size` characters, as a file comes. */
export async function* chunksOf(text: string, size = 7): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

export async function readAll(format: string, text: string, size = 7): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of fileFormat(format).read(chunksOf(text, size))) rows.push(row);
  return rows;
}

export function eventsIn(rows: readonly FileRow[]): readonly BrokerEvent[] {
  return rows.flatMap((row) => row.events);
}

interface InputOf {
  readonly account: AccountInput;
  readonly order: OrderInput;
  readonly fill: FillInput;
}

export function ofKind<K extends keyof InputOf>(
  events: readonly BrokerEvent[],
  kind: K,
): readonly InputOf[K][] {
  // The kind of an event settles the type of its input.
  return events.filter((event) => event.kind === kind).map(({ input }) => input as InputOf[K]);
}
