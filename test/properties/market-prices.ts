import type { Instant } from "../../src/domain/instant.js";
import type { Blotter } from "../../src/index.js";
import type { OraclePrice } from "../oracle/excursion-oracle.js";
import { compareFillIds } from "../oracle/oracle-fill.js";

/** What each contract's price was at an account's fills and kept marks, in order; of one instant, marks come last. */
export async function marketPrices(
  blotter: Blotter,
  account: string,
): Promise<ReadonlyMap<string, readonly OraclePrice[]>> {
  const markets = new Map<string, OraclePrice[]>();
  const add = (contractId: string, price: OraclePrice) =>
    markets.set(contractId, [...(markets.get(contractId) ?? []), price]);
  for (const fill of await blotter.orders.fills({ account })) {
    const { contractId, fillId, executedAt, price } = fill;
    add(contractId, { at: executedAt, price: BigInt(price), fillId });
  }
  const { accountId } = (await blotter.accounts.summary(account)).account;
  const marks = await blotter.store.read((repos) =>
    repos.marks.ofAccount(accountId, EVER, null, ALL),
  );
  for (const { contractId, at, price } of marks) {
    add(contractId, { at, price: BigInt(price), fillId: null });
  }
  for (const prices of markets.values()) prices.sort(compare);
  return markets;
}

const ALL = 1_000_000;
const EVER = 0 as Instant;

function compare(a: OraclePrice, b: OraclePrice): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.fillId !== null && b.fillId !== null) return compareFillIds(a.fillId, b.fillId);
  return Number(a.fillId === null) - Number(b.fillId === null);
}
