import type { Instant } from "../instant.js";

/** Results of several accounts, one account after the other; each account's are in canonical order. */
export interface JoinedResults {
  readonly exitTimestamp: ArrayLike<Instant>;
  /** Where each account's results begin. */
  readonly starts: readonly number[];
}

/** Results by their exits: the place of each among those that were joined, and its exit. */
interface ByExit {
  readonly places: Uint32Array;
  readonly exits: Float64Array;
}

/** Their places by exit; of equal exits those of the earlier account first. */
export function byExit({ exitTimestamp, starts }: JoinedResults): Uint32Array {
  const count = exitTimestamp.length;
  let ordered: ByExit = {
    places: new Uint32Array(count).map((_, n) => n),
    exits: new Float64Array(exitTimestamp),
  };
  let runs = [...starts, count];
  while (runs.length > 2) {
    const merged = { places: new Uint32Array(count), exits: new Float64Array(count) };
    const longer = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const [from = 0, middle = count, to = middle] = runs.slice(i, i + 3);
      merge(ordered, merged, [from, middle, to]);
      longer.push(to);
    }
    ordered = merged;
    runs = longer;
  }
  return ordered.places;
}

/** Two runs that follow each other, from `ordered` into `merged`. */
function merge(
  { places, exits }: ByExit,
  merged: ByExit,
  [from, middle, to]: readonly [number, number, number],
): void {
  let [left, right] = [from, middle];
  for (let at = from; at < to; at += 1) {
    const takeLeft = right >= to || (left < middle && (exits[left] ?? 0) <= (exits[right] ?? 0));
    const next = takeLeft ? left : right;
    merged.places[at] = places[next] ?? 0;
    merged.exits[at] = exits[next] ?? 0;
    if (takeLeft) left += 1;
    else right += 1;
  }
}

/** Stretches of `order`, first and end, of results that left at one instant: only their fills tell their order. */
export function tiesOf(
  order: Uint32Array,
  exits: ArrayLike<Instant>,
): readonly (readonly [first: number, end: number])[] {
  const found: (readonly [number, number])[] = [];
  let first = 0;
  for (let at = 1; at <= order.length; at += 1) {
    if (at < order.length && exits[order[at] ?? 0] === exits[order[first] ?? 0]) continue;
    if (at - first > 1) found.push([first, at]);
    first = at;
  }
  return found;
}
