import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import { compareText, show } from "../domain/ids.js";
import { isInstant } from "../domain/instant.js";
import type { ClosedPageRequest, Page, PagePlace } from "../ports/queries.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ListKey, RowQuery } from "../ports/row-query.js";
import { RowReader } from "./row-reader.js";

const LARGEST_PAGE = 1_000;

/** What the values of a place are, so that a made-up one is refused before it reaches the store. */
export type KeyKind = "instant" | "money" | "count" | "text";

/** How a list is ordered. */
export interface ListOrder<R> {
  readonly kinds: readonly KeyKind[];
  keyOf(row: R): ListKey;
}

interface AccountRow {
  readonly accountId: string;
}

/** Reads a page from each account asked for and merges them; rows of equal keys go by their account. */
@injectable()
export class PageReader {
  constructor(@inject(RowReader) private readonly rows: RowReader) {}

  async read<R extends AccountRow>(
    request: ClosedPageRequest,
    order: ListOrder<R>,
    list: (repos: ReadRepositories, query: RowQuery) => Promise<readonly R[]>,
  ): Promise<Page<R>> {
    const { size, newestFirst, after, ...filter } = request;
    if (!Number.isSafeInteger(size) || size < 1 || size > LARGEST_PAGE) {
      throw invalid(`a page has 1 to ${LARGEST_PAGE} rows, not ${show(size)}`);
    }
    if (after !== null) requirePlace(after, order.kinds);
    const direction = newestFirst ? -1 : 1;
    const compare = (a: R, b: R) => direction * comparePlaces(placeOf(a, order), placeOf(b, order));
    // One more than the page tells whether there is another.
    const asked = newestFirst ? { newest: size + 1 } : { oldest: size + 1 };
    const found = await this.rows.readEach(filter, (repos, query) =>
      list(repos, { ...query, ...asked, ...beyond(after, query.accountId, newestFirst) }),
    );
    const rows = [...found].sort(compare).slice(0, size);
    const last = rows.at(-1);
    const next = found.length > size && last ? placeOf(last, order) : null;
    return { rows, next };
  }
}

function placeOf<R extends AccountRow>(row: R, order: ListOrder<R>): PagePlace {
  return { key: order.keyOf(row), accountId: row.accountId };
}

/** What a query of one account says of a place that may be another account's. */
function beyond(
  after: PagePlace | null,
  accountId: string,
  newestFirst: boolean,
): Pick<RowQuery, "before" | "after"> {
  if (after === null) return {};
  const towards = compareText(accountId, after.accountId) * (newestFirst ? -1 : 1);
  const place = { key: after.key, inclusive: towards > 0 };
  return newestFirst ? { before: place } : { after: place };
}

function comparePlaces(a: PagePlace, b: PagePlace): number {
  for (const [index, value] of a.key.entries()) {
    const order = compareValues(value, b.key[index]);
    if (order !== 0) return order;
  }
  return compareText(a.accountId, b.accountId);
}

function compareValues(a: number | string, b: number | string | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareText(String(a), String(b));
}

function requirePlace({ key }: PagePlace, kinds: readonly KeyKind[]): void {
  const fits =
    key.length === kinds.length &&
    kinds.every((kind, index) => isOfKind(kind, key[index] ?? Number.NaN));
  if (!fits) throw invalid("the place that the page should follow is none of this list");
}

const LARGEST_COUNT = 2 ** 31 - 1;
const PRINTABLE = /^[\x20-\x7e]{1,100}$/;

function isOfKind(kind: KeyKind, value: number | string): boolean {
  switch (kind) {
    case "instant":
      return isInstant(value);
    case "money":
      return Number.isSafeInteger(value);
    case "count":
      return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_COUNT;
    case "text":
      return typeof value === "string" && PRINTABLE.test(value);
  }
}
