import { contractOf, pointsOf } from "./gateway-contracts.js";
import type { GatewayEngine } from "./gateway-engine.js";
import { DAY_US, HOUR_US, MINUTE_US } from "./gateway-time.js";
import { badNews, goodNews } from "./news-days.js";
import { between, oneOf, seededRandom } from "./random.js";
import {
  breakout,
  fade,
  momentum,
  oversized,
  patience,
  pullback,
  reversal,
  scaleInOut,
  swing,
} from "./strategies.js";
import { StrategyDesk } from "./strategy-desk.js";
import type { Step, StepAnswer, Strategy } from "./strategy-step.js";

/** Monday, 2026-11-02, midnight UTC: day 0. */
const FIRST_MONDAY_US = Date.UTC(2026, 10, 2) * 1_000;
export const DAYS_A_WEEK = 5;

/** Midnight UTC of a trading day's date. Day 0 is Monday 2026-11-02; weekends are left out. */
export function tradingDateUs(day: number): number {
  const week = Math.floor(day / DAYS_A_WEEK);
  return FIRST_MONDAY_US + (week * 7 + (day % DAYS_A_WEEK)) * DAY_US;
}

/** 23:30 UTC is after 17:00 in Chicago, summer and winter: this evening is the next trading day. */
export const sessionStartUs = (day: number): number => tradingDateUs(day) - HOUR_US / 2;

export interface TradingPlan {
  readonly seed: number;
  readonly accountId: number;
  /** As `tradingDateUs` counts. */
  readonly firstDay: number;
  readonly days: number;
  /** Strategies that start between the open and the close; each makes two to seven orders. */
  readonly tradesADay: number;
  /** Begins every tag of an order; it must not come twice on one account. */
  readonly tagPrefix?: string;
  /** As prop firms have it: nothing is held when a day ends, and a bad day comes before a good one. Default no. */
  readonly underRules?: boolean;
}

interface Running {
  readonly strategy: Strategy;
  wakeUs: number;
}

/** Every trading strategy of some days, side by side; each step is the next one in time. */
export function* tradingDays(plan: TradingPlan, nowUs: () => number): Strategy {
  const random = seededRandom(plan.seed ^ 0x51ed270b);
  const desk = new StrategyDesk(plan.accountId, random, plan.tagPrefix ?? "paperbot-v1", nowUs);
  const running = schedule(plan, desk);
  while (running.length > 0) {
    running.sort((a, b) => a.wakeUs - b.wakeUs);
    const [next] = running;
    if (!next) return;
    yield { do: "wait", untilUs: next.wakeUs };
    if (!(yield* goOn(next))) running.shift();
  }
}

/** Runs a strategy to its next pause. @returns whether there is one */
function* goOn(running: Running): Generator<Step, boolean, StepAnswer> {
  let answer: StepAnswer = null;
  for (;;) {
    const { done, value: step } = running.strategy.next(answer);
    if (done) return false;
    if (step.do === "wait") {
      running.wakeUs = step.untilUs;
      return true;
    }
    answer = yield step;
  }
}

function schedule(plan: TradingPlan, desk: StrategyDesk): Running[] {
  const plays = [
    breakout,
    breakout,
    pullback,
    pullback,
    scaleInOut,
    reversal,
    fade,
    momentum,
  ] as const;
  const running: Running[] = [];
  for (let day = plan.firstDay; day < plan.firstDay + plan.days; day += 1) {
    const midnightUs = tradingDateUs(day);
    const start = (atUs: number, strategy: Strategy) => running.push({ strategy, wakeUs: atUs });
    start(midnightUs - HOUR_US / 2, breakout(desk));
    for (let trade = 0; trade < plan.tradesADay; trade += 1) {
      // From 9:30 to 15:00 in New York's winter.
      const atUs = midnightUs + between(desk.random, 14.5 * 60, 19 * 60) * MINUTE_US;
      start(atUs, oneOf(desk.random, plays)(desk));
    }
    if (desk.random() < 0.3) start(midnightUs + 15 * HOUR_US, oversized(desk));
    const weekday = day % DAYS_A_WEEK;
    // The last night of the plan is left flat.
    const swings = weekday !== DAYS_A_WEEK - 1 && day < plan.firstDay + plan.days - 1;
    if (plan.underRules)
      startUnderRules(weekday, (atUs, play) => start(midnightUs + atUs, play(desk)));
    else if (swings) start(midnightUs + 20 * HOUR_US, swing(desk));
    if (swings) start(midnightUs + 15 * HOUR_US, patience(desk));
  }
  return running;
}

/** @param start begins a play some time after midnight UTC */
function startUnderRules(
  weekday: number,
  start: (afterMidnightUs: number, play: (desk: StrategyDesk) => Strategy) => void,
): void {
  if (weekday === 0) start(14 * HOUR_US, badNews);
  // Out by 18:00 UTC of the same trading day.
  if (weekday === 2) start(0, swing);
  if (weekday === 1 || weekday === 3) start(14 * HOUR_US, goodNews);
}

/**
 * Trades on the engine itself, as fast as it goes, until the plan is done.
 *
 * @param isLeftOut tags of orders that are not sent: somebody who traded this plan before decided so
 */
export function trade(
  engine: GatewayEngine,
  plan: TradingPlan,
  isLeftOut: (customTag: string) => boolean = () => false,
): void {
  const strategies = tradingDays(plan, () => engine.nowUs);
  let answer: StepAnswer = null;
  for (;;) {
    const { done, value: step } = strategies.next(answer);
    if (done) return;
    const leftOut = step.do === "place" && isLeftOut(step.request.customTag ?? "");
    answer = leftOut ? null : perform(engine, step);
  }
}

/** Does one step at once. */
export function perform(engine: GatewayEngine, step: Step): StepAnswer {
  switch (step.do) {
    case "place":
      return engine.place(step.request).orderId;
    case "cancel":
      engine.cancel(step.request);
      return null;
    case "close":
      engine.close(step.request);
      return null;
    case "price": {
      const contract = contractOf(step.contractId);
      return contract && pointsOf(contract, engine.market(contract).quote.last);
    }
    case "filled":
      return engine.order(step.orderId)?.fillVolume ?? 0;
    case "news": {
      const contract = contractOf(step.contractId);
      if (contract) engine.market(contract).gap(step.ticks);
      return null;
    }
    case "wait":
      engine.advanceTo(step.untilUs);
      return null;
  }
}
