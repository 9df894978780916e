import { expect } from "vitest";
import { sign } from "../../src/domain/codes.js";
import type { Fill } from "../../src/domain/fill.js";
import { accountId } from "../../src/domain/ids.js";
import type { OpenLot } from "../../src/domain/lot.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import type { Blotter } from "../../src/index.js";
import { floorDivide, nearestEven, total } from "../oracle/exact.js";

/**
 * Promise 4: what went in with the fills is in the trades or still on open lots, to the millionth
 * of a dollar, and the balance is the starting balance plus gross less costs.
 */
export async function expectConservation(blotter: Blotter, account: string): Promise<void> {
  const fills = await blotter.orders.fills({ account });
  const trades = await blotter.trades.trades({ account });
  const contracts = await blotter.contracts.contracts();
  const lots = await blotter.store.read((repos) => repos.lots.list(accountId(account)));
  const left = lots.map(remainder);

  for (const { contractId, pointValue } of contracts) {
    const mine = <T extends { readonly contractId: string }>(rows: readonly T[]) =>
      rows.filter((row) => row.contractId === contractId);
    expect(signed(mine(left))).toBe(signed(mine(fills)));
    const flow = value(mine(fills), pointValue) - value(mine(left), pointValue);
    expect(sum(mine(trades).map((trade) => trade.grossPnl))).toBe(-flow);
  }
  for (const [field, traded] of [
    ["commission", trades.map((trade) => trade.commissions)],
    ["fee", trades.map((trade) => trade.fees)],
  ] as const) {
    const told = sum(fills.map((fill) => fill[field]));
    const open = total(left.map((lot) => lot[field]));
    expect(sum(traded) + open).toBe(told);
  }
  await expectBalance(blotter, account, fills);
}

async function expectBalance(
  blotter: Blotter,
  account: string,
  fills: readonly Fill[],
): Promise<void> {
  const { account: opened, balance, totals } = await blotter.accounts.summary(account);
  const days = await blotter.accounts.days(account);
  const gross = sum((await blotter.trades.matches({ account })).map((match) => match.grossPnl));
  const costs = sum(fills.flatMap((fill) => [fill.commission, fill.fee]));
  expect(BigInt(balance)).toBe(BigInt(opened.startingBalance) + gross - costs);
  expect(BigInt(totals.grossPnl)).toBe(gross);
  expect(BigInt(totals.netPnl)).toBe(gross - costs);
  expect(sum(days.map((day) => day.netPnl))).toBe(gross - costs);
  const ends = await blotter.accounts.snapshots({ account, type: "eod" });
  expect(ends.map((end) => snapshotDay(end))).toEqual(days.map((day) => day.tradingDay));
  let [running, highest] = [BigInt(opened.startingBalance), BigInt(opened.startingBalance)];
  for (const [i, end] of ends.entries()) {
    running += BigInt(days[i]?.netPnl ?? 0);
    if (running > highest) highest = running;
    expect([end.balance, end.highestEodBalance].map((amount) => BigInt(amount ?? 0))).toEqual([
      running,
      highest,
    ]);
  }
  expect(days.reduce((count, day) => count + day.fillCount, 0)).toBe(fills.length);
}

/** What is left of a lot, with the costs that the contracts used before have not taken. */
function remainder({ execution, consumed, contractId }: OpenLot & { readonly contractId: string }) {
  const { side, quantity, price } = execution;
  const share = (cost: number | null) => {
    const whole = BigInt(cost ?? 0);
    return whole - floorDivide(whole * BigInt(consumed), BigInt(quantity));
  };
  return {
    contractId,
    side,
    quantity: quantity - consumed,
    price,
    commission: share(execution.commission),
    fee: share(execution.fee),
  };
}

type Holding = Pick<Fill, "side" | "quantity" | "price">;

const signed = (rows: readonly Holding[]): number =>
  rows.reduce((net, row) => net + sign(row.side) * row.quantity, 0);

/** Money paid less money received, in millionths. */
function value(rows: readonly Holding[], pointValue: number): bigint {
  const exact = total(
    rows.map(
      (row) => BigInt(sign(row.side) * row.quantity) * BigInt(row.price) * BigInt(pointValue),
    ),
  );
  return nearestEven(exact, 10n ** 9n);
}

const sum = (amounts: readonly (number | null)[]): bigint =>
  total(amounts.map((amount) => BigInt(amount ?? 0)));
