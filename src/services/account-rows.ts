import { formatInstant } from "../domain/instant.js";
import { addMoney, formatMoney, type Money, moneyToNumber } from "../domain/money.js";
import { type PlainRow, plainAccount } from "../domain/plain.js";
import type { AccountSummary } from "../ports/account-service.js";

const dollars = (amount: Money | null): number | null =>
  amount === null ? null : moneyToNumber(amount);

/** One line of the list of accounts. */
export function plainSummary(summary: AccountSummary): PlainRow {
  const { account, epoch, balance, totals, cash, highestEodBalance, openPositions } = summary;
  return {
    ...plainAccount(account),
    balance: dollars(balance),
    grossPnl: dollars(totals.grossPnl),
    commissions: dollars(totals.commissions),
    fees: dollars(totals.fees),
    netPnl: dollars(totals.netPnl),
    costsKnown: totals.unknownCostFills === 0,
    fillCount: totals.fillCount,
    volume: totals.volume,
    openPositions,
    epoch: epoch.epoch,
    openingBalance: dollars(epoch.openingBalance),
    cash: dollars(addMoney(cash.payout, cash.deposit, cash.adjustment)),
    highestEodBalance: dollars(highestEodBalance),
  };
}

/** All that is known of where an account stands, and where each number comes from. */
export function plainStanding(summary: AccountSummary): PlainRow {
  const { epoch, cash, adoption, lastReport } = summary;
  return {
    ...plainSummary(summary),
    epochKind: epoch.kind,
    epochStartedAt: epoch.startsAt === null ? null : formatInstant(epoch.startsAt),
    payouts: dollars(cash.payout),
    deposits: dollars(cash.deposit),
    adjustments: dollars(cash.adjustment),
    adoptedAt: adoption && formatInstant(adoption.at),
    payoutsBeforeAdoption: adoption && dollars(adoption.payoutTotal),
    brokerBalance: lastReport && dollars(lastReport.brokerBalance),
    drift: lastReport && dollars(lastReport.drift),
    brokerBalanceAt: lastReport && formatInstant(lastReport.at),
    balanceFrom: balanceFrom(summary),
    syntheticFills: summary.syntheticFills,
  };
}

/** "opened with 50000 + gross 125.5 - commissions 1.4 - fees 1.48 + cash -1000" */
function balanceFrom({ epoch, totals, cash }: AccountSummary): string {
  const since = epoch.startsAt === null ? "" : ` at ${formatInstant(epoch.startsAt)}`;
  const begun = { opened: "opened", adopted: "adopted", reset: "reset" }[epoch.kind];
  const moved = addMoney(cash.payout, cash.deposit, cash.adjustment);
  return [
    `${begun} with ${formatMoney(epoch.openingBalance)}${since}`,
    `+ realised gross ${formatMoney(totals.grossPnl)}`,
    `- commissions ${formatMoney(totals.commissions)}`,
    `- fees ${formatMoney(totals.fees)}`,
    `+ cash ${formatMoney(moved)}`,
  ].join(" ");
}
