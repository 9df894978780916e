import { z } from "zod";
import { ORDER_STATUSES, ORDER_TYPES, SIDES } from "../../domain/codes.js";
import { FILL_ORIGINS } from "../../domain/fill.js";
import { plainOrder } from "../../domain/plain.js";
import { endpoint } from "../endpoint.js";
import { pageAnswer, pageParameters, pageRequest, rowParameters } from "../page-query.js";
import { account, text } from "../parameters.js";
import { count, id, price, time } from "../plain-schemas.js";

export const ORDER_ROW = z
  .object({
    accountId: id(),
    orderId: id(),
    symbol: z.string(),
    contractId: id(),
    root: z.string(),
    side: z.enum(SIDES),
    orderType: z.enum(ORDER_TYPES).nullable(),
    quantity: count().nullable(),
    limitPrice: price().nullable(),
    stopPrice: price().nullable(),
    trailAmount: price().nullable(),
    status: z.enum(ORDER_STATUSES).nullable(),
    filledQuantity: count(),
    remainingQuantity: count().nullable(),
    averageFillPrice: price().nullable(),
    parentOrderId: id().nullable(),
    linkedOrderId: id().nullable(),
    stopLossOrderId: id().nullable(),
    takeProfitOrderId: id().nullable(),
    createdAt: time(),
    submittedAt: time().nullable(),
    filledAt: time().nullable(),
    cancelledAt: time().nullable(),
    customTag: z.string().nullable(),
    strategy: z.string().nullable(),
    rejectionReason: z.string().nullable(),
    notes: z.string().nullable(),
    origin: z.enum(FILL_ORIGINS),
  })
  .meta({ id: "Order", description: "Null is what nobody told." });

export const orderEndpoints = [
  endpoint({
    route: "/orders",
    tag: "orders",
    summary: "Orders by creation instant, a page at a time",
    path: z.object({}),
    query: z.object({ ...rowParameters("created"), ...pageParameters }),
    response: z.array(ORDER_ROW),
    async answer({ books, query }) {
      const page = await books.queries.orders(pageRequest("orders", query));
      return pageAnswer("orders", query, page, page.rows.map(plainOrder));
    },
  }),
  endpoint({
    route: "/orders/working",
    tag: "orders",
    summary: "Orders that may still fill, oldest first",
    path: z.object({}),
    query: z.object({ account: account().optional() }),
    response: z.array(ORDER_ROW),
    async answer({ books, query }) {
      return { body: (await books.orders.workingOrders(query.account)).map(plainOrder) };
    },
  }),
  endpoint({
    route: "/accounts/{account}/orders/{order}",
    tag: "orders",
    summary: "One order; null when there is none",
    path: z.object({ account: account(), order: text() }),
    query: z.object({}),
    response: ORDER_ROW.nullable(),
    async answer({ books, path }) {
      const order = await books.orders.order(path.account, path.order);
      return { body: order && plainOrder(order) };
    },
  }),
];
