import { parseName, SIDES, type Side } from "./codes.js";
import type { Contract } from "./contract.js";
import { invalid } from "./errors.js";
import { type FillInput, optionalMoney, positiveQuantity } from "./fill.js";
import { type AccountId, type ContractId, show } from "./ids.js";
import { formatInstant, type Instant, type InstantInput, parseInstant } from "./instant.js";
import {
  type DecimalInput,
  formatMoney,
  formatPrice,
  type Money,
  type Price,
  parseAverage,
  parseMoney,
} from "./money.js";
import { tradingDay, tradingDayStart } from "./trading-day.js";

/**
 * Where Blotter's records of a running account begin. Fills before that instant are history: they are kept,
 * and do not count. Each correction is a revision of its own, and the highest counts.
 */
export interface Adoption {
  readonly accountId: AccountId;
  /** 0, and one more with each correction. */
  readonly revision: number;
  readonly at: Instant;
  readonly balance: Money;
  /** The highest end-of-day balance until then; null while it is not known. */
  readonly highestEodBalance: Money | null;
  /** Payouts until then: how many, and their sum; null while not known. */
  readonly payoutCount: number | null;
  readonly payoutTotal: Money | null;
  readonly before: BeforeAdoption;
  readonly lots: readonly AdoptedLot[];
  readonly reason: string | null;
  readonly source: string;
  readonly checksum: string;
}

/** What rules need to know of the time before an adoption; null is what nobody told. */
export interface BeforeAdoption {
  /** The balance at the start of the trading day of the adoption, with the cash that moved since. */
  readonly startOfDayBalance: Money | null;
  /** The highest that the balance, or equity where the firm's limit follows that, ever was. */
  readonly intradayPeak: Money | null;
  /** Of the days before, since the start or since the payout that began the cycle: the best one's net. */
  readonly bestDay: Money | null;
  readonly tradingDays: number | null;
  readonly winningDays: number | null;
}

/** What was open at the instant of adoption. */
export interface AdoptedLot {
  readonly contractId: ContractId;
  readonly side: Side;
  readonly quantity: number;
  readonly price: Price;
  readonly openedAt: Instant;
}

export interface AdoptionInput {
  readonly account: string;
  readonly at: InstantInput;
  /** US dollars: realised results less costs and payouts, without open positions. */
  readonly balance: DecimalInput;
  /** Oldest first; what is equal stays two lots. */
  readonly openLots?: readonly OpenLotInput[];
  readonly highestEodBalance?: DecimalInput | null;
  /** The balance at the start of that trading day, with the cash moved since: what daily limits count from. */
  readonly startOfDayBalance?: DecimalInput | null;
  /** The highest balance or equity so far, for limits that trail within the day. */
  readonly intradayPeak?: DecimalInput | null;
  /** Net of the best day, and how many days were traded and won, before that day. */
  readonly bestDay?: DecimalInput | null;
  readonly tradingDays?: number | null;
  readonly winningDays?: number | null;
  /** Payouts until then; what is not known is null. */
  readonly payouts?: {
    readonly count: number | null;
    readonly total: DecimalInput | null;
  } | null;
  readonly reason?: string;
  readonly source?: string;
  /** Replace what an earlier adoption said, instead of refusing other facts. */
  readonly correct?: boolean;
}

export interface OpenLotInput {
  /** Symbol (MNQU26) or contract id. */
  readonly contract: string;
  readonly side: Side | Lowercase<Side>;
  readonly quantity: number;
  /** May be the broker's average over several fills. */
  readonly price: DecimalInput;
  /** Default: just before the adoption. */
  readonly openedAt?: InstantInput;
}

export type AdoptionReport = Omit<Adoption, "revision" | "checksum">;

/** @throws BlotterError `invalid` naming the field */
export function parseAdoption(
  input: AdoptionInput,
  accountId: AccountId,
  contracts: readonly Contract[],
): AdoptionReport {
  const at = parseInstant(input.at, "at");
  const balance = parseMoney(input.balance, "balance");
  const highestEodBalance = optionalMoney(input.highestEodBalance, "highest end-of-day balance");
  const payouts = parsePayouts(input);
  return {
    accountId,
    at,
    balance,
    highestEodBalance,
    before: parseBefore(input, { at, balance, highestEodBalance }),
    ...payouts,
    lots: (input.openLots ?? []).map((lot, i) => parseLot(lot, contracts[i], at)),
    reason: input.reason ?? null,
    source: input.source ?? "manual",
  };
}

function parsePayouts({ payouts }: AdoptionInput): Pick<Adoption, "payoutCount" | "payoutTotal"> {
  const payoutCount = wholeNumber(payouts?.count ?? null, "number of payouts");
  const payoutTotal = optionalMoney(payouts?.total, "sum of payouts");
  if (payoutTotal !== null && payoutTotal < 0) {
    throw invalid(`sum of payouts must be 0 or more, was ${formatMoney(payoutTotal)}`);
  }
  const contradict = payoutTotal !== null && payoutCount !== null;
  if (contradict && (payoutCount === 0) !== (payoutTotal === 0)) {
    throw invalid(`${payoutCount} payouts cannot come to ${formatMoney(payoutTotal)}`);
  }
  return { payoutCount, payoutTotal };
}

