import { expect } from "vitest";
import { type Finding, findingKey } from "../../../src/domain/compliance/evaluate.js";
import type { PricedContract } from "../../../src/domain/compliance/exposure.js";
import {
  dailyLossFigures,
  dailyPnl,
  equityOf,
  floorOf,
} from "../../../src/domain/compliance/limits.js";
import { presetDocument } from "../../../src/domain/compliance/presets.js";
import { parseRuleSet } from "../../../src/domain/compliance/rule-document.js";
import type { RuleSet } from "../../../src/domain/compliance/rules.js";
import {
  type ComplianceEvent,
  type ComplianceState,
  freshBaseline,
  initialState,
} from "../../../src/domain/compliance/state.js";
import { rollTo, step } from "../../../src/domain/compliance/step.js";
import type { ContractId, FillKey } from "../../../src/domain/ids.js";
import type { Instant } from "../../../src/domain/instant.js";
import { formatMoney, type Money, parseMoney, parsePrice } from "../../../src/domain/money.js";
import {
  dayAfter,
  type TradingDay,
  tradingDay,
  tradingDayStart,
} from "../../../src/domain/trading-day.js";

/** One dollar a point, so that a result is a difference of prices. */
export const DOLLAR: PricedContract = {
  contractId: "CON.F.US.DOLLAR.U26" as ContractId,
  root: "DOLLAR",
  pointValue: parseMoney(1, "point value"),
};

const ENTRY = 10_000;
const dollars = (text: string | number): Money => parseMoney(text, "amount");

export function ruleSetOf(rules: string | object): RuleSet {
  return parseRuleSet(typeof rules === "string" ? presetDocument(rules) : rules);
}

export function stateWith(start: number, day: TradingDay): ComplianceState {
  return initialState(freshBaseline(null, dollars(start)), day);
}

/**
 * A little ledger under rules. Each line says a day (month-day of 2026), what happens, and, behind a bar, what is
 * then true:
 *
 *     08-03  trade +500    | balance 50500 floor 48000
 *     08-04  open 1        | floor 48500
 *     08-04  mark -1000    | found dll:violation
 *
 * `trade` opens and closes one contract, `open` opens, `mark` says what one contract would win, `close` closes
 * all at so much a contract; `cost`, `payout`, `deposit` and `reset` are money; `wait` only lets the day begin.
 * `found` lists what this line found, and nothing else.
 */
export function ruleLedger(start: number, rules: string | object, text: string): ComplianceState {
  const ledger = new RuleLedger(start, ruleSetOf(rules));
  for (const line of text.trim().split("\n")) ledger.run(line.trim());
  return ledger.state;
}

class RuleLedger {
  state: ComplianceState;
  #second = 0;
  #held = 0;

  constructor(
    start: number,
    readonly rules: RuleSet,
  ) {
    this.state = stateWith(start, "2026-01-01" as TradingDay);
  }

  run(line: string): void {
    const [action = "", wanted = ""] = line.split("|");
    const [date = "", verb = "", amount = "0", ...at] = action.trim().split(/\s+/);
    const day = `2026-${date}` as TradingDay;
    const found: Finding[] = [];
    for (const event of this.#events(verb, amount, this.#instant(day, at))) {
      const stepped = step(this.state, () => this.rules, event);
      this.state = stepped.state;
      found.push(...stepped.findings);
    }
    if (verb === "wait") {
      const rolled = rollTo(this.state, () => this.rules, day);
      this.state = rolled.state;
      found.push(...rolled.findings);
    }
    const keys = found.map(findingKey).join(" ");
    expect({ line, found: this.#figures(wanted, keys) }).toEqual({ line, found: pairs(wanted) });
  }

  /** One second after the other, from an hour into the day, or from a given Chicago time. */
  #instant(day: TradingDay, at: readonly string[]): Instant {
    this.#second += 1;
    const [hour = "18", minute = "00"] = at[0]?.split(":") ?? [];
    const sinceRoll = (Number(hour) - 17 + 24) % 24;
    const seconds = sinceRoll * 3600 + Number(minute) * 60 + (at.length > 0 ? 0 : this.#second);
    return (tradingDayStart(day) + seconds * 1_000_000) as Instant;
  }

  #events(verb: string, amount: string, at: Instant): readonly ComplianceEvent[] {
    const key = String(this.#second).padStart(4, "0");
    const fill = (quantity: number, result: string, gross: string, costs = "0") => ({
      kind: "fill" as const,
      at,
      key: `${key}${gross === "0" ? "a" : "b"}` as FillKey,
      contract: DOLLAR,
      quantity,
      price: parsePrice(ENTRY + Number(result), "price"),
      gross: dollars(gross),
      costs: dollars(costs),
    });
    switch (verb) {
      case "trade":
        return [fill(1, "0", "0"), { ...fill(-1, amount, amount), key: `${key}b` as FillKey }];
      case "open":
        this.#held += Number(amount);
        return [fill(Number(amount), "0", "0")];
      case "close": {
        const held = this.#held;
        this.#held = 0;
        return [fill(-held, amount, String(Number(amount) * held))];
      }
      case "cost":
        return [fill(1, "0", "0", amount), { ...fill(-1, "0", "0"), key: `${key}b` as FillKey }];
      case "mark":
        return [
          {
            kind: "mark",
            at,
            key,
            contract: DOLLAR,
            price: parsePrice(ENTRY + Number(amount), ""),
          },
        ];
      case "payout":
        return [{ kind: "cash", at, key, cash: "payout", amount: dollars(`-${amount}`) }];
      case "deposit":
      case "reset":
        return [{ kind: "cash", at, key, cash: verb, amount: dollars(amount) }];
      case "wait":
        return [];
      default:
        throw new Error(`no such action: ${verb}`);
    }
  }

  #figures(wanted: string, found: string): Readonly<Record<string, string>> {
    const { state, rules } = this;
    const floor = rules.maxLoss && floorOf(state, rules.maxLoss);
    const dll = rules.dailyLoss && dailyLossFigures(state, rules.dailyLoss, state.day.peak);
    const all: Record<string, string> = {
      balance: formatMoney(state.balance),
      equity: formatMoney(equityOf(state)),
      floor: floor ? formatMoney(floor.floor) : "none",
      locked: floor?.locked ? "yes" : "no",
      high: formatMoney(state.highestEodBalance),
      day: formatMoney(dailyPnl(state)),
      used: dll ? formatMoney(dll.used) : "none",
      remaining: dll ? formatMoney(dll.remaining) : "none",
      winning: String(state.cycle.winningDays),
      found: found === "" ? "nothing" : found,
    };
    return Object.fromEntries(Object.keys(pairs(wanted)).map((name) => [name, all[name] ?? "?"]));
  }
}

/** "floor 48500 found a b" -> floor: 48500, found: "a b" */
function pairs(wanted: string): Readonly<Record<string, string>> {
  const [figures = "", found] = wanted.split(/\bfound\b/);
  const words = figures.trim().split(/\s+/).filter(Boolean);
  const result: Record<string, string> = {};
  for (let i = 0; i < words.length; i += 2) result[words[i] ?? ""] = words[i + 1] ?? "";
  if (found !== undefined) result.found = found.trim();
  return result;
}

/** The trading day of an instant so many hours into a day. */
export function hoursInto(day: TradingDay, hours: number): Instant {
  return (tradingDayStart(day) + hours * 3_600_000_000) as Instant;
}

export const nextDay = (at: Instant): TradingDay => dayAfter(tradingDay(at), 1);
