import type { Contract } from "./contract.js";
import type { Instant, InstantInput } from "./instant.js";
import type { DecimalInput } from "./money.js";
import type { Position } from "./position.js";
import { type TradingDay, tradingDay } from "./trading-day.js";

/** The last day on which a contract can be held, and where that is known from. */
export interface ContractEnd {
  readonly day: TradingDay;
  /**
   * - `stored`  somebody said so: `blotter contracts expire`
   * - `rule`    the exchange's rule for its equity index futures
   * - `month`   only that it is over after its contract month; it may end earlier
   */
  readonly source: "stored" | "rule" | "month";
}

/** An open position in a contract that trades no more. */
export interface EndedPosition {
  readonly position: Position;
  readonly end: ContractEnd;
}

/** What a contract was settled at; what is unknown is null. */
export interface SettlementInput {
  readonly accountId: string;
  readonly contract: string;
  readonly price: DecimalInput;
  readonly at: InstantInput;
  readonly commission?: DecimalInput | null;
  readonly fee?: DecimalInput | null;
}

/** CME equity index futures: trading ends on the third Friday of the contract month (CME rulebook, chapter 358). */
const THIRD_FRIDAY: ReadonlySet<string> = new Set([
  "ES",
  "MES",
  "NQ",
  "MNQ",
  "YM",
  "MYM",
  "RTY",
  "M2K",
]);

const MONTHS = "FGHJKMNQUVXZ";
const FRIDAY = 5;

/** Null for a contract without a month, which does not end. */
export function contractEnd(contract: Contract): ContractEnd | null {
  const { root, symbol, lastTradingDay } = contract;
  if (lastTradingDay !== null) return { day: lastTradingDay, source: "stored" };
  const month = contractMonth(root, symbol);
  if (month === null) return null;
  if (THIRD_FRIDAY.has(root)) return { day: thirdFriday(...month), source: "rule" };
  return { day: dayOf(month[0], month[1] + 1, 0), source: "month" };
}

/** True once the contract's last trading day is over. */
export function hasEnded(contract: Contract, at: Instant): boolean {
  const end = contractEnd(contract);
  return end !== null && tradingDay(at) > end.day;
}

/** By their end; those without one last. */
export function compareEnds(a: Contract, b: Contract): number {
  const [first, second] = [contractEnd(a)?.day ?? "9999", contractEnd(b)?.day ?? "9999"];
  return first < second ? -1 : first > second ? 1 : a.symbol < b.symbol ? -1 : 1;
}

/** Year and month (0 is January) of MNQU26. */
function contractMonth(root: string, symbol: string): readonly [number, number] | null {
  const month = /^([A-Z])(\d\d)$/.exec(symbol.startsWith(root) ? symbol.slice(root.length) : "");
  const index = month ? MONTHS.indexOf(month[1] ?? "") : -1;
  return index < 0 ? null : [2000 + Number(month?.[2]), index];
}

function thirdFriday(year: number, month: number): TradingDay {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return dayOf(year, month, 1 + ((FRIDAY - first + 7) % 7) + 14);
}

function dayOf(year: number, month: number, day: number): TradingDay {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10) as TradingDay;
}
