import type { OrderId } from "../domain/ids.js";
import type { Money } from "../domain/money.js";
import { riskShare, stopRisk } from "../domain/performance/planned-risk.js";
import type { Trade } from "../domain/trade.js";
import type { ResultQuery } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { queryOf, type ResolvedFilter } from "./performance-filter.js";
import { type WrittenRisk, writtenRisks } from "./written-places.js";

type Risks = readonly (Money | null)[];

/**
 * What each of the filtered results was planned to lose at most, one account after the other: what a person wrote on
 * its entry order or on fills of that, else the distance to the order's protective stop as it was last told. Null
 * where neither is known. A position bears the risk of the order that opened it. Null for all where no order's risk
 * is known.
 */
export async function plannedRisks(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<Risks | null> {
  if (filter.contractIds?.size === 0) return null;
  const known: Risks[] = [];
  let isAny = false;
  for (const { accountId } of filter.accounts) {
    const query = queryOf(filter, accountId);
    const written = await writtenRisks(accountId, repos);
    if (written.size > 0 || (await repos.results.anyStops(accountId))) {
      isAny = true;
      known.push(await risksOf(query, written, repos));
    } else {
      const { columns } = await repos.results.columns(query, ["netPnl"]);
      known.push(new Array<null>(columns.netPnl.length).fill(null));
    }
  }
  return isAny ? ([] as Risks).concat(...known) : null;
}

/** What one trade was planned to lose at most. */
export async function plannedRiskOf(
  { accountId, tradeId, entryOrderId, exitTimestamp }: Trade,
  repos: ReadRepositories,
): Promise<Money | null> {
  const query = { accountId, level: "trade", exits: [exitTimestamp] } as const;
  const { columns } = await repos.results.columns(query, ["resultId"]);
  const written = await writtenRisks(accountId, repos, [entryOrderId]);
  const risks = await risksOf(query, written, repos);
  return risks[columns.resultId.indexOf(tradeId)] ?? null;
}

async function risksOf(
  query: Omit<ResultQuery, "newest">,
  written: ReadonlyMap<OrderId, WrittenRisk>,
  repos: ReadRepositories,
): Promise<Risks> {
  const { distances, pointValues } = await repos.results.stopDistances(query);
  const byStops = distances.map((distance, n) => {
    const pointValue = pointValues[n];
    return distance === null || pointValue === undefined ? null : stopRisk(distance, pointValue);
  });
  if (written.size === 0) return byStops;
  const { columns } = await repos.results.columns(query, ["entryOrderId", "quantity"]);
  return columns.entryOrderId.map((orderId, n) => {
    const own = written.get(orderId);
    if (!own) return byStops[n] ?? null;
    return riskShare(own.risk, columns.quantity[n] ?? 0, own.quantity);
  });
}
