import { GatewayEngine } from "../../../examples/gateway/gateway-engine.js";
import type { GatewayOptions } from "../../../examples/gateway/gateway-options.js";
import type { PlaceAnswer, PlaceRequest } from "../../../examples/gateway/gateway-requests.js";
import type { HubEvent } from "../../../examples/gateway/gateway-rows.js";
import { HOUR_US } from "../../../examples/gateway/gateway-time.js";
import { sessionStartUs, trade, tradingDateUs } from "../../../examples/gateway/trading-week.js";

export const ACCOUNT = 26_000_007;
export const MNQ = "CON.F.US.MNQ.Z26";
export const MES = "CON.F.US.MES.Z26";

/** A gateway at 15:00 UTC of Monday, 2026-11-02, while futures trade. */
export function gatewayAt15(options: Partial<GatewayOptions> = {}): GatewayEngine {
  const accounts = [{ id: ACCOUNT, name: `PRAC-V2-1-${ACCOUNT}`, balance: 150_000 }];
  const startUs = tradingDateUs(0) + 15 * HOUR_US;
  return new GatewayEngine({ seed: 7, startUs, accounts, partialFills: 0, ...options });
}

/** A gateway that strategies have traded on, and all that its hub said. */
export function tradedWorld(seed: number, days = 2, options: Partial<GatewayOptions> = {}) {
  const accounts = [{ id: ACCOUNT, name: `PRAC-V2-1-${ACCOUNT}`, balance: 150_000 }];
  const engine = new GatewayEngine({ seed, startUs: sessionStartUs(0), accounts, ...options });
  const events = heardFrom(engine);
  trade(engine, { seed, accountId: ACCOUNT, firstDay: 0, days, tradesADay: 16 });
  return { engine, events };
}

export function heardFrom(engine: GatewayEngine): HubEvent[] {
  const events: HubEvent[] = [];
  engine.onEvent((event) => events.push(event));
  return events;
}

/** Buys or sells one contract of MNQ at the market, unless said otherwise. */
export function place(engine: GatewayEngine, terms: Partial<PlaceRequest> = {}): PlaceAnswer {
  return engine.place({ accountId: ACCOUNT, contractId: MNQ, type: 2, side: 0, size: 1, ...terms });
}

/** @throws Error when the broker refused the order */
export function placed(engine: GatewayEngine, terms: Partial<PlaceRequest> = {}): number {
  const { orderId, errorMessage } = place(engine, terms);
  if (orderId === null) throw new Error(`refused: ${errorMessage}`);
  return orderId;
}

/** The newest price of a contract, in points, moved by some ticks of a quarter. */
export function near(engine: GatewayEngine, ticks: number): number {
  const order = engine.order(placed(engine, { type: 1, limitPrice: 1 }));
  if (!order) throw new Error("no order");
  engine.cancel({ accountId: ACCOUNT, orderId: order.id });
  return (engine.market(order.contract).quote.last + ticks) / 4;
}
