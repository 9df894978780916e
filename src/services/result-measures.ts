import { type Money, ZERO } from "../domain/money.js";
import type { RiskedResult } from "../domain/performance/expectancy.js";
import type { MeasuredResults } from "../domain/performance/result-figures.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";
import { plannedRisks } from "./planned-risks.js";
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

async function riskedResults(
  nets: readonly Money[],
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly RiskedResult[]> {
  const risks = await plannedRisks(filter, repos);
  return risks?.map((plannedRisk, n) => ({ netPnl: nets[n] ?? ZERO, plannedRisk })) ?? [];
}
