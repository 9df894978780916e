import type { Fill } from "../domain/fill.js";
import type { FillChange } from "../ports/services.js";
import { sameModel } from "./fee-repricing.js";

/** What a change of an order's fills did to the books. */
export function changesOf(
  before: readonly Fill[],
  after: readonly Fill[],
  strategy: string | null,
): readonly FillChange[] {
  const booked = (fill: Fill | undefined) => (fill?.state === "booked" ? fill : null);
  const old = new Map(before.map((fill) => [fill.fillKey, fill]));
  const changes: FillChange[] = [];
  for (const fill of after) {
    const was = booked(old.get(fill.fillKey));
    const is = booked(fill);
    old.delete(fill.fillKey);
    if (differ(was, is)) changes.push({ before: was, after: is, strategy });
  }
  for (const fill of old.values()) {
    if (booked(fill)) changes.push({ before: fill, after: null, strategy });
  }
  return changes;
}

/** One change a fill: the first state before, the last state after. */
export function joined(
  first: readonly FillChange[],
  then: readonly FillChange[],
): readonly FillChange[] {
  const byKey = new Map<string, FillChange>();
  for (const change of [...first, ...then]) {
    const key = `${(change.after ?? change.before)?.contractId}|${(change.after ?? change.before)?.fillKey}`;
    const earlier = byKey.get(key);
    byKey.set(key, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...byKey.values()].filter(({ before, after }) => differ(before, after));
}

/** In the facts, or in what the fee table says of them. */
function differ(a: Fill | null, b: Fill | null): boolean {
  if (a === null || b === null) return a !== b;
  return a.checksum !== b.checksum || !sameModel(a, b);
}
