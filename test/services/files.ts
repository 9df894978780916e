import { fileFormat } from "../../src/brokers/formats.js";
import type { Blotter } from "../../src/index.js";
import type { ImportFile, ImportOptions, ImportReport } from "../../src/ports/services.js";

/** A file in memory; it can be opened more than once, and comes in pieces. */
export function textFile(name: string, text: string): ImportFile {
  return {
    name,
    async *open() {
      for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
    },
  };
}

/** One half-turn as the gateway's Trade/search writes it. */
export interface TradeRow {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  readonly price: unknown;
  readonly profitAndLoss: number | null;
  readonly fees: number | null;
  /** 0 buys, 1 sells. */
  readonly side: number;
  readonly size: number;
  readonly voided: boolean;
  readonly orderId: number;
}

/** A buy of one MNQ in account 77, of an order of its own, but for what is given. */
export function tradeRow(id: number, cells: Partial<TradeRow> = {}): TradeRow {
  return {
    id,
    accountId: 77,
    contractId: "CON.F.US.MNQ.U26",
    creationTimestamp: new Date(Date.UTC(2026, 7, 19, 14) + id * 1_000).toISOString(),
    price: 21_000,
    profitAndLoss: null,
    fees: 0.37,
    side: 0,
    size: 1,
    voided: false,
    orderId: 1_000_000 + id,
    ...cells,
  };
}

export const tradesFile = (rows: readonly TradeRow[], name = "trades.json"): ImportFile =>
  textFile(name, JSON.stringify(rows));

/** One order as the gateway's Order/search writes it, of the trade row's contract and account. */
export function orderRow(id: number, cells: Readonly<Record<string, unknown>> = {}) {
  return {
    id,
    accountId: 77,
    contractId: "CON.F.US.MNQ.U26",
    creationTimestamp: "2026-08-19T13:00:00.000000+00:00",
    updateTimestamp: null,
    status: 1,
    type: 2,
    side: 0,
    size: 1,
    limitPrice: null,
    stopPrice: null,
    fillVolume: 0,
    filledPrice: null,
    customTag: null,
    ...cells,
  };
}

export const ordersFile = (
  rows: readonly ReturnType<typeof orderRow>[],
  name = "orders.json",
): ImportFile => textFile(name, JSON.stringify(rows));

export function importTrades(
  { importer }: Blotter,
  rows: readonly TradeRow[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  return importer.import(fileFormat("projectx-trades"), [tradesFile(rows)], options);
}

export function importOrders(
  { importer }: Blotter,
  rows: readonly ReturnType<typeof orderRow>[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  return importer.import(fileFormat("projectx-orders"), [ordersFile(rows)], options);
}

/** Everything that a store holds, counted. */
export async function contents({ accounts, contracts, orders, quarantine }: Blotter) {
  return {
    accounts: (await accounts.list()).length,
    contracts: (await contracts.contracts()).length,
    orders: (await orders.orders()).length,
    fills: (await orders.fills({}, true)).length,
    quarantined: (await quarantine.list(true)).length,
  };
}

export const NOTHING = { accounts: 0, contracts: 0, orders: 0, fills: 0, quarantined: 0 };
