import type { AccountId } from "../domain/ids.js";
import { type Instant, type InstantInput, parseInstant } from "../domain/instant.js";
import { BEGINNING_OF_HISTORY, DAY_MICROS, DEEP_MICROS } from "../domain/sync-window.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** A day: busts and corrections of the session come late. */
const OVERLAP_MICROS = DAY_MICROS;
/** Clocks differ: an order may carry an earlier instant at the broker than its intent here. */
const CLOCK_SLACK_MICROS = 600_000_000;
const MOST_RUNS = 1_000;
const ALWAYS = 0 as Instant;

export interface SyncStart {
  /** Fills are asked for from here on. */
  readonly from: Instant;
  /** Orders from here on: no later than the oldest that may still change. */
  readonly ordersFrom: Instant;
  /** Since when what the broker has, and the books have not, was missed; null: never, it is history. */
  readonly knownSince: Instant | null;
}

/** Where a comparison begins: at the cursor less the overlap, or where it is asked to. */
export async function whereToBegin(
  accountId: AccountId,
  asked: InstantInput | undefined,
  repos: ReadRepositories,
): Promise<SyncStart> {
  const from =
    asked === undefined ? await followedFrom(accountId, repos) : parseInstant(asked, "from");
  const [working] = await repos.orders.working(accountId);
  const [intent] = await repos.intents.open(accountId);
  const oldest = Math.min(
    from,
    working?.createdAt ?? from,
    intent ? intent.createdAt - CLOCK_SLACK_MICROS : from,
  );
  const knownSince = await followedSince(accountId, repos);
  return { from, ordersFrom: oldest as Instant, knownSince };
}

/** The cursor less the overlap; further back, to what opened a position that is still held: it may be restated. */
async function followedFrom(accountId: AccountId, repos: ReadRepositories): Promise<Instant> {
  const cursor = await repos.sync.cursor(accountId);
  if (cursor === null) return BEGINNING_OF_HISTORY;
  const overlapping = cursor - OVERLAP_MICROS;
  const opened = (await repos.lots.list(accountId)).map(({ execution }) => execution.executedAt);
  const held = Math.max(Math.min(...opened, overlapping), overlapping - DEEP_MICROS);
  return Math.max(BEGINNING_OF_HISTORY, held) as Instant;
}

/** A first comparison that was cut off is still loading history, of which nothing was missed. */
async function followedSince(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<Instant | null> {
  const runs = await repos.sync.runs(accountId, MOST_RUNS);
  const compared = runs.filter(({ reason }) => reason !== "file");
  // The one that is about to begin is not on record yet.
  if (compared.length === 0) return beginningOfBooks(accountId, repos);
  return compared.some(({ state }) => state === "complete") ? ALWAYS : null;
}

/** Null when the books are empty, and all that the broker has is history. */
async function beginningOfBooks(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<Instant | null> {
  const [firstFill] = await repos.fills.page(accountId, null, 1);
  if (firstFill) return firstFill.executedAt;
  const [anyOrder] = await repos.orders.page(accountId, null, 1);
  return anyOrder ? ALWAYS : null;
}
