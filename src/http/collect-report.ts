import { invalid } from "../domain/errors.js";
import { formatInstant, type Instant } from "../domain/instant.js";
import type { PerformanceFilter } from "../ports/performance.js";
import type { Risk } from "./answer-rows.js";
import type { Endpoint } from "./endpoint.js";
import { ENDPOINTS } from "./endpoints.js";
import { readPath, readQuery } from "./parameters.js";
import type { ReportData } from "./report-data.js";
import type { ServedBooks } from "./served-books.js";

/** Trades that a report lists; its figures are of all. */
const MOST_TRADES = 500;

type Search = readonly (readonly [name: string, value: string])[];

/**
 * What a report shows, asked of the same endpoints as the dashboard's. The list of trades has what its figures count.
 *
 * @throws BlotterError `not_found` for an unknown account, `invalid` for a filter that makes no sense
 */
export async function collectReport(
  books: ServedBooks,
  filter: PerformanceFilter,
  now: Instant,
): Promise<ReportData> {
  const ask: Ask = (route, search = [], account) => answerOf(books, route, search, account);
  const accounts: string[] = [];
  for (const name of filter.accounts ?? []) {
    accounts.push((await books.accounts.get(name)).accountId);
  }
  const isAsked = ({ accountId }: { readonly accountId: string }) =>
    accounts.length === 0 || accounts.includes(accountId);
  const figures = <T>(what: string, ...more: Search): Promise<T> =>
    ask<T>(`/performance${what}`, [...filterSearch(filter), ...more]);
  const standing: ReportData["standing"] = {
    accounts: await ask("/accounts"),
    positions: await ask("/positions"),
    working: await ask("/orders/working"),
    risks: [],
  };
  const shown = standing.accounts.filter(isAsked);
  return {
    generatedAt: formatInstant(now),
    scope: scopeText(filter),
    standing: {
      accounts: shown,
      positions: standing.positions.filter(isAsked),
      working: standing.working.filter(isAsked),
      risks: await Promise.all(
        shown.map(({ accountId }) => ask<Risk>("/accounts/{account}/risk", [], accountId)),
      ),
    },
    figures: {
      performance: await figures(""),
      statistics: await figures("/statistics"),
      equity: await figures("/equity"),
      drawdowns: await figures("/drawdown"),
      calendar: await figures("/calendar"),
      distribution: await figures("/distribution", ["bins", "24"]),
      excursions: await figures("/excursions", ["limit", "500"]),
      rolling20: await figures("/rolling", ["window", "20"]),
      rolling60: await figures("/rolling", ["window", "60"]),
      byHour: await figures("/breakdown", ["by", "hour"]),
      byWeekday: await figures("/breakdown", ["by", "weekday"]),
      bySymbol: await figures("/breakdown", ["by", "symbol"]),
      byStrategy: await figures("/breakdown", ["by", "strategy"]),
    },
    rules: {
      floors: await Promise.all(
        shown.map(async ({ accountId, accountName }) => ({
          accountId,
          name: accountName ?? accountId,
          floors: await ask<Floors>("/accounts/{account}/floor", [], accountId),
        })),
      ),
      compliance: (await ask<RuleRows>("/compliance", [["limit", "1000"]])).filter(isAsked),
    },
    trades: await figures("/results", ["limit", String(MOST_TRADES)], ["madeAs", "true"]),
  };
}

function filterSearch(filter: PerformanceFilter): Search {
  const { accounts = [], symbols = [], strategies = [], sides = [], tags = [] } = filter;
  const all = (name: string, values: readonly (string | null)[]): Search =>
    values.map((value) => {
      if (value !== null) return [name, value] as const;
      throw invalid(`a report cannot be narrowed down to results without a ${name}`);
    });
  const one = (name: string, value: string | number | undefined): Search =>
    value === undefined ? [] : [[name, String(value)]];
  return [
    ...all("account", accounts),
    ...all("symbol", symbols),
    ...all("strategy", strategies),
    ...all("side", sides),
    ...all("tag", tags),
    ...one("note", filter.note),
    ...one("minRisk", filter.minRisk),
    ...one("maxRisk", filter.maxRisk),
    ...one("from", filter.from),
    ...one("to", filter.to),
    ...one("level", filter.level),
  ];
}

type Ask = <T>(route: string, search?: Search, account?: string) => Promise<T>;
type Floors = ReportData["rules"]["floors"][number]["floors"];
type RuleRows = ReportData["rules"]["compliance"];

/** The body of an endpoint's answer, without a server in between. */
async function answerOf<T>(
  books: ServedBooks,
  route: string,
  search: Search,
  account?: string,
): Promise<T> {
  const endpoint = endpointAt(route);
  const asked = new URLSearchParams();
  for (const [name, value] of search) asked.append(name, value);
  const path = readPath(endpoint.path, account === undefined ? {} : { account });
  const query = readQuery(endpoint.query, asked);
  const { body } = await endpoint.answer({ books, path, query });
  // The tests hold every endpoint's answer to its schema.
  return body as T;
}

function endpointAt(route: string): Endpoint {
  const found = ENDPOINTS.find((endpoint) => endpoint.route === route);
  if (!found) throw new RangeError(`there is no endpoint ${route}`);
  return found;
}

function writtenText({ note, minRisk, maxRisk }: PerformanceFilter): readonly string[] {
  const bounds = [
    minRisk === undefined ? [] : `from ${minRisk}`,
    maxRisk === undefined ? [] : `to ${maxRisk}`,
  ].flat();
  return [
    ...(note === undefined ? [] : [`note with ${JSON.stringify(note)}`]),
    ...(bounds.length === 0 ? [] : [`planned risk ${bounds.join(" ")} $`]),
  ];
}

function scopeText(filter: PerformanceFilter): string {
  const { accounts = [], symbols = [], strategies = [], sides = [], tags = [], from, to } = filter;
  const days = [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(" and ");
  return [
    accounts.length === 0 ? "All accounts" : accounts.join(", "),
    ...symbols,
    ...strategies.map((name) => name ?? "no strategy"),
    ...sides,
    ...tags,
    ...writtenText(filter),
    days === "" ? "all days" : `days ${days}`,
  ].join(", ");
}
