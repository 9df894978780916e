import { Problem } from "./problem.js";

/** How far a reader of events has come: the last sequence of each account. */
export type EventPosition = ReadonlyMap<string, number>;

/** As the id of an event: `PRAC-1=17&PRAC-2=4`, each account escaped as in a query. */
export function writePosition(position: EventPosition): string {
  const search = new URLSearchParams();
  for (const [account, sequence] of position) search.append(account, String(sequence));
  return search.toString();
}

const MOST_ACCOUNTS = 1_000;
const SEQUENCE = /^\d{1,15}$/;

/**
 * Reads a Last-Event-ID. Of one account alone, the bare sequence will do.
 *
 * @throws Problem 400 for what is no position
 */
export function readPosition(text: string, only: string | null): EventPosition {
  if (only !== null && SEQUENCE.test(text)) return new Map([[only, Number(text)]]);
  const entries = [...new URLSearchParams(text)];
  const fits = entries.every(([account, sequence]) => account !== "" && SEQUENCE.test(sequence));
  if (!fits || entries.length > MOST_ACCOUNTS) {
    throw new Problem(400, "Last-Event-ID: must be the id of an event of this server");
  }
  return new Map(entries.map(([account, sequence]) => [account, Number(sequence)]));
}
