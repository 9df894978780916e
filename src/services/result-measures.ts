import { type Money, ZERO } from "../domain/money.js";
import type { RiskedResult } from "../domain/performance/expectancy.js";
import type { MeasuredResults } from "../domain/performance/result-figures.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";
import { plannedRisks, RISKED_FIELDS } from "./planned-risks.js";
import { readColumns } from "./result-reader.js";
import { netsInOrder } from "./result-sequence.js";

const MEASURED_FIELDS = ["netPnl", "durationSeconds", "exitTimestamp"] as const;
const SUMMED_FIELDS = ["grossPnl", "mae", "mfe"] as const;

/** The filtered results as the figures over all of them need them. */
export async function measureResults(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<MeasuredResults> {
  const measured = await readColumns(filter, repos, MEASURED_FIELDS, SUMMED_FIELDS);
  return {
    ...measured.columns,
    sums: measured.sums,
    netsInOrder: await netsInOrder(measured, filter, repos),
    risked: await riskedResults(measured.columns.netPnl, filter, repos),
  };
}

/** Planned risk is known of few results, or of none: nothing more is read then. */
async function riskedResults(
  nets: readonly Money[],
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly RiskedResult[]> {
  const riskOf = await plannedRisks(filter, repos);
  if (riskOf === null) return [];
  const { columns } = await readColumns(filter, repos, RISKED_FIELDS);
  const { accountId: accounts, entryOrderId, contractId, quantity, side } = columns;
  return accounts.map((accountId, n) => {
    // All lists have a value for each result.
    const result = {
      accountId,
      entryOrderId: entryOrderId[n],
      contractId: contractId[n],
      quantity: quantity[n],
      side: side[n],
    } as Parameters<typeof riskOf>[0];
    return { netPnl: nets[n] ?? ZERO, plannedRisk: riskOf(result) };
  });
}
