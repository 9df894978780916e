import { z } from "zod";
import type { Page, PageRequest } from "../ports/queries.js";
import { readCursor, writeCursor } from "./cursor.js";
import type { Answer } from "./endpoint.js";
import { account, instant, text, whole } from "./parameters.js";

export const LARGEST_PAGE = 1_000;
const USUAL_PAGE = 100;

/** What every list takes. `instant` names the row's own instant. */
export const rowParameters = (at: string) => ({
  account: account().optional(),
  symbol: text().optional().describe("MNQU26, CON.F.US.MNQ.U26, or all of root MNQ."),
  strategy: text().optional(),
  from: instant().optional().describe(`Only rows ${at} at or after; a day is its midnight UTC.`),
  to: instant().optional().describe(`Only rows ${at} before.`),
});

export const pageParameters = {
  order: z
    .enum(["newest", "oldest"])
    .default("newest")
    .describe("Which end the list begins at; with another sort: largest, or smallest, first."),
  limit: whole(1, LARGEST_PAGE).default(USUAL_PAGE).describe("Rows of a page."),
  cursor: z
    .string()
    .regex(/^[\w-]{1,1000}$/, "is none that this server made")
    .optional()
    .describe('Where the page begins: from the header Link, rel="next", of the page before.'),
};

interface PageQuery {
  readonly account?: string | undefined;
  readonly symbol?: string | undefined;
  readonly strategy?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order: "newest" | "oldest";
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** @param list names the rows and what they are sorted by. @throws Problem 400 for a cursor of another list */
export function pageRequest(list: string, query: PageQuery): PageRequest {
  const { account, symbol, strategy, from, to, order, limit, cursor } = query;
  return {
    ...(account !== undefined && { account }),
    ...(symbol !== undefined && { symbol }),
    ...(strategy !== undefined && { strategy }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    size: limit,
    newestFirst: order === "newest",
    after: cursor === undefined ? null : readCursor(`${list} ${order}`, cursor),
  };
}

export function pageAnswer<R>(
  list: string,
  query: PageQuery,
  page: Page<R>,
  rows: readonly unknown[],
): Answer {
  const next = page.next && writeCursor(`${list} ${query.order}`, page.next);
  return { body: rows, next };
}
