/** What the page shows, as its URL says, so that it can be kept and sent. */
export interface PageState {
  /** An account's id; null for all together. */
  readonly account: string | null;
  /** Trading days: the first one, and the last one. */
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Days that are none are as if they were not there, and so are both when the first one is after the last. */
export function readState(search: URLSearchParams): PageState {
  const account = search.get("account") || null;
  const from = dayIn(search.get("from"));
  const to = dayIn(search.get("to"));
  const isBackwards = from !== null && to !== null && from > to;
  return isBackwards ? { account, from: null, to: null } : { account, from, to };
}

/** A day of the calendar: not 2026-02-30, which a date takes for the 2nd of March. */
function dayIn(value: string | null): string | null {
  if (value === null || !DAY.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return isDay ? value : null;
}

/** The same as a question about performance, whose last day is not included. */
export function performanceSearch({ account, from, to }: PageState): URLSearchParams {
  const search = new URLSearchParams();
  if (account !== null) search.set("account", account);
  if (from !== null) search.set("from", from);
  if (to !== null) search.set("to", dayAfter(to));
  return search;
}

export function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
