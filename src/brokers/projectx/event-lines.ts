import { show } from "../../domain/ids.js";
import type { FileFormat, FileRow } from "../../ports/broker.js";
import { JSON_HINT, wrongCsvHint, wrongFile } from "../known-exports.js";
import { isRecord } from "./json-files.js";
import type { ParsedPayload } from "./row-reading.js";
import { storable } from "./storable.js";
import { parseGatewayEvent } from "./stream.js";

const FORMAT = "projectx-events";

/** A longer line is no event: an account's whole snapshot is a fraction of it. */
const LINE_CHARACTERS_MAX = 16_000_000;

/**
 * What a bot wrote down of the user hub: one event a line, read by the parser of the live stream. An event that
 * holds several objects is as many rows of its line. What tells no fact (positions, quotes, which follow from fills
 * or pass) is read and left out. An account's line names the account; its balance is of a moment that no line tells.
 */
export const projectxEvents: FileFormat = {
  name: FORMAT,
  description: 'ProjectX user hub events: one JSON {"event","payload"} a line',
  async *read(chunks) {
    let events = 0;
    for await (const { number, text } of linesOf(chunks)) {
      if (text.trim() === "") continue;
      if (events === 0) requireEvents(text);
      events += 1;
      yield* rowsOf(number, text);
    }
    if (events === 0) throw wrongFile(FORMAT, "it is empty");
  },
};

interface Line {
  /** The first is 1. */
  readonly number: number;
  readonly text: string;
}

/** The lines of a text that comes in pieces, one at a time in memory. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 1;
  let rest = "";
  for await (const chunk of chunks) {
    const lines = chunk.split("\n");
    for (const [i, part] of lines.entries()) {
      if (i > 0) {
        yield { number, text: lineOf(rest, number) };
        number += 1;
        rest = "";
      }
      rest += part;
    }
    if (rest.length > LINE_CHARACTERS_MAX) {
      throw wrongFile(FORMAT, `line ${number} has no end after ${LINE_CHARACTERS_MAX} characters`);
    }
  }
  if (rest !== "") yield { number, text: lineOf(rest, number) };
}

const lineOf = (text: string, number: number): string =>
  (number === 1 ? text.replace(/^\uFEFF/, "") : text).replace(/\r$/, "");

/** A file of another kind is refused by its first line; a line that is only damaged is not. */
function requireEvents(line: string): void {
  if (line.startsWith("[")) throw wrongFile(FORMAT, JSON_HINT);
  const value = jsonOf(line);
  if (isRecord(value)) {
    if ("event" in value || "payload" in value) return;
    throw wrongFile(FORMAT, `its lines have ${show(Object.keys(value))} instead of event, payload`);
  }
  const columns = line.split(",").map((name) => name.replaceAll('"', "").trim());
  const hint = wrongCsvHint(columns, FORMAT);
  if (hint !== "") throw wrongFile(FORMAT, `no JSON, it begins ${show(line.slice(0, 40))}${hint}`);
}

function rowsOf(row: number, line: string): readonly FileRow[] {
  const text = storable(line);
  const refused = (column: string | null, message: string): readonly FileRow[] => [
    { row, text, events: [], problem: { column, message } },
  ];
  const value = jsonOf(line);
  if (!isRecord(value))
    return refused(null, `no JSON object, it begins ${show(line.slice(0, 40))}`);
  const { event, payload } = value;
  if (typeof event !== "string")
    return refused("event", `event must be a name, was ${show(event)}`);
  if (payload === undefined) return refused("payload", "payload is missing");
  return parseGatewayEvent(event, payload).flatMap((parsed) => rowOf(row, text, parsed));
}

function rowOf(row: number, text: string, parsed: ParsedPayload): readonly FileRow[] {
  if ("problem" in parsed) return [{ row, events: [], ...parsed }];
  const { event } = parsed;
  if (event.kind === "position" || event.kind === "quote") return [];
  return [{ row, text, events: [event], problem: null }];
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
