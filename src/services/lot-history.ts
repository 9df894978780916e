import { newLot, seePrice } from "../domain/fifo.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { comparePlaces, type Execution, type FillPlace, type OpenLot } from "../domain/lot.js";
import type { Position } from "../domain/position.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { historyPages, stepsOf } from "./market-history.js";
import { type MatchingState, NOTHING_OPEN, traceOf } from "./rematch.js";

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
  const range = { accountId, contractId, from: oldest, before: place };
  let lots: OpenLot[] = [];
  let latest: Execution | null = null;
  let lastMarkAt: Instant | null = await markBefore(position, oldest, repos);
  for await (const page of historyPages(range, repos)) {
    for (const { fill, mark } of stepsOf(page)) {
      const { price } = fill ?? mark;
      lots = lots.map((lot) => seePrice(lot, price));
      if (mark) {
        lastMarkAt = mark.at;
        continue;
      }
      const isOldest = fill.fillKey === oldest.fillKey;
      if (isOldest) lots.push(newLot(fill, consumed));
      else if (fill.side === lots[0]?.execution.side) lots.push(newLot(fill, 0));
      latest = fill;
    }
  }
  const open = lots.filter((lot) => lot.consumed < lot.execution.quantity);
  const trace = { ...traceOf(position), lastMarkAt };
  return {
    queue: { lots: open, opener: trace.opener },
    position: latest ? { ...trace, executedAt: latest.executedAt, fillKey: latest.fillKey } : trace,
  };
}

/** The newest mark that the position saw before its oldest lot that may still be open. */
async function markBefore(
  { accountId, contractId, openedAt, lastMarkAt }: Position,
  oldest: FillPlace,
  repos: ReadRepositories,
): Promise<Instant | null> {
  if (lastMarkAt === null || openedAt === oldest.executedAt) return null;
  const marks = await repos.marks.ofContract(accountId, contractId, openedAt, oldest.executedAt);
  return marks[marks.length - 1]?.at ?? null;
}

function endedBefore(position: Position, place: FillPlace): boolean {
  const { lastFillAt: executedAt, lastFillKey: fillKey } = position;
  return position.status === "closed" && comparePlaces({ executedAt, fillKey }, place) < 0;
}
