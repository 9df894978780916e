import { z } from "zod";
import { SIDES } from "../../domain/codes.js";
import { FILL_ORIGINS } from "../../domain/fill.js";
import { plainFill, plainFillWithBookkeeping } from "../../domain/plain.js";
import { endpoint } from "../endpoint.js";
import { pageAnswer, pageParameters, pageRequest, rowParameters } from "../page-query.js";
import { flag } from "../parameters.js";
import { count, id, money, price, time } from "../plain-schemas.js";

export const FILL_ROW = z
  .object({
    accountId: id(),
    fillId: id(),
    orderId: id(),
    symbol: z.string(),
    contractId: id(),
    root: z.string(),
    side: z.enum(SIDES),
    quantity: count(),
    price: price(),
    commission: money().nullable(),
    fee: money().nullable(),
    modelledCommission: money().nullable().describe("From a fee table, while none is known"),
    modelledFee: money().nullable(),
    executionTimestamp: time(),
    standIn: z.boolean(),
    revision: count(),
    origin: z.enum(FILL_ORIGINS),
    state: z.string().optional().describe("With all=true."),
    brokerPnl: money().nullable().optional().describe("With all=true."),
    source: z.string().optional().describe("With all=true."),
    checksum: z.string().optional().describe("With all=true."),
  })
  .meta({ id: "Fill" });

export const fillEndpoints = [
  endpoint({
    route: "/fills",
    tag: "fills",
    summary: "Fills by execution instant, a page at a time",
    path: z.object({}),
    query: z.object({
      ...rowParameters("executed"),
      ...pageParameters,
      all: flag().default(false).describe("Also void, held and withdrawn fills."),
    }),
    response: z.array(FILL_ROW),
    async answer({ books, query }) {
      const list = query.all ? "all fills" : "fills";
      const page = await books.queries.fills(pageRequest(list, query), query.all);
      const plain = query.all ? plainFillWithBookkeeping : plainFill;
      return pageAnswer(list, query, page, page.rows.map(plain));
    },
  }),
];
