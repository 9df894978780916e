import { ORDER_TYPE, SIDE } from "../../examples/gateway/gateway-codes.js";
import { gatewayFetch, gatewayHandler } from "../../examples/gateway/gateway-handler.js";
import type { Bracket, PlaceRequest } from "../../examples/gateway/gateway-requests.js";
import { seededRandom } from "../../examples/gateway/random.js";
import type { RestFaults } from "../../examples/gateway/rest-faults.js";
import { type OrderService, type OrderType, ProjectXClient } from "../../src/index.js";
import type { SimulatedWorld } from "./simulated-world.js";

const USER = { userName: "simulated", apiKey: "not-a-secret" };

/** A client of the simulated gateway; time passes by the gateway's clock alone, so no pause takes any. */
export function clientOf({ engine, plan }: SimulatedWorld, faults?: RestFaults): ProjectXClient {
  const handler = gatewayHandler(engine, { ...USER, ...(faults && { faults }) });
  return new ProjectXClient({
    ...USER,
    baseUrl: "http://127.0.0.1",
    fetch: gatewayFetch(handler),
    now: () => engine.nowUs / 1_000,
    sleep: () => Promise.resolve(),
    random: seededRandom(plan.seed),
    onWarning: () => {},
  });
}

const ORDER_TYPES: ReadonlyMap<number, OrderType> = new Map([
  [ORDER_TYPE.limit, "LIMIT"],
  [ORDER_TYPE.market, "MARKET"],
  [ORDER_TYPE.stopLimit, "STOP_LIMIT"],
  [ORDER_TYPE.stop, "STOP"],
  [ORDER_TYPE.trailingStop, "TRAILING_STOP"],
]);

/**
 * Sends a strategy's order as a bot does: through the books, which keep its intent.
 *
 * @returns the broker's id of the order; null when it was refused, or when nobody knows
 */
export async function submit(
  orders: OrderService,
  client: ProjectXClient,
  request: PlaceRequest,
): Promise<number | null> {
  const { customTag } = request;
  if (!customTag) throw new Error("a bot's order has a tag");
  const terms = {
    accountId: String(request.accountId),
    customTag,
    side: request.side === SIDE.buy ? ("BUY" as const) : ("SELL" as const),
    orderType: orderType(request.type),
    quantity: request.size,
    limitPrice: request.limitPrice ?? null,
    stopPrice: request.stopPrice ?? null,
  };
  const { contractId } = request;
  const brackets = {
    stopLoss: bracket(request.stopLossBracket),
    takeProfit: bracket(request.takeProfitBracket),
  };
  const intent = await orders.submit({ ...terms, contract: contractId }, async () => ({
    orderId: await client.placeOrder({ ...terms, ...brackets, contractId }),
  }));
  return intent.orderId === null ? null : Number(intent.orderId);
}

function bracket(given: Bracket | null | undefined) {
  return given ? { ticks: given.ticks, orderType: orderType(given.type) } : null;
}

function orderType(code: number): OrderType {
  const type = ORDER_TYPES.get(code);
  if (type === undefined) throw new Error(`no strategy places orders of type ${code}`);
  return type;
}
