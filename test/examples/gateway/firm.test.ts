import { describe, expect, it } from "vitest";
import { contractOf } from "../../../examples/gateway/gateway-contracts.js";
import type { GatewayEngine } from "../../../examples/gateway/gateway-engine.js";
import { DAY_US, HOUR_US, MINUTE_US } from "../../../examples/gateway/gateway-time.js";
import { tradingDateUs } from "../../../examples/gateway/trading-week.js";
import { ACCOUNT, gatewayAt15, heardFrom, MES, MNQ, place, placed } from "./worlds.js";

const LIMITS = { dailyLoss: 1_000, maxLoss: 2_000, maxContracts: 50, liquidates: true };

/** Ten of MNQ are bought, and the price falls by so many dollars of theirs. */
function lose(engine: GatewayEngine, dollars: number): void {
  placed(engine, { size: 10 });
  fall(engine, MNQ, dollars / 5);
}

function fall(engine: GatewayEngine, contractId: string, ticks: number): void {
  const contract = contractOf(contractId);
  if (!contract) throw new Error(`no contract ${contractId}`);
  engine.market(contract).gap(-ticks);
  engine.advance(MINUTE_US);
}

const held = (engine: GatewayEngine): readonly unknown[] => engine.account(ACCOUNT).openPositions;

describe("a prop firm behind the gateway", () => {
  it("does nothing while less than the limit is lost", () => {
    const engine = gatewayAt15({ limits: LIMITS });
    lose(engine, 900);
    expect(held(engine)).toHaveLength(1);
    expect(place(engine).errorCode).toBe(0);
  });

  it("closes all and refuses orders, which leave no trace, until the day ends", () => {
    const engine = gatewayAt15({ limits: LIMITS });
    placed(engine, { contractId: MES });
    const resting = placed(engine, { type: 1, limitPrice: 1 });
    const events = heardFrom(engine);
    lose(engine, 1_100);
    expect(held(engine)).toEqual([]);
    expect(engine.order(resting)?.status).toBe(3);
    const told = events.filter(({ event }) => event === "GatewayUserAccount").at(-1);
    expect(told?.payload.data.canTrade).toBe(false);

    const orders = [...engine.orders].length;
    expect(place(engine)).toMatchObject({ orderId: null });
    expect([...engine.orders]).toHaveLength(orders);
    engine.advanceTo(tradingDateUs(0) + 21.5 * HOUR_US);
    expect(place(engine).errorMessage).toMatch(/daily loss limit/);
    engine.advanceTo(tradingDateUs(0) + 23 * HOUR_US);
    expect(place(engine).errorCode).toBe(0);
  });

  it("leaves closing to the owner where it is said to", () => {
    const engine = gatewayAt15({ limits: { ...LIMITS, liquidates: false } });
    lose(engine, 1_100);
    expect(held(engine)).toHaveLength(1);
    expect(place(engine).errorMessage).toMatch(/daily loss limit/);
    expect(engine.close({ accountId: ACCOUNT, contractId: MNQ }).errorCode).toBe(0);
    expect(held(engine)).toEqual([]);
  });

  it("ends an account that falls below its highest end of a day less the limit", () => {
    const engine = gatewayAt15({ limits: LIMITS });
    for (let day = 0; day < 3; day += 1) {
      engine.advanceTo(tradingDateUs(day) + 15 * HOUR_US);
      lose(engine, 800);
      engine.close({ accountId: ACCOUNT, contractId: MNQ });
    }
    engine.advance(2 * DAY_US);
    expect(place(engine).errorMessage).toMatch(/maximum loss limit/);
  });

  it("refuses what the account may never hold", () => {
    const engine = gatewayAt15({ limits: LIMITS });
    expect(place(engine, { size: 51 }).errorMessage).toMatch(/51 contracts are more than the 50/);
  });
});
