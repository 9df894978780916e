import type { Annotation } from "../domain/annotation.js";
import { type AccountId, type FillId, type FillKey, fillKey, type OrderId } from "../domain/ids.js";
import type { AnnotationPlace } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** What an annotation belongs to: everything that an order entered or left, or only that by one fill of it. */
export interface Reach {
  readonly orderId: OrderId;
  /** Null for the whole order. */
  readonly fillKey: FillKey | null;
}

type Annotated = Pick<Annotation, "target" | "targetId">;
export const annotationKey = ({ target, targetId }: Annotated): string => `${target} ${targetId}`;

/** Where each annotation hangs; an id that a fill and a stand-in share means both. */
export async function placesByAnnotation(
  accountId: AccountId,
  repos: ReadRepositories,
  orders?: readonly OrderId[],
): Promise<ReadonlyMap<string, readonly AnnotationPlace[]>> {
  const found = new Map<string, AnnotationPlace[]>();
  for (const place of await repos.annotations.places(accountId, orders)) {
    const key = annotationKey(place);
    const known = found.get(key);
    if (known) known.push(place);
    else found.set(key, [place]);
  }
  return found;
}

/** What is written at a place belongs to what; a fill that the broker took back belongs to nothing. */
export function reachOf({ orderId, fill }: AnnotationPlace): readonly Reach[] {
  if (fill === null) return [{ orderId, fillKey: null }];
  switch (fill.state) {
    case "void":
      return [];
    case "withdrawn":
      // A stand-in gives way to all fills of its order.
      return [{ orderId, fillKey: null }];
    case "held":
      // The order's stand-in, which carries its id, counts meanwhile.
      return [{ orderId, fillKey: fillKey(orderId as string as FillId, true) }];
    case "booked":
    case "unmatched":
      return [{ orderId, fillKey: fill.fillKey }];
  }
}

/** What was written on the orders of a trade, and on those fills of theirs that are in it; by target, then id. */
export async function annotationsOf(
  accountId: AccountId,
  orders: readonly OrderId[],
  matched: ReadonlySet<FillKey>,
  repos: ReadRepositories,
): Promise<readonly Annotation[]> {
  const places = await placesByAnnotation(accountId, repos, orders);
  const found: Annotation[] = [];
  for (const key of [...places.keys()].sort()) {
    const hung = places.get(key) ?? [];
    const [place] = hung;
    const reaches = hung.flatMap(reachOf);
    if (!place || !reaches.some((to) => to.fillKey === null || matched.has(to.fillKey))) continue;
    const annotation = await repos.annotations.get(accountId, place.target, place.targetId);
    if (annotation) found.push(annotation);
  }
  return found;
}
