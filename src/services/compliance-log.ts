import type { Finding } from "../domain/compliance/evaluate.js";
import { type ComplianceEntry, compareWithLog, entryOf, noteOn } from "../domain/compliance/log.js";
import { plainComplianceEntry } from "../domain/compliance/plain-compliance.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { OutboxEvent } from "../ports/events.js";
import type { Repositories } from "../ports/repositories.js";

const RESTATED =
  "the facts or rules it was found by are others now; a lock stays until its end, or until it is lifted";

/** Writes what was found, once: a finding that stands in the log is not written again. */
export async function addFindings(
  accountId: AccountId,
  findings: readonly Finding[],
  repos: Repositories,
  now: Instant,
): Promise<readonly ComplianceEntry[]> {
  const [first] = findings.map((finding) => finding.tradingDay).sort();
  if (first === undefined) return [];
  const log = await repos.compliance.logFrom(accountId, first);
  const { added } = compareWithLog(log, findings, false);
  return append(
    added.map(({ finding, occurrence }) => entryOf(accountId, finding, occurrence, now)),
    repos,
    now,
  );
}

/** Brings the log up to date with all that is found from a day on, now that those days were judged anew. */
export async function restateFindings(
  accountId: AccountId,
  from: TradingDay,
  findings: readonly Finding[],
  repos: Repositories,
  now: Instant,
): Promise<readonly ComplianceEntry[]> {
  const log = await repos.compliance.logFrom(accountId, from);
  const { added, restated } = compareWithLog(log, findings, true);
  const entries = [
    ...restated.map((entry) => noteOn(entry, "restated", RESTATED, now)),
    ...added.map(({ finding, occurrence }) => entryOf(accountId, finding, occurrence, now)),
  ];
  return append(entries, repos, now);
}

export async function append(
  entries: readonly ComplianceEntry[],
  repos: Repositories,
  now: Instant,
): Promise<readonly ComplianceEntry[]> {
  const [first] = entries;
  if (!first) return entries;
  for (const entry of entries) await repos.compliance.append(entry);
  await repos.outbox.append(first.accountId, entries.map(eventOf), now);
  return entries;
}

function eventOf(entry: ComplianceEntry): OutboxEvent {
  const payload = plainComplianceEntry(entry);
  if (entry.eventType === "restated") return { type: "compliance.restated", payload };
  if (entry.eventType === "lifted") return { type: "compliance.lifted", payload };
  return { type: `compliance.${entry.severity}`, payload };
}
