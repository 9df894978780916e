import fc from "fast-check";
import { ORDER_STATUSES, type OrderStatus } from "../../src/domain/codes.js";
import { ProductCatalog } from "../../src/domain/contract.js";
import { parseInstant } from "../../src/domain/instant.js";
import {
  type Order,
  type OrderInput,
  type OrderReport,
  placeholder,
} from "../../src/domain/order.js";
import { isTerminal } from "../../src/domain/order-lifecycle.js";
import { applyReport } from "../../src/domain/order-merge.js";
import { parseOrder } from "../../src/domain/order-report.js";
import { strategyOfTag } from "../../src/domain/strategy.js";

export const MNQ = new ProductCatalog().resolve(
  "MNQU26",
  parseInstant("2026-08-19T14:00:00Z", "t"),
);

/** A report that says nothing but what it must, and what is given. */
export function input(told: Partial<OrderInput> = {}): OrderInput {
  return {
    accountId: "A",
    orderId: "1",
    contract: "MNQU26",
    side: "BUY",
    createdAt: "2026-08-19T14:00:00Z",
    ...told,
  };
}

export const report = (told: Partial<OrderInput> = {}): OrderReport =>
  parseOrder(input(told), MNQ, strategyOfTag);

/** The order as it starts for its first report. */
export function blank({ accountId, orderId, side, createdAt, contract }: OrderReport): Order {
  const { symbol, contractId, root } = contract;
  return placeholder({ accountId, orderId, symbol, contractId, root, side, createdAt });
}

/** What the reports make of an order, in the order in which they came. */
export function afterReports(first: OrderReport, ...later: readonly OrderReport[]): Order {
  return [first, ...later].reduce((order, next) => applyReport(order, next).order, blank(first));
}

const instants = fc.integer({ min: 0, max: 5 }).map((minute) => `2026-08-19T14:0${minute}:00Z`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const price = maybe(fc.constantFrom("-0.25", "9.75", "10", "100.25"));
const id = maybe(fc.constantFrom("2", "10", "9"));

/** Reports of one order that never name two different ends. */
export const anyReports = fc
  .constantFrom(...ORDER_STATUSES.filter(isTerminal))
  .chain((end) => fc.array(anyReport(["PENDING", "WORKING", end]), { minLength: 1, maxLength: 6 }))
  .map(([first, ...rest]): readonly [OrderReport, ...OrderReport[]] => [
    first ?? report(),
    ...rest,
  ]);

function anyReport(statuses: readonly OrderStatus[]): fc.Arbitrary<OrderReport> {
  return fc
    .record({
      createdAt: instants,
      updatedAt: maybe(instants),
      authority: fc.constantFrom("api" as const, "file" as const),
      status: maybe(fc.constantFrom(...statuses)),
      orderType: maybe(fc.constantFrom("LIMIT" as const, "STOP" as const, "MARKET" as const)),
      quantity: maybe(fc.integer({ min: 5, max: 12 })),
      filledQuantity: maybe(fc.integer({ min: 0, max: 5 })),
      limitPrice: price,
      stopPrice: price,
      trailAmount: price,
      averageFillPrice: price,
      filledAt: maybe(instants),
      submittedAt: maybe(instants),
      cancelledAt: maybe(instants),
      parentOrderId: id,
      linkedOrderId: id,
      stopLossOrderId: id,
      takeProfitOrderId: id,
      customTag: maybe(fc.constantFrom("bot-strategy-alpha-1", "bot-strategy-beta-2", "x")),
      rejectionReason: maybe(fc.constantFrom("no margin", "halted")),
    })
    .map(report);
}
