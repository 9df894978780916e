import { formatInstant } from "../instant.js";
import { type Money, moneyToNumber } from "../money.js";
import type { PlainRow } from "../plain.js";
import { type ComplianceEntry, FOR_GOOD } from "./log.js";
import { type Percent, WHOLE } from "./rules.js";

const money = (value: Money | null): number | null =>
  value === null ? null : moneyToNumber(value);

export const percentToNumber = (percent: Percent): number => (percent * 100) / WHOLE;

/** A row of the compliance log as programs outside read it. */
export function plainComplianceEntry(entry: ComplianceEntry): PlainRow {
  const { lockedUntil } = entry;
  const forGood = lockedUntil === FOR_GOOD;
  return {
    accountId: entry.accountId,
    eventKey: entry.eventKey,
    eventType: entry.eventType,
    severity: entry.severity,
    rule: entry.rule,
    tradingDay: entry.tradingDay,
    timestamp: formatInstant(entry.at),
    recordedAt: formatInstant(entry.recordedAt),
    message: entry.message,
    currentBalance: money(entry.balance),
    equity: money(entry.equity),
    dailyPnl: money(entry.dailyPnl),
    startOfDayBalance: money(entry.startOfDayBalance),
    highestEodBalance: money(entry.highestEodBalance),
    trailingLoss: money(entry.trailingLoss),
    floor: money(entry.floor),
    dllLimit: money(entry.dllLimit),
    dllRemaining: money(entry.dllRemaining),
    mllLimit: money(entry.mllLimit),
    mllRemaining: money(entry.mllRemaining),
    threshold: entry.threshold === null ? null : percentToNumber(entry.threshold),
    lockedUntil: lockedUntil === null || forGood ? null : formatInstant(lockedUntil),
    lockedForGood: forGood,
    refersTo: entry.refersTo,
  };
}
