import { describe, expect, it } from "vitest";
import { ExchangeErrors } from "../../../examples/gateway/exchange-errors.js";
import type { GatewayEngine } from "../../../examples/gateway/gateway-engine.js";
import { expected } from "../../../examples/gateway/gateway-expected.js";
import { ACCOUNT, gatewayAt15, heardFrom, placed, tradedWorld } from "./worlds.js";

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

describe("the gateway's money", () => {
  it("is gross per closing trade first in, first out, and null where a trade only opens", () => {
    const engine = gatewayAt15();
    for (const [side, size] of [
      [0, 2],
      [0, 1],
      [1, 4],
      [0, 1],
    ] as const) {
      placed(engine, { side, size });
      engine.advance(60_000_000);
    }
    const [a, b, c, d] = engine.account(ACCOUNT).trades;
    if (!a || !b || !c || !d) throw new Error("four trades");
    expect([a.grossMicros, b.grossMicros]).toEqual([null, null]);
    expect(c.grossMicros).toBe((2 * (c.price - a.price) + (c.price - b.price)) * 500_000);
    expect(d.grossMicros).toBe((c.price - d.price) * 500_000);
    expect(engine.searchPositions(ACCOUNT)).toEqual([]);
  });

  it("adds up: gross is what was paid and got, less what the open lots cost", () => {
    for (const seed of SEEDS) expectConserved(tradedWorld(seed, 3).engine);
  });

  it("adds up after voids and corrections, with positions made of what still counts", () => {
    for (const seed of SEEDS) {
      const { engine } = tradedWorld(seed, 2);
      const errors = new ExchangeErrors(seed, { void: 0.1, correct: 0.1 });
      errors.strike(engine, 0);
      expect(errors.count("void") + errors.count("correct")).toBeGreaterThan(0);
      expectConserved(engine);
    }
  });

  it("costs each side its fee and commission, and gives them back with a void", () => {
    const engine = gatewayAt15();
    placed(engine, { size: 3 });
    placed(engine, { size: 3, side: 1 });
    const [account] = expected(engine);
    expect(account).toMatchObject({ fees: 6 * 360_000, commissions: 6 * 250_000 });
    expect(account?.balance).toBe(150_000_000_000 + (account?.grossPnl ?? 0) - 6 * 610_000);
    for (const { id } of engine.account(ACCOUNT).trades) engine.voidTrade(id);
    expect(expected(engine)).toMatchObject([
      { balance: 150_000_000_000, fees: 0, commissions: 0, grossPnl: 0, positions: [], trades: [] },
    ]);
  });

  it("tells a void on the hub, a correction only in REST, and what both did to the balance", () => {
    const engine = gatewayAt15();
    placed(engine, { size: 1 });
    const [trade] = engine.account(ACCOUNT).trades;
    const events = heardFrom(engine);
    engine.correctTrade(trade?.id ?? 0, 2);
    expect(events.map(({ event }) => event)).toEqual(["GatewayUserPosition", "GatewayUserAccount"]);
    const price = (trade?.price ?? 0) / 4;
    expect(engine.searchTrades(ACCOUNT, 0, Infinity)).toMatchObject([{ price, voided: false }]);
    engine.voidTrade(trade?.id ?? 0);
    expect(events[2]).toMatchObject({
      event: "GatewayUserTrade",
      payload: { data: { voided: true } },
    });
    expect(engine.searchPositions(ACCOUNT)).toEqual([]);
  });

  it("has sums of trades that are the filled volumes of their orders", () => {
    const { engine } = tradedWorld(5, 5);
    const filled = new Map<number, number>();
    for (const { order, size } of engine.account(ACCOUNT).trades) {
      filled.set(order.id, (filled.get(order.id) ?? 0) + size);
    }
    for (const { id, fillVolume } of engine.orders) expect(filled.get(id) ?? 0).toBe(fillVolume);
  });
});

/** Against sums that know nothing of lots: cash in and out, and the cost of what is held. */
function expectConserved(engine: GatewayEngine): void {
  const [account] = expected(engine);
  if (!account) throw new Error("no account");
  const held = new Map<string, number>();
  let cash = 0;
  let sides = 0;
  for (const { order, size, price, voided } of engine.account(ACCOUNT).trades) {
    if (voided) continue;
    const signed = order.side === 0 ? size : -size;
    cash -= signed * price * order.contract.tickValueMicros;
    held.set(order.contract.id, (held.get(order.contract.id) ?? 0) + signed);
    sides += size * (order.contract.feeMicros + order.contract.commissionMicros);
  }
  let lots = 0;
  for (const position of engine.account(ACCOUNT).openPositions) {
    for (const { quantity, price } of position.lots) {
      lots += quantity * price * position.contract.tickValueMicros;
    }
  }
  const open = [...held].filter(([, quantity]) => quantity !== 0);
  expect(
    account.positions.map(({ contractId, quantity }) => [contractId, quantity]).sort(),
  ).toEqual(open.sort());
  expect(account.grossPnl).toBe(cash + lots);
  expect(account.grossPnl).toBe(
    account.trades.reduce((sum, { grossPnl }) => sum + (grossPnl ?? 0), 0),
  );
  expect(account.balance).toBe(150_000_000_000 + account.grossPnl - sides);
}
