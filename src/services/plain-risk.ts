import { formatInstant } from "../domain/instant.js";
import { moneyToNumber } from "../domain/money.js";
import type { ComplianceStatus } from "../ports/compliance.js";

/** Where an account stands under its rules. The settled form: programs rely on it. */
export function plainRisk(status: ComplianceStatus) {
  const { dll, mll } = status;
  return {
    accountId: status.accountId,
    tradingDay: status.tradingDay,
    balance: moneyToNumber(status.balance),
    equity: moneyToNumber(status.equity),
    startOfDayBalance: moneyToNumber(status.startOfDayBalance),
    highestEodBalance: moneyToNumber(status.highestEodBalance),
    dailyPnl: moneyToNumber(status.dailyPnl),
    dll: dll && {
      limit: moneyToNumber(dll.limit),
      used: moneyToNumber(dll.used),
      remaining: moneyToNumber(dll.remaining),
      violated: dll.violated,
      lockedUntil: dll.lockedUntil === null ? null : formatInstant(dll.lockedUntil),
    },
    mll: mll && {
      limit: moneyToNumber(mll.limit),
      floor: moneyToNumber(mll.floor),
      remaining: moneyToNumber(mll.remaining),
      lockedFloor: mll.lockedFloor,
      violated: mll.violated,
    },
    canTrade: status.canTrade,
    reason: status.reason,
  };
}
