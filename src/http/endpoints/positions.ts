import { z } from "zod";
import { POSITION_SIDES } from "../../domain/codes.js";
import { FILL_ORIGINS } from "../../domain/fill.js";
import { madeAsText } from "../../domain/made.js";
import { plainValued } from "../../ports/position-prices.js";
import { endpoint } from "../endpoint.js";
import { rowParameters } from "../page-query.js";
import { count, id, money, price, time } from "../plain-schemas.js";

export const POSITION_ROW = z
  .object({
    accountId: id(),
    positionId: id(),
    symbol: z.string(),
    contractId: id(),
    root: z.string(),
    side: z.enum(POSITION_SIDES),
    status: z.enum(["open", "closed"]),
    quantity: count(),
    entryPrice: price(),
    openedAt: time(),
    closedAt: time().nullable(),
    closedQuantity: count(),
    realizedGrossPnl: money(),
    commissions: money().nullable(),
    fees: money().nullable(),
    realizedNetPnl: money(),
    costsKnown: z.boolean().nullable(),
    costsModelled: z.boolean().nullable(),
    origin: z.enum(FILL_ORIGINS).describe("Of the order that opened it"),
    entryOrderId: id(),
    strategy: z.string().nullable(),
    currentPrice: price().nullable(),
    unrealizedPnl: money().nullable().describe("Over the lots that are open, before costs"),
    markedAt: time().nullable(),
    madeAs: z
      .string()
      .nullable()
      .describe("Of what no broker told it is made: synthetic, adopted; null when it told it all"),
  })
  .meta({ id: "Position" });

export const positionEndpoints = [
  endpoint({
    route: "/positions",
    tag: "positions",
    summary:
      "Positions that are open now, by opening instant; closed ones are trades of level position",
    path: z.object({}),
    query: z.object(rowParameters("opened")),
    response: z.array(POSITION_ROW),
    async answer({ books, query }) {
      const { account, symbol, strategy, from, to } = query;
      const open = await books.positions.valued({
        ...(account !== undefined && { account }),
        ...(symbol !== undefined && { symbol }),
        ...(strategy !== undefined && { strategy }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      });
      const rows = open.map(({ position }) => position);
      const made = await books.queries.made({ level: "position", rows });
      const body = open.map((row, index) => ({
        ...plainValued(row),
        madeAs: madeAsText(made[index] ?? []),
      }));
      return { body };
    },
  }),
];
