import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Minutes after 14:00 UTC of a day of trading. */
export const minute = (at: number) => `2026-08-19T14:${String(at).padStart(2, "0")}:00+00:00`;

/** A row of Order/search: a market order that was filled at once. */
export function orderRow(id: number, at: number, more: object = {}): object {
  return {
    id,
    accountId: 7,
    contractId: "CON.F.US.MNQ.U26",
    creationTimestamp: minute(at),
    updateTimestamp: minute(at),
    status: 2,
    type: 2,
    side: 0,
    size: 1,
    limitPrice: null,
    stopPrice: null,
    fillVolume: 1,
    filledPrice: 21000,
    customTag: null,
    ...more,
  };
}

/** A row of Trade/search. */
export function tradeRow(id: number, at: number, more: object = {}): object {
  return {
    id,
    accountId: 7,
    contractId: "CON.F.US.MNQ.U26",
    creationTimestamp: minute(at),
    price: 21000,
    profitAndLoss: null,
    fees: 0.36,
    commissions: 0.25,
    side: 0,
    size: 1,
    voided: false,
    orderId: id,
    ...more,
  };
}

/** A row of Position/searchOpen: one long contract. */
export function positionRow(more: object = {}): object {
  return {
    id: 500,
    accountId: 7,
    contractId: "CON.F.US.MNQ.U26",
    creationTimestamp: minute(1),
    type: 1,
    size: 1,
    averagePrice: 21000,
    ...more,
  };
}

export const accountRow = (balance: number) => ({ id: 7, name: "SEVEN", balance, canTrade: true });

/** Writes rows, or any JSON, to a file and tells its path. */
export function jsonFile(folder: string, name: string, content: unknown): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}
