import { show } from "../../domain/ids.js";
import type { BrokerEvent, FileFormat } from "../../ports/broker.js";
import { wrongCsvHint, wrongFile } from "../known-exports.js";
import { readRow } from "../refused-row.js";
import { orderEvent } from "./order-row.js";
import { tradeEvent } from "./trade-row.js";

/** Which rows a file is to hold. */
interface RowKind {
  readonly format: string;
  /** The field of the response envelope that holds the rows. */
  readonly key: string;
  readonly description: string;
  readonly eventOf: (row: unknown, source: string) => BrokerEvent;
}

export const projectxOrders: FileFormat = jsonFormat({
  format: "projectx-orders",
  key: "orders",
  description: "ProjectX Order/search rows: a JSON array, bare or in its response envelope",
  eventOf: orderEvent,
});

export const projectxTrades: FileFormat = jsonFormat({
  format: "projectx-trades",
  key: "trades",
  description: "ProjectX Trade/search rows: a JSON array, bare or in its response envelope",
  eventOf: tradeEvent,
});

function jsonFormat(kind: RowKind): FileFormat {
  return {
    name: kind.format,
    description: kind.description,
    async *read(chunks) {
      const rows = rowsOf(parseJson(await joined(chunks), kind), kind);
      for (const [index, row] of rows.entries()) {
        const reading = readRow(() => [kind.eventOf(row, kind.format)]);
        yield { row: index + 1, text: JSON.stringify(row), ...reading };
      }
    },
  };
}

/** JSON cannot be judged before its end; a response is some thousand rows at most. */
export async function joined(chunks: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts
    .join("")
    .replace(/^\uFEFF/, "")
    .trim();
}

export function parseJson(text: string, { format }: Pick<RowKind, "format">): unknown {
  if (text === "") throw wrongFile(format, "it is empty");
  if (/^\{"event"/.test(text)) {
    throw wrongFile(format, "its lines are events of the hub: import it as projectx-events");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/^[[{]/.test(text)) {
      const header = (/^[^\r\n]*/.exec(text)?.[0] ?? "").split(",");
      const columns = header.map((name) => name.replaceAll('"', "").trim());
      const hint = wrongCsvHint(columns, format);
      throw wrongFile(format, `no JSON, it begins ${show(text.slice(0, 40))}${hint}`);
    }
    if (!text.endsWith(text.startsWith("[") ? "]" : "}")) {
      const end = show(text.slice(-40));
      throw wrongFile(format, `its JSON is cut off, it ends ${end}; fetch it again`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw wrongFile(format, `its JSON is broken: ${reason}`);
  }
}

function rowsOf(content: unknown, kind: RowKind): readonly unknown[] {
  const { format, key } = kind;
  const rows = Array.isArray(content) ? content : enveloped(content, kind);
  const first = rows.find(isRecord);
  const found = first === undefined ? null : kindOf(first);
  if (found !== null && found.key !== key) {
    throw wrongFile(format, `its rows are ${found.key}${found.advice}`);
  }
  return rows;
}

function enveloped(content: unknown, { format, key }: RowKind): readonly unknown[] {
  const envelope = answered(content, format);
  const rows = envelope[key];
  if (Array.isArray(rows)) return rows;
  const other = ROW_KINDS.find((candidate) => Array.isArray(envelope[candidate.key]));
  if (other) throw wrongFile(format, `its rows are ${other.key}${other.advice}`);
  const found = show(Object.keys(envelope));
  throw wrongFile(format, `must be an array or an object with ${key}, has ${found}`);
}

/** A response envelope that is no refusal. @throws BlotterError `invalid` */
export function answered(content: unknown, format: string): Readonly<Record<string, unknown>> {
  if (!isRecord(content)) {
    throw wrongFile(format, `must be an array of rows, was ${show(content)}`);
  }
  if (content.success !== false) return content;
  const { errorCode, errorMessage } = content;
  const reason = `code ${show(errorCode)}, ${show(errorMessage)}`;
  throw wrongFile(format, `the broker refused the request (${reason}); fetch it again`);
}

/** What tells the gateway's rows apart: fields that only they have together. */
export const ROW_KINDS = [
  { key: "orders", marks: ["status", "type", "size"], advice: ": import it as projectx-orders" },
  { key: "trades", marks: ["orderId", "price", "size"], advice: ": import it as projectx-trades" },
  { key: "positions", marks: ["averagePrice"], advice: ", which come from fills: not imported" },
  { key: "accounts", marks: ["balance"], advice: ", which are not imported from a file" },
  { key: "contracts", marks: ["tickSize"], advice: ', see "blotter contracts add"' },
  { key: "bars", marks: ["o", "h", "l", "c"], advice: ", which are not imported" },
] as const;

export function kindOf(row: Readonly<Record<string, unknown>>): (typeof ROW_KINDS)[number] | null {
  return ROW_KINDS.find(({ marks }) => marks.every((field) => field in row)) ?? null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
