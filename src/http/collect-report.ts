import { formatInstant, type Instant } from "../domain/instant.js";
import { parseTradingDay, startOfTradingDay } from "../domain/trading-day.js";
import type { Endpoint } from "./endpoint.js";
import { ENDPOINTS } from "./endpoints.js";
import { readPath, readQuery } from "./parameters.js";
import type { ReportData } from "./report-data.js";
import type { ServedBooks } from "./served-books.js";

/** Trades that a report lists; its figures are of all. */
const MOST_TRADES = 500;

export interface ReportScope {
  /** An account's id or exact name; all together without. */
  readonly account?: string;
  /** Trading days YYYY-MM-DD: the first one, and the one before which to stop. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * What a report shows, asked of the same endpoints as the dashboard's.
 *
 * @throws BlotterError `not_found` for an unknown account, `invalid` for dates that are none
 */
export async function collectReport(
  books: ServedBooks,
  scope: ReportScope,
  now: Instant,
): Promise<ReportData> {
  const accountId =
    scope.account === undefined ? null : (await books.accounts.get(scope.account)).accountId;
  const ask = <T>(route: string, search: Readonly<Record<string, string>> = {}): Promise<T> =>
    answerOf<T>(books, route, search);
  const ofAccount: Record<string, string> = accountId === null ? {} : { account: accountId };
  const { from, to } = scope;
  const dates = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const figures = <T>(what: string, more: Readonly<Record<string, string>> = {}): Promise<T> =>
    ask<T>(`/performance${what}`, { ...ofAccount, ...dates, ...more });
  const accounts = await ask<ReportData["standing"]["accounts"]>("/accounts");
  return {
    generatedAt: formatInstant(now),
    scope: scopeText(scope),
    standing: {
      accounts: accounts.filter((row) => accountId === null || row.accountId === accountId),
      positions: await ask("/positions", ofAccount),
      working: await ask("/orders/working", ofAccount),
    },
    figures: {
      performance: await figures(""),
      statistics: await figures("/statistics"),
      equity: await figures("/equity"),
      drawdowns: await figures("/drawdown"),
      calendar: await figures("/calendar"),
      distribution: await figures("/distribution", { bins: "24" }),
      excursions: await figures("/excursions", { limit: "500" }),
      byHour: await figures("/breakdown", { by: "hour" }),
      byWeekday: await figures("/breakdown", { by: "weekday" }),
      bySymbol: await figures("/breakdown", { by: "symbol" }),
      byStrategy: await figures("/breakdown", { by: "strategy" }),
    },
    rules: { risks: [], floor: [], compliance: [] },
    trades: await newestTrades(ask, ofAccount, scope),
  };
}

type Ask = <T>(route: string, search: Readonly<Record<string, string>>) => Promise<T>;

/** Trades closed on the trading days of the scope. */
function newestTrades(
  ask: Ask,
  ofAccount: Readonly<Record<string, string>>,
  { from, to }: ReportScope,
): Promise<ReportData["trades"]> {
  return ask("/trades", {
    ...ofAccount,
    limit: String(MOST_TRADES),
    ...(from !== undefined && { from: startOf(from) }),
    ...(to !== undefined && { to: startOf(to) }),
  });
}

function startOf(day: string): string {
  return formatInstant(startOfTradingDay(parseTradingDay(day)));
}

/** The body of an endpoint's answer, without a server in between. */
async function answerOf<T>(
  books: ServedBooks,
  route: string,
  search: Readonly<Record<string, string>>,
): Promise<T> {
  const endpoint = endpointAt(route);
  const path = readPath(endpoint.path, {});
  const query = readQuery(endpoint.query, new URLSearchParams(search));
  const { body } = await endpoint.answer({ books, path, query });
  // The tests hold every endpoint's answer to its schema.
  return body as T;
}

function endpointAt(route: string): Endpoint {
  const found = ENDPOINTS.find((endpoint) => endpoint.route === route);
  if (!found) throw new RangeError(`there is no endpoint ${route}`);
  return found;
}

function scopeText({ account, from, to }: ReportScope): string {
  const days = [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(" and ");
  return `${account ?? "All accounts"}, ${days === "" ? "all days" : `days ${days}`}`;
}