function parseBefore(
  input: AdoptionInput,
  { at, balance, highestEodBalance }: Pick<Adoption, "at" | "balance" | "highestEodBalance">,
): BeforeAdoption {
  const before = {
    startOfDayBalance: optionalMoney(input.startOfDayBalance, "balance at the start of the day"),
    intradayPeak: optionalMoney(input.intradayPeak, "intraday peak"),
    bestDay: optionalMoney(input.bestDay, "best day"),
    tradingDays: wholeNumber(input.tradingDays ?? null, "number of trading days"),
    winningDays: wholeNumber(input.winningDays ?? null, "number of winning days"),
  };
  const {
    startOfDayBalance: start,
    intradayPeak: peak,
    bestDay,
    tradingDays,
    winningDays,
  } = before;
  if (start !== null && start !== balance && at === tradingDayStart(tradingDay(at))) {
    throw invalid(
      `the adoption is at the start of its trading day, so the balance then is ${formatMoney(balance)}, not ${formatMoney(start)}`,
    );
  }
  if (start !== null && highestEodBalance !== null && highestEodBalance < start) {
    throw invalid(
      `the highest end-of-day balance ${formatMoney(highestEodBalance)} is below the balance ${formatMoney(start)} at the start of the day`,
    );
  }
  if (peak !== null && start !== null && peak < start) {
    throw invalid(
      `the intraday peak ${formatMoney(peak)} is below the balance ${formatMoney(start)} at the start of the day`,
    );
  }
  if (peak !== null && highestEodBalance !== null && peak < highestEodBalance) {
    throw invalid(
      `the intraday peak ${formatMoney(peak)} is below the highest end-of-day balance ${formatMoney(highestEodBalance)}`,
    );
  }
  if (bestDay !== null && bestDay < 0) {
    throw invalid(`best day must be 0 or more, was ${formatMoney(bestDay)}`);
  }
  if (tradingDays !== null && winningDays !== null && winningDays > tradingDays) {
    throw invalid(`${winningDays} winning days are more than the ${tradingDays} trading days`);
  }
  return before;
}

function wholeNumber(value: unknown, what: string): number | null {
  if (value === null) return null;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(`${what} must be a whole number from 0, was ${show(value)}`);
  }
  return value;
}

function parseLot(lot: OpenLotInput, contract: Contract | undefined, at: Instant): AdoptedLot {
  if (contract === undefined) throw invalid(`unknown contract ${show(lot.contract)}`);
  const openedAt =
    lot.openedAt === undefined ? ((at - 1) as Instant) : parseInstant(lot.openedAt, "openedAt");
  if (openedAt >= at) {
    throw invalid(`an open lot must be older than the adoption, was ${formatInstant(openedAt)}`);
  }
  return {
    contractId: contract.contractId,
    side: parseName(SIDES, lot.side, "side"),
    quantity: positiveQuantity(lot.quantity, "quantity"),
    price: parseAverage(lot.price, "price"),
    openedAt,
  };
}

/** The text behind an adoption's checksum: every canonical field, in a fixed order; of `before` what was told. */
export function adoptionFacts(adoption: Omit<Adoption, "checksum">): string {
  const before = Object.entries(adoption.before).filter(([, value]) => value !== null);
  return JSON.stringify([
    adoption.accountId,
    adoption.revision,
    adoption.at,
    adoption.balance,
    adoption.highestEodBalance,
    adoption.payoutCount,
    adoption.payoutTotal,
    adoption.lots.map(lotText),
    adoption.reason,
    adoption.source,
    ...(before.length > 0 ? [before] : []),
  ]);
}

const lotText = (lot: AdoptedLot) => [
  lot.contractId,
  lot.side,
  lot.quantity,
  lot.price,
  lot.openedAt,
];

/** True when two adoptions say the same of the account, whoever said it and why. */
export function sameAdoption(a: AdoptionReport, b: AdoptionReport): boolean {
  const text = (adoption: AdoptionReport) =>
    adoptionFacts({ ...adoption, revision: 0, reason: null, source: "" });
  return text(a) === text(b);
}

/**
 * The fills that put an adopted account's open lots into the books. Their costs are not known: the adopted
 * balance has them already.
 *
 * @param idOf makes an id out of a text
 */
export function lotFills(adoption: Adoption, idOf: (text: string) => string): readonly FillInput[] {
  const { accountId, revision, lots } = adoption;
  return lots.map((lot, i) => {
    const id = `adopted-${idOf(JSON.stringify([accountId, revision, i, ...lotText(lot)]))}`;
    return {
      accountId,
      fillId: id,
      orderId: id,
      contract: lot.contractId,
      side: lot.side,
      quantity: lot.quantity,
      price: formatPrice(lot.price),
      executedAt: formatInstant(lot.openedAt),
      source: "adoption",
      origin: "adopted",
    };
  });
}
