import { type PageState, readState } from "./page-state.js";

export function readUrl(): PageState {
  return readState(new URLSearchParams(location.search));
}

export function writeUrl(state: PageState): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(state)) {
    if (value === null) search.delete(name);
    else search.set(name, value);
  }
  const query = search.size === 0 ? location.pathname : `?${search}`;
  history.replaceState(null, "", query);
}
