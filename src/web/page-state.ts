/** What the page shows, as its URL says, so that it can be kept and sent. */
export interface PageState {
  /** An account's id; null for all together. */
  readonly account: string | null;
  /** Trading days: the first one, and the last one. */
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function readState(search = new URLSearchParams(location.search)): PageState {
  const day = (name: string) => {
    const value = search.get(name) ?? "";
    return DAY.test(value) ? value : null;
  };
  return { account: search.get("account"), from: day("from"), to: day("to") };
}

export function writeState(state: PageState): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(state)) {
    if (value === null) search.delete(name);
    else search.set(name, value);
  }
  const query = search.size === 0 ? location.pathname : `?${search}`;
  history.replaceState(null, "", query);
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
