import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { MADE_ORIGINS, type MadeOrigin } from "../domain/made.js";

/** Where a fill that no broker told opened or closed something. */
export interface MadePlace {
  readonly positionId: string;
  /** Of the match; null for a lot that is open. */
  readonly exitTimestamp: Instant | null;
}

/** What rests on fills that no broker told; there are few of them in any books. */
export interface MadeReads {
  /** Booked fills of the origin. */
  count(accountId: AccountId, origin: MadeOrigin): Promise<number>;
  /** Its places in matches and open lots, in no order; one may come twice. */
  places(accountId: AccountId, origin: MadeOrigin): Promise<readonly MadePlace[]>;
}

/** Positions of an account, open and closed, that rest on such fills, by position id. */
export async function madePositions(
  accountId: AccountId,
  { made }: { readonly made: MadeReads },
): Promise<ReadonlyMap<string, readonly MadeOrigin[]>> {
  const found = new Map<string, MadeOrigin[]>();
  for (const origin of MADE_ORIGINS) {
    const ids = (await made.places(accountId, origin)).map(({ positionId }) => positionId);
    for (const id of new Set(ids)) found.set(id, [...(found.get(id) ?? []), origin]);
  }
  return found;
}
