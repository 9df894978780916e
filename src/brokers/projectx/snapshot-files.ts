import { show } from "../../domain/ids.js";
import { type Instant, parseInstant } from "../../domain/instant.js";
import type { BrokerEvent, BrokerPosition } from "../../ports/broker.js";
import type { BrokerAccount } from "../../ports/broker-client.js";
import type { HistoryReader, ToldHistory } from "../../ports/reconciler.js";
import type { ImportFile } from "../../ports/services.js";
import { wrongFile } from "../known-exports.js";
import { RefusedRow } from "../refused-row.js";
import { brokerAccount } from "./account-row.js";
import { answered, isRecord, joined, kindOf, parseJson, ROW_KINDS } from "./json-files.js";
import { orderEvent } from "./order-row.js";
import { positionEvent } from "./position-row.js";
import { eventOf, readObject } from "./row-reading.js";
import { tradeEvent } from "./trade-row.js";

const FORMAT = "ProjectX";
const MICROSECOND = 1;

/** What all files tell, before it is told apart by account. */
interface Snapshot {
  readonly orders: [account: string, event: BrokerEvent][];
  readonly fills: [account: string, event: BrokerEvent][];
  readonly positions: BrokerPosition[];
  readonly accounts: BrokerAccount[];
  /** A file told positions, and be it that there are none. */
  tellsPositions: boolean;
}

/**
 * Reads rows of Order/search, Trade/search, Position/searchOpen and Account/search: a JSON array, bare or in its
 * response envelope, one kind a file. Which kind, their fields tell.
 *
 * An account's time range is what both its orders and its fills span: outside of it the files are silent. Open
 * positions are asked for by account, so an empty answer speaks of the one account that the other files name.
 */
export const readSnapshotFiles: HistoryReader = async (files, now) => {
  const snapshot: Snapshot = {
    orders: [],
    fills: [],
    positions: [],
    accounts: [],
    tellsPositions: false,
  };
  for (const file of files) {
    const content = parseJson(await joined(file.open()), { format: FORMAT });
    for (const [index, row] of addKind(content, file, snapshot).entries()) {
      addRow(row, `${file.name}, row ${index + 1}`, snapshot);
    }
  }
  return historiesOf(snapshot, now);
};

/** The rows of a file. @throws BlotterError `invalid` when it holds something else */
function addKind(content: unknown, file: ImportFile, snapshot: Snapshot): readonly unknown[] {
  const rows = Array.isArray(content) ? content : rowsOf(answered(content, file.name), file);
  if (!Array.isArray(content) && isRecord(content) && Array.isArray(content.positions)) {
    snapshot.tellsPositions = true;
  }
  return rows;
}

function rowsOf(envelope: Readonly<Record<string, unknown>>, file: ImportFile): readonly unknown[] {
  const kind = ROW_KINDS.find(({ key }) => Array.isArray(envelope[key]));
  const rows = kind && envelope[kind.key];
  if (Array.isArray(rows)) return rows;
  const found = show(Object.keys(envelope));
  throw wrongFile(
    FORMAT,
    `${file.name} must be an array of rows or an object with orders, trades, positions or accounts, has ${found}`,
  );
}

function addRow(row: unknown, place: string, snapshot: Snapshot): void {
  const key = isRecord(row) ? kindOf(row)?.key : undefined;
  switch (key) {
    case "orders":
      snapshot.orders.push([accountOf(row, place), event(row, orderEvent, "projectx-orders")]);
      return;
    case "trades":
      snapshot.fills.push([accountOf(row, place), event(row, tradeEvent, "projectx-trades")]);
      return;
    case "positions": {
      const { input } = readable(place, () => positionEvent(row));
      snapshot.tellsPositions = true;
      if (input.side !== null) snapshot.positions.push(input);
      return;
    }
    case "accounts":
      snapshot.accounts.push(readable(place, () => brokerAccount(row)));
      return;
    case "contracts":
    case "bars":
    case undefined:
      throw wrongFile(FORMAT, `${place} is no order, trade, position or account: ${show(row)}`);
  }
}

/** A row that makes no sense is a difference like another, so it is told as one. */
function event(
  row: unknown,
  read: (row: unknown, source: string) => BrokerEvent,
  source: string,
): BrokerEvent {
  const parsed = readObject(row, () => read(row, source));
  if (parsed === null) throw wrongFile(FORMAT, `${show(row)} tells nothing`);
  return eventOf(parsed, source);
}

function accountOf(row: unknown, place: string): string {
  const account = isRecord(row) ? row.accountId : undefined;
  if (typeof account === "number" || typeof account === "string") return String(account);
  throw wrongFile(FORMAT, `${place}: accountId is missing`);
}

/** Left out, a position would be taken for one that is closed. */
function readable<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RefusedRow) throw wrongFile(FORMAT, `${place}: ${error.message}`);
    throw error;
  }
}

function historiesOf(snapshot: Snapshot, now: Instant): ReadonlyMap<string, ToldHistory> {
  const rows = [...snapshot.orders, ...snapshot.fills].map(([account]) => account);
  const named = new Set([...rows, ...snapshot.positions.map(({ accountId }) => accountId)]);
  const all = named.size > 0 ? named : new Set(snapshot.accounts.map((row) => row.accountId));
  const histories = new Map<string, ToldHistory>();
  for (const account of all) {
    const isOnly = all.size === 1;
    histories.set(account, historyOf(account, isOnly, snapshot, now));
  }
  return histories;
}

function historyOf(
  account: string,
  isOnly: boolean,
  snapshot: Snapshot,
  now: Instant,
): ToldHistory {
  const ofAccount = ([of]: readonly [string, BrokerEvent]) => of === account;
  const orders = snapshot.orders.filter(ofAccount).map(([, event]) => event);
  const fills = snapshot.fills.filter(ofAccount).map(([, event]) => event);
  const positions = snapshot.positions.filter(({ accountId }) => accountId === account);
  const told = positions.length > 0 || (snapshot.tellsPositions && isOnly);
  const accounts = snapshot.accounts.filter(({ accountId }) => accountId === account);
  return {
    orders,
    fills,
    tellsOrders: orders.length > 0,
    tellsFills: fills.length > 0,
    ...rangeOf([orders, fills], now),
    positions: told ? positions : null,
    accounts: accounts.length > 0 ? accounts : null,
  };
}

/** From the oldest row to just after the newest, where all kinds that are told speak. */
function rangeOf(
  kinds: readonly (readonly BrokerEvent[])[],
  now: Instant,
): Pick<ToldHistory, "from" | "to"> {
  let from: number | null = null;
  let to: number | null = null;
  for (const events of kinds) {
    const instants = events.flatMap(instantOf);
    if (instants.length === 0) continue;
    const oldest = instants.reduce<number>((a, b) => Math.min(a, b), Infinity);
    const newest = instants.reduce<number>((a, b) => Math.max(a, b), 0);
    from = Math.max(from ?? oldest, oldest);
    to = Math.min(to ?? newest + MICROSECOND, newest + MICROSECOND);
  }
  const start = from ?? now;
  // Both are sums and extremes of instants.
  return { from: start as Instant, to: Math.max(start, to ?? start) as Instant };
}

function instantOf(event: BrokerEvent): readonly Instant[] {
  switch (event.kind) {
    case "order":
      return [parseInstant(event.input.createdAt, "creation time")];
    case "fill":
      return [parseInstant(event.input.executedAt, "execution time")];
    case "account":
    case "position":
    case "quote":
    case "unreadable":
      return [];
  }
}
