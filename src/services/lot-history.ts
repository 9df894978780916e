import { newLot, seePrice } from "../domain/fifo.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import { comparePlaces, type Execution, type FillPlace, type OpenLot } from "../domain/lot.js";
import type { Position } from "../domain/position.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { type MatchingState, NOTHING_OPEN, traceOf } from "./rematch.js";

const PAGE = 1_000;

/**
 * The queue of lots as it was just before a place in the fills. FIFO makes it short work: the last match
 * before the place names the oldest lot that can still be open and what is left of it; every later fill of
 * its side, up to the place, is a whole lot.
 */
export async function stateBefore(
  accountId: AccountId,
  contractId: ContractId,
  place: FillPlace,
  repos: ReadRepositories,
): Promise<MatchingState> {
  const position = await repos.positions.lastOpened(accountId, contractId, place);
  if (position === null || endedBefore(position, place)) return NOTHING_OPEN;
  const last = await repos.matches.lastBefore(accountId, position.positionId, place);
  const oldest: FillPlace = last
    ? { executedAt: last.entryTimestamp, fillKey: last.entryFillKey }
    : { executedAt: position.openedAt, fillKey: position.openFillKey };
  const consumed = last ? last.entryOffset + last.quantity : position.openFillOffset;
  let lots: OpenLot[] = [];
  let latest: Execution | null = null;
  let from: FillPlace | null = oldest;
  let after: FillPlace | null = null;
  for (;;) {
    const page: readonly Execution[] = await repos.fills.executions({
      accountId,
      contractId,
      from,
      after,
      before: place,
      limit: PAGE,
    });
    for (const fill of page) {
      lots = lots.map((lot) => seePrice(lot, fill.price));
      const isOldest = fill.fillKey === oldest.fillKey;
      if (isOldest) lots.push(newLot(fill, consumed));
      else if (fill.side === lots[0]?.execution.side) lots.push(newLot(fill, 0));
      latest = fill;
    }
    if (page.length < PAGE) break;
    from = null;
    after = latest;
  }
  const open = lots.filter((lot) => lot.consumed < lot.execution.quantity);
  const trace = traceOf(position);
  return {
    queue: { lots: open, opener: trace.opener },
    position: latest ? { ...trace, executedAt: latest.executedAt, fillKey: latest.fillKey } : trace,
  };
}

function endedBefore(position: Position, place: FillPlace): boolean {
  const { lastFillAt: executedAt, lastFillKey: fillKey } = position;
  return position.status === "closed" && comparePlaces({ executedAt, fillKey }, place) < 0;
}
