import type { Contract } from "../domain/contract.js";
import { BlotterError, invalid } from "../domain/errors.js";
import { type FillReport, parseFill } from "../domain/fill.js";
import { parseInstant } from "../domain/instant.js";
import { type OrderReport } from "../domain/order.js";
import { parseOrder } from "../domain/order-report.js";
import type { StrategyRule } from "../domain/strategy.js";
import type { BrokerEvent, FileFormat, FileRow } from "../ports/broker.js";
import type { ImportFile } from "../ports/services.js";
import type { ContractBook } from "./contract-book.js";
import { type Refused, reasonOf, refusedInput } from "./quarantine.js";

/** A row's event, checked as far as it can be without the store. */
export type CheckedEvent =
  | {
      readonly kind: "account";
      readonly place: RowPlace;
      readonly event: Extract<BrokerEvent, { kind: "account" }>;
    }
  | {
      readonly kind: "order";
      readonly place: RowPlace;
      readonly event: BrokerEvent;
      readonly report: OrderReport;
    }
  | {
      readonly kind: "fill";
      readonly place: RowPlace;
      readonly event: BrokerEvent;
      readonly report: FillReport;
    };

export interface RowPlace {
  readonly file: string;
  readonly row: number;
  readonly column: string | null;
}

/** What cannot be taken: where it stands, why, and what quarantine would keep of it. */
export interface BadRow {
  readonly place: RowPlace;
  readonly refused: Refused;
}

export type ReadItem =
  | { readonly good: CheckedEvent; readonly bad: null }
  | { readonly good: null; readonly bad: BadRow };

/** Reads files of one format, row by row, into checked events. */
export class ImportReader {
  constructor(
    private readonly format: FileFormat,
    private readonly contracts: ContractBook,
    private readonly strategyOf: StrategyRule,
    /** Takes the place of every account that the file names. */
    private readonly account: string | undefined,
  ) {}

  /** @throws BlotterError `invalid` naming the file when it is not of the format at all */
  async *read(files: readonly ImportFile[]): AsyncGenerator<ReadItem> {
    const seen = new Map<string, { readonly contractId: string; readonly side: string }>();
    for (const file of files) {
      for await (const row of rowsOf(this.format, file)) {
        for (const item of await this.#row(file.name, row))
          yield item.good ? consistent(item, seen) : item;
      }
    }
  }

  async #row(file: string, row: FileRow): Promise<readonly ReadItem[]> {
    const place = { file, row: row.row, column: row.problem?.column ?? null };
    if (row.problem) {
      const { message } = row.problem;
      const source = this.format.name;
      const refused = { accountId: null, reason: "invalid", message, source, kind: null } as const;
      return [{ good: null, bad: { place, refused: { ...refused, payload: row.text } } }];
    }
    const items: ReadItem[] = [];
    for (const event of row.events) items.push(await this.#event(this.#taken(event), place));
    return items;
  }

  #taken(event: BrokerEvent): BrokerEvent {
    if (this.account === undefined) return event;
    const accountId = this.account;
    switch (event.kind) {
      case "account":
        return { ...event, input: { ...event.input, accountId } };
      case "order":
        return { kind: "order", input: { ...event.input, accountId } };
      case "fill":
        return { kind: "fill", input: { ...event.input, accountId } };
      case "position":
        return { kind: "position", input: { ...event.input, accountId } };
      case "quote":
      case "unreadable":
        return event;
    }
  }

  async #event(event: BrokerEvent, place: RowPlace): Promise<ReadItem> {
    try {
      return { good: await this.#checked(event, place), bad: null };
    } catch (error) {
      const why = reasonOf(error);
      if (why === null) throw error;
      const column = columnOf(why);
      return {
        good: null,
        bad: { place: { ...place, column }, refused: refusedInput(event, why) },
      };
    }
  }

  async #checked(event: BrokerEvent, place: RowPlace): Promise<CheckedEvent> {
    if (event.kind === "account") return { kind: "account", place, event };
    if (event.kind === "unreadable") throw invalid(event.input.message);
    if (event.kind === "position" || event.kind === "quote") {
      throw invalid(`a ${event.kind} is no fact that an import records`);
    }
    if (event.kind === "order") {
      const { input } = event;
      const at = parseInstant(input.createdAt, "createdAt");
      const contract = await this.contracts.understand(input.contract, at);
      return { kind: "order", report: parseOrder(input, contract, this.strategyOf), place, event };
    }
    const { input } = event;
    const at = parseInstant(input.executedAt, "execution time");
    const contract = await this.contracts.understand(input.contract, at);
    return { kind: "fill", report: parseFill(input, contract), place, event };
  }
}

/** Messages about a field begin with its name. */
const FIELDS = [
  "account id",
  "average fill price",
  "cancelledAt",
  "commission",
  "createdAt",
  "custom tag",
  "execution time",
  "fee",
  "fill id",
  "filled quantity",
  "filledAt",
  "limit price",
  "order id",
  "order type",
  "parent order id",
  "price",
  "profit and loss",
  "quantity",
  "side",
  "status",
  "stop price",
] as const;

function columnOf({ reason, message }: Pick<Refused, "reason" | "message">): string | null {
  if (reason === "unknown_contract" || message.startsWith("contract ")) return "contract";
  return FIELDS.find((field) => message.startsWith(`${field} `)) ?? null;
}

/** A fill must be of its own order's contract and side, also within one import. */
function consistent(
  item: ReadItem,
  seen: Map<string, { readonly contractId: string; readonly side: string }>,
): ReadItem {
  const { good } = item;
  if (!good || good.kind === "account") return item;
  const { accountId, orderId, side } = good.report;
  const contractId = contractOf(good).contractId;
  const key = `${accountId}|${orderId}`;
  const other = seen.get(key);
  if (other === undefined) seen.set(key, { contractId, side });
  if (!other || (other.contractId === contractId && other.side === side)) return item;
  const message = `${good.kind} of order ${orderId} is ${side} ${contractId}, elsewhere in the import it is ${other.side} ${other.contractId}`;
  const refused = refusedInput(good.event, { reason: "invalid", message });
  const column = other.side === side ? "contract" : "side";
  return { good: null, bad: { place: { ...good.place, column }, refused } };
}

export function contractOf(
  event: Exclude<CheckedEvent, { kind: "account" }>,
): Pick<Contract, "contractId" | "symbol"> {
  return event.kind === "order" ? event.report.contract : event.report;
}

async function* rowsOf(format: FileFormat, file: ImportFile): AsyncGenerator<FileRow> {
  try {
    yield* format.read(file.open());
  } catch (error) {
    if (error instanceof BlotterError && error.code === "invalid") {
      throw new BlotterError("invalid", `${file.name}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

const SHOWN = 10;

/** One error for all rows that cannot be taken. */
export function badRowsError(bad: readonly BadRow[]): BlotterError {
  // An order and its fill fail for the same reason: once is enough.
  const lines = new Set(
    bad.map(({ place, refused }) => {
      const column = place.column === null ? "" : `, column ${place.column}`;
      return `${place.file}, row ${place.row}${column}: ${refused.message}`;
    }),
  );
  const more = lines.size > SHOWN ? `; and ${lines.size - SHOWN} more` : "";
  return invalid(
    `${[...lines].slice(0, SHOWN).join("; ")}${more}. Nothing was imported: mend the file, or use --keep-going to quarantine such rows`,
  );
}
