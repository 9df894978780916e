import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { type ClosedPlace, compareClosed } from "../domain/match.js";
import { type Money, ZERO } from "../domain/money.js";
import { byExit, tiesOf } from "../domain/performance/result-order.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { queryOf, type ResolvedFilter } from "./performance-filter.js";
import type { JoinedColumns } from "./result-reader.js";

/** Of how many instants one query asks. */
const INSTANTS = 500;

const PLACE_FIELDS = [
  "exitTimestamp",
  "exitFillKey",
  "entryTimestamp",
  "entryFillKey",
  "contractId",
] as const;

/**
 * The nets of several accounts in canonical order. Exits are enough to tell it but where results of several accounts
 * left at one instant: of those that are not alike, the fills are read too.
 */
export async function netsInOrder(
  { columns: { netPnl, exitTimestamp }, starts }: JoinedColumns<"netPnl" | "exitTimestamp">,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<ArrayLike<Money>> {
  if (starts.length < 2) return netPnl;
  const order = byExit({ exitTimestamp, starts });
  const accountOf = (n: number) => starts.findLastIndex((start) => start <= n);
  // Which of equal results comes first changes no run, and each account's are in order.
  const ties = tiesOf(order, exitTimestamp).filter(([first, end]) => {
    const tied = order.subarray(first, end);
    const [one = 0] = tied;
    const sign = Math.sign(netPnl[one] ?? 0);
    return (
      tied.some((n) => Math.sign(netPnl[n] ?? 0) !== sign) &&
      tied.some((n) => accountOf(n) !== accountOf(one))
    );
  });
  if (ties.length > 0) {
    const instants = ties.flatMap(([first]) => exitTimestamp[order[first] ?? 0] ?? []);
    const places = await placesAt(instants, filter, repos);
    for (const [first, end] of ties) {
      settle(order.subarray(first, end), (n) => placesOf(places, accountOf(n), exitTimestamp[n]));
    }
  }
  const nets = new Float64Array(order.length);
  for (let i = 0; i < order.length; i += 1) nets[i] = netPnl[order[i] ?? 0] ?? ZERO;
  // Nothing but nets was put into it.
  return nets as ArrayLike<number> as ArrayLike<Money>;
}

/** Puts results of one instant into canonical order. */
function settle(tied: Uint32Array, placesOfResult: (n: number) => readonly ClosedPlace[]): void {
  const used = new Map<readonly ClosedPlace[], number>();
  const placed = Array.from(tied)
    .sort((a, b) => a - b)
    .map((n) => {
      // The results of an account follow each other in both.
      const places = placesOfResult(n);
      const at = used.get(places) ?? 0;
      used.set(places, at + 1);
      return { n, place: places[at] };
    });
  placed.sort((a, b) => (a.place && b.place ? compareClosed(a.place, b.place) : a.n - b.n));
  for (const [i, { n }] of placed.entries()) tied[i] = n;
}

type Places = readonly ReadonlyMap<Instant, readonly ClosedPlace[]>[];

const placesOf = (places: Places, account: number, exit: Instant | undefined) =>
  (exit !== undefined && places[account]?.get(exit)) || [];

/** What orders the results that left at some instants, account by account. */
async function placesAt(
  instants: readonly Instant[],
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<Places> {
  const places: Map<Instant, ClosedPlace[]>[] = [];
  for (const { accountId } of filter.accounts) {
    const known = new Map<Instant, ClosedPlace[]>();
    for (let i = 0; i < instants.length; i += INSTANTS) {
      const exits = instants.slice(i, i + INSTANTS);
      const query = { ...queryOf(filter, accountId), exits };
      for (const place of await readPlaces(query, accountId, repos)) {
        const found = known.get(place.exitTimestamp);
        if (found) found.push(place);
        else known.set(place.exitTimestamp, [place]);
      }
    }
    places.push(known);
  }
  return places;
}

async function readPlaces(
  query: Parameters<ReadRepositories["results"]["columns"]>[0],
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<readonly ClosedPlace[]> {
  const { columns } = await repos.results.columns(query, PLACE_FIELDS);
  const { exitFillKey, entryTimestamp, entryFillKey, contractId } = columns;
  return Array.from(
    columns.exitTimestamp,
    (exitTimestamp, n) =>
      // All lists have a value for each result.
      ({
        accountId,
        exitTimestamp,
        exitFillKey: exitFillKey[n],
        entryTimestamp: entryTimestamp[n],
        entryFillKey: entryFillKey[n],
        contractId: contractId[n],
      }) as ClosedPlace,
  );
}
