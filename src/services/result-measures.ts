import type { MeasuredResults } from "../domain/performance/result-figures.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";
import { readColumns } from "./result-reader.js";
import { netsInOrder } from "./result-sequence.js";

/** What is read of each result. */
export const MEASURED_FIELDS = [
  "netPnl",
  "durationSeconds",
  "exitTimestamp",
  "plannedRisk",
] as const;
/** Of what only the sum over all results is. */
export const MEASURED_SUMS = ["grossPnl", "mae", "mfe"] as const;

/** The filtered results as the figures over all of them need them. */
export async function measureResults(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<MeasuredResults> {
  const measured = await readColumns(filter, repos, MEASURED_FIELDS, MEASURED_SUMS);
  const { columns, sums } = measured;
  return { ...columns, sums, netsInOrder: await netsInOrder(measured, filter, repos) };
}
