import type { Instant } from "../instant.js";

/** Results of several accounts, one account after the other; each account's are in canonical order. */
export interface JoinedResults {
  readonly exitTimestamp: readonly Instant[];
  /** Where each account's results begin. */
  readonly starts: readonly number[];
}

/** Their places by exit; of equal exits those of the earlier account first. */
export function byExit({ exitTimestamp, starts }: JoinedResults): Uint32Array {
  const count = exitTimestamp.length;
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  let runs = [...starts, count];
  while (runs.length > 2) {
    const merged = new Uint32Array(count);
    const longer = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const [from = 0, middle = count, to = middle] = runs.slice(i, i + 3);
      merge(order, merged, exitTimestamp, [from, middle, to]);
      longer.push(to);
    }
    order = merged;
    runs = longer;
  }
  return order;
}

/** Two runs that follow each other, from `order` into `merged`. */
function merge(
  order: Uint32Array,
  merged: Uint32Array,
  exits: readonly Instant[],
  [from, middle, to]: readonly [number, number, number],
): void {
  const exitAt = (place: number) => exits[order[place] ?? 0] ?? 0;
  let [left, right] = [from, middle];
  for (let at = from; at < to; at += 1) {
    const takeLeft = right >= to || (left < middle && exitAt(left) <= exitAt(right));
    merged[at] = (takeLeft ? order[left] : order[right]) ?? 0;
    if (takeLeft) left += 1;
    else right += 1;
  }
}

/** Stretches of `order`, first and end, of results that left at one instant: only their fills tell their order. */
export function tiesOf(
  order: Uint32Array,
  exits: readonly Instant[],
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
