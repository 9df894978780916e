import type { AccountId } from "../ids.js";
import type { Instant } from "../instant.js";
import type { Money } from "../money.js";
import type { TradingDay } from "../trading-day.js";
import {
  type ComplianceRule,
  type Finding,
  type FindingInputs,
  type FindingLevel,
  findingKey,
} from "./evaluate.js";
import type { Percent } from "./rules.js";

/**
 * A row of the log: what was found when it was found. It is never changed and never deleted. When its cause goes,
 * a row of type `restated` refers to it; when a person lets the account trade again, one of type `lifted`.
 */
export interface ComplianceEntry extends Nullable<FindingInputs> {
  readonly accountId: AccountId;
  readonly eventKey: string;
  /** `dll_warning`, `mll_violation`, ..., `restated`, `lifted` */
  readonly eventType: string;
  readonly severity: FindingLevel;
  readonly rule: ComplianceRule;
  readonly tradingDay: TradingDay;
  readonly threshold: Percent | null;
  /** When it happened; of a restatement or a lift, when that was. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** `FOR_GOOD` when the lock has no end of its own; null when there is none. */
  readonly lockedUntil: Instant | null;
  readonly refersTo: string | null;
  readonly message: string;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** Later than any instant of a fact: a lock with this end has none. 2200-01-01T00:00:00Z. */
export const FOR_GOOD = 7_258_118_400_000_000 as Instant;

/** The name of what was found on a day, whatever the occurrence. */
export function causeOf(
  found: Pick<ComplianceEntry, "eventKey" | "tradingDay" | "rule" | "severity" | "threshold">,
): string {
  const { eventKey, rule, severity: level, threshold } = found;
  const [since = ""] = SINCE.exec(eventKey) ?? [];
  return `${found.tradingDay}:${findingKey({ rule, level, threshold })}${since}`;
}

/** After a reset or a lift, the same may be found once more on that day. */
const SINCE = /:after-\d+/;

export function causeOfFinding(finding: Finding): string {
  const { tradingDay, since } = finding;
  return `${tradingDay}:${findingKey(finding)}${since === null ? "" : `:after-${since}`}`;
}

/** False for what was found before an account was reset: it binds the account no more. */
export function isOfLife({ at, eventKey }: ComplianceEntry, resetAt: Instant | null): boolean {
  return resetAt === null || at > resetAt || eventKey.includes(`:after-${resetAt}`);
}

/** @param occurrence how often it was found on that day before: it was restated in between */
export function entryOf(
  accountId: AccountId,
  finding: Finding,
  occurrence: number,
  recordedAt: Instant,
): ComplianceEntry {
  const { rule, level, tradingDay, threshold, at, lock, message, inputs } = finding;
  const cause = causeOfFinding(finding);
  return {
    ...inputs,
    accountId,
    eventKey: occurrence === 0 ? cause : `${cause}:${occurrence + 1}`,
    eventType: `${rule}_${level}`,
    severity: level,
    rule,
    tradingDay,
    threshold,
    at,
    recordedAt,
    lockedUntil: lock === "forGood" ? FOR_GOOD : lock,
    refersTo: null,
    message,
  };
}

/** A row that says something of an earlier row. */
export function noteOn(
  entry: ComplianceEntry,
  type: "restated" | "lifted",
  message: string,
  recordedAt: Instant,
  at = recordedAt,
): ComplianceEntry {
  const { accountId, eventKey, rule, tradingDay } = entry;
  return {
    ...NO_INPUTS,
    accountId,
    eventKey: `${eventKey}:${type}`,
    eventType: type,
    severity: "info",
    rule,
    tradingDay,
    threshold: null,
    at,
    recordedAt,
    lockedUntil: null,
    refersTo: eventKey,
    message,
  };
}

const NO_INPUTS: { readonly [K in keyof FindingInputs]: Money | null } = {
  balance: null,
  equity: null,
  dailyPnl: null,
  startOfDayBalance: null,
  highestEodBalance: null,
  floor: null,
  dllLimit: null,
  dllRemaining: null,
  mllLimit: null,
  mllRemaining: null,
  trailingLoss: null,
};

/** What a new judgement of some days changes in their log. */
export interface LogChange {
  /** Findings without a row that counts, each with the number of its earlier rows. */
  readonly added: readonly { readonly finding: Finding; readonly occurrence: number }[];
  /** Rows that counted and whose cause is gone. */
  readonly restated: readonly ComplianceEntry[];
}

/**
 * @param log all rows of the days that were judged
 * @param complete true when `findings` is all that is found on those days; false when it only adds
 */
export function compareWithLog(
  log: readonly ComplianceEntry[],
  findings: readonly Finding[],
  complete: boolean,
): LogChange {
  const gone = new Set(log.filter(isRestatement).map((entry) => entry.refersTo));
  const byCause = new Map<string, { count: number; standing: ComplianceEntry | null }>();
  for (const entry of log.filter((row) => row.refersTo === null)) {
    const cause = causeOf(entry);
    const count = (byCause.get(cause)?.count ?? 0) + 1;
    byCause.set(cause, { count, standing: gone.has(entry.eventKey) ? null : entry });
  }
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const cause = causeOfFinding(finding);
    // Lives that begin at one instant may find the same: one row says it.
    if (!found.has(cause)) found.set(cause, finding);
  }
  const added = [...found].flatMap(([cause, finding]) => {
    const known = byCause.get(cause);
    return known?.standing ? [] : [{ finding, occurrence: known?.count ?? 0 }];
  });
  const restated = complete
    ? [...byCause].flatMap(([cause, { standing }]) =>
        standing && !found.has(cause) ? [standing] : [],
      )
    : [];
  return { added, restated };
}

function isRestatement(entry: ComplianceEntry): boolean {
  return entry.eventType === "restated";
}
