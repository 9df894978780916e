import { accountId } from "../../src/domain/ids.js";
import { formatInstant } from "../../src/domain/instant.js";
import { moneyToNumber, priceToNumber } from "../../src/domain/money.js";
import type { Blotter } from "../../src/index.js";

/** A fill as the vectors write it. */
export interface VectorFill {
  readonly id: string;
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly price: number;
  readonly fee?: number;
  readonly time: string;
}

/** A slice of a lot that was closed, and what is left of one, with its share of the fees. */
export interface ClosedSlice {
  readonly direction: string;
  readonly quantity: number;
  readonly entryPrice: number;
  readonly entryTime: string;
  readonly exitPrice: number;
  readonly exitTime: string;
  readonly exitFillId: string;
  readonly grossPnl: number;
  readonly fees: number;
}
export interface LotLeft {
  readonly direction: string;
  readonly quantity: number;
  readonly price: number;
  readonly time: string;
  readonly fee: number;
}

/** Books a case's fills in an account and an undated test contract of its own. */
export async function bookVector(
  blotter: Blotter,
  name: string,
  fills: readonly VectorFill[],
  product: { readonly tickSize: string; readonly pointValue: string },
): Promise<{ readonly closed: readonly ClosedSlice[]; readonly left: readonly LotLeft[] }> {
  await blotter.accounts.open({ accountId: name });
  await blotter.contracts.add({ root: name, dated: false, ...product });
  for (const { id, time, price, fee = 0, ...fill } of fills) {
    await blotter.orders.recordFill({
      ...fill,
      accountId: name,
      fillId: id,
      orderId: id,
      contract: name,
      // The vectors divide amounts by quantities; nine decimals are what a price can hold.
      price: price.toFixed(9),
      fee,
      commission: 0,
      executedAt: time,
    });
  }
  return { closed: await closedSlices(blotter, name), left: await lotsLeft(blotter, name) };
}

async function closedSlices(blotter: Blotter, name: string): Promise<readonly ClosedSlice[]> {
  return (await blotter.trades.matches({ account: name })).map((match) => ({
    direction: match.side.toLowerCase(),
    quantity: match.quantity,
    entryPrice: priceToNumber(match.entryPrice),
    entryTime: formatInstant(match.entryTimestamp),
    exitPrice: priceToNumber(match.exitPrice),
    exitTime: formatInstant(match.exitTimestamp),
    exitFillId: match.exitFillId,
    grossPnl: moneyToNumber(match.grossPnl),
    fees: match.fees === null ? 0 : moneyToNumber(match.fees),
  }));
}

async function lotsLeft(blotter: Blotter, name: string): Promise<readonly LotLeft[]> {
  const lots = await blotter.store.read((repos) => repos.lots.list(accountId(name)));
  return lots.map(({ execution, consumed }) => {
    const { quantity, fee, price, executedAt, side } = execution;
    const left = quantity - consumed;
    return {
      direction: side === "BUY" ? "long" : "short",
      quantity: left,
      price: priceToNumber(price),
      time: formatInstant(executedAt),
      fee: ((fee === null ? 0 : moneyToNumber(fee)) * left) / quantity,
    };
  });
}
