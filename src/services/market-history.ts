import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Execution, FillPlace, Mark } from "../domain/lot.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** A stretch of a contract's history: fills in canonical order, and the marks that come between them. */
export interface HistoryPage {
  readonly fills: readonly Execution[];
  /** Marks from the page before to this page's last fill, excluded; on the last page, all that are left. */
  readonly marks: readonly Mark[];
}

export interface HistoryRange {
  readonly accountId: AccountId;
  readonly contractId: ContractId;
  /** The first place that may come; null for the beginning. Marks before its instant do not come. */
  readonly from: FillPlace | null;
  /** The places before this one; null for the end. Marks from its instant on do not come. */
  readonly before: FillPlace | null;
}

const PAGE = 1_000;
const BEGINNING = 0 as Instant;

/** Booked fills and stored marks of a contract, page by page. Of one instant, marks come after fills. */
export async function* historyPages(
  { accountId, contractId, from, before }: HistoryRange,
  repos: ReadRepositories,
): AsyncGenerator<HistoryPage> {
  let after: Execution | null = null;
  let marksFrom = from?.executedAt ?? BEGINNING;
  for (;;) {
    const fills: readonly Execution[] = await repos.fills.executions({
      accountId,
      contractId,
      from: after === null ? from : null,
      after,
      before,
      limit: PAGE,
    });
    const last = fills[fills.length - 1];
    const isLast = fills.length < PAGE;
    const marksBefore: Instant | null = isLast ? (before?.executedAt ?? null) : lastInstant(last);
    const marks = await repos.marks.ofContract(accountId, contractId, marksFrom, marksBefore);
    if (fills.length > 0 || marks.length > 0) yield { fills, marks };
    if (isLast) return;
    after = last ?? null;
    marksFrom = lastInstant(last) ?? marksFrom;
  }
}

function lastInstant(last: Execution | undefined): Instant | null {
  return last?.executedAt ?? null;
}

/** The steps of a page in their order. */
export function* stepsOf({ fills, marks }: HistoryPage): Generator<HistoryStep> {
  let next = 0;
  for (const fill of fills) {
    for (let mark = marks[next]; mark && mark.at < fill.executedAt; mark = marks[next]) {
      yield { mark };
      next += 1;
    }
    yield { fill };
  }
  for (const mark of marks.slice(next)) yield { mark };
}

export type HistoryStep =
  | { readonly fill: Execution; readonly mark?: undefined }
  | { readonly mark: Mark; readonly fill?: undefined };
