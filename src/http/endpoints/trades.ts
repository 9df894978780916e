import { z } from "zod";
import { ANNOTATION_TARGETS, type Annotation } from "../../domain/annotation.js";
import { POSITION_SIDES } from "../../domain/codes.js";
import { madeAsText, madeBy } from "../../domain/made.js";
import { moneyToNumber } from "../../domain/money.js";
import { plainFill, plainOrder, plainTrade } from "../../domain/plain.js";
import { TRADE_OUTCOMES, TRADE_RANKS } from "../../ports/trade-query.js";
import { plainMatches } from "../../services/plain-rows.js";
import { closedRows, madeAsParameter } from "../closed-rows.js";
import { type Answer, endpoint } from "../endpoint.js";
import { pageAnswer, pageParameters, pageRequest, rowParameters } from "../page-query.js";
import { account, text } from "../parameters.js";
import { count, id, money, price, time } from "../plain-schemas.js";
import { Problem } from "../problem.js";
import type { ServedBooks } from "../served-books.js";
import { WRITTEN_PARAMETERS, writtenFilter } from "../written-parameters.js";
import { FILL_ROW } from "./fills.js";
import { ORDER_ROW } from "./orders.js";

/** Origins of the fills that no broker told, with commas between; null when it told them all. */
const MADE_AS = z.string().nullable();

export const TRADE_ROW = z
  .object({
    accountId: id(),
    symbol: z.string(),
    contractId: id(),
    root: z.string(),
    side: z.enum(POSITION_SIDES),
    quantity: count(),
    entryPrice: price(),
    entryTimestamp: time(),
    exitPrice: price(),
    exitTimestamp: time(),
    grossPnl: money(),
    commissions: money().nullable(),
    fees: money().nullable(),
    netPnl: money().describe("Gross less known costs, US dollars"),
    costsKnown: z.boolean(),
    costsModelled: z.boolean(),
    entryOrderId: id(),
    exitOrderId: id().nullable(),
    tradeId: id(),
    strategy: z.string().nullable(),
    mae: money().nullable().describe("Worst open result, US dollars, at most 0"),
    mfe: money().nullable().describe("Best open result, US dollars, at least 0"),
    entryFillId: id().optional().describe("At level match."),
    exitFillId: id().optional().describe("At level match."),
    madeAs: MADE_AS.optional().describe("With madeAs=true: synthetic, adopted, settlement."),
  })
  .meta({ id: "Trade" });

export const ANNOTATION_ROW = z
  .object({
    accountId: id(),
    target: z.enum(ANNOTATION_TARGETS),
    targetId: id(),
    note: z.string().nullable(),
    tags: z.array(z.string()),
    plannedRisk: money().nullable().describe("As written; US dollars"),
  })
  .meta({ id: "Annotation" });

export const TRADE_RECORD = z
  .object({
    trade: TRADE_ROW,
    matches: z.array(TRADE_ROW),
    orders: z.array(ORDER_ROW),
    fills: z.array(FILL_ROW),
    madeAs: MADE_AS.describe("Of what no broker told: synthetic, adopted, settlement."),
    annotations: z.array(ANNOTATION_ROW).describe("What was written on its orders and fills."),
    plannedRisk: money().nullable().describe("US dollars; null while unknown"),
  })
  .meta({ id: "TradeRecord" });

const QUERY = z.object({
  ...rowParameters("closed"),
  ...WRITTEN_PARAMETERS,
  ...pageParameters,
  ...madeAsParameter,
  level: z
    .enum(["match", "trade", "position"])
    .default("trade")
    .describe("Fill by fill, order by order, or flat to flat."),
  side: z.enum(POSITION_SIDES).optional().describe("At level trade."),
  outcome: z.enum(TRADE_OUTCOMES).optional().describe("By net result; at level trade."),
  sort: z
    .enum(TRADE_RANKS)
    .default("exitTimestamp")
    .describe("Other than by exit: at level trade."),
});

export const tradeEndpoints = [
  endpoint({
    route: "/trades",
    tag: "trades",
    summary: "Closed trades, a page at a time",
    path: z.object({}),
    query: QUERY,
    response: z.array(TRADE_ROW),
    async answer({ books, query }) {
      switch (query.level) {
        case "trade":
          return trades(books, query);
        case "match":
          return matches(books, query);
        case "position":
          return positions(books, query);
      }
    },
  }),
  endpoint({
    route: "/accounts/{account}/trades/{trade}",
    tag: "trades",
    summary: "One trade with its matches, orders and fills, and what was written on them",
    path: z.object({ account: account(), trade: text() }),
    query: z.object({}),
    response: TRADE_RECORD,
    async answer({ books, path }) {
      const record = await books.queries.trade(path.account, path.trade);
      const body = {
        trade: plainTrade(record.trade),
        matches: plainMatches(record.matches, await books.contracts.contracts()),
        orders: record.orders.map(plainOrder),
        fills: record.fills.map(plainFill),
        madeAs: madeAsText(madeBy([record.trade.entryOrderId, record.trade.exitOrderId])),
        annotations: record.annotations.map(writtenRow),
        plannedRisk: record.plannedRisk === null ? null : moneyToNumber(record.plannedRisk),
      };
      return { body };
    },
  }),
];

function writtenRow({ accountId, target, targetId, note, tags, plannedRisk }: Annotation) {
  const risk = plannedRisk === null ? null : moneyToNumber(plannedRisk);
  return { accountId, target, targetId, note, tags, plannedRisk: risk };
}

type Query = z.output<typeof QUERY>;

async function trades(books: ServedBooks, query: Query): Promise<Answer> {
  const { side, outcome, sort: rank } = query;
  const list = `trades ${rank}`;
  const page = await books.queries.trades({
    ...pageRequest(list, query),
    ...writtenFilter(query),
    rank,
    ...(side !== undefined && { side }),
    ...(outcome !== undefined && { outcome }),
  });
  const rows = await closedRows(books, { level: "trade", rows: page.rows }, query.madeAs);
  return pageAnswer(list, query, page, rows);
}

async function matches(books: ServedBooks, query: Query): Promise<Answer> {
  requireNoTradeFilter(query);
  const request = { ...pageRequest("matches", query), ...writtenFilter(query) };
  const page = await books.queries.matches(request);
  const rows = await closedRows(books, { level: "match", rows: page.rows }, query.madeAs);
  return pageAnswer("matches", query, page, rows);
}

async function positions(books: ServedBooks, query: Query): Promise<Answer> {
  requireNoTradeFilter(query);
  const request = { ...pageRequest("closed positions", query), ...writtenFilter(query) };
  const page = await books.queries.closedPositions(request);
  const rows = await closedRows(books, { level: "position", rows: page.rows }, query.madeAs);
  return pageAnswer("closed positions", query, page, rows);
}

function requireNoTradeFilter({ level, side, outcome, sort }: Query): void {
  if (side === undefined && outcome === undefined && sort === "exitTimestamp") return;
  throw new Problem(400, `side, outcome and sort are for level trade, not for level ${level}`);
}
