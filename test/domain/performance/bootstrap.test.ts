import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePercent } from "../../../src/domain/compliance/json-fields.js";
import { type SimulationRules, simulate } from "../../../src/domain/performance/bootstrap.js";
import { randomFrom } from "../../../src/domain/performance/random.js";
import { usd } from "./made-up-results.js";

const NO_RULES: SimulationRules = {
  startingBalance: usd(50_000),
  profitTarget: null,
  maxLoss: null,
  dailyLoss: null,
};
const trailing = {
  amount: usd(2_000),
  basis: "eod",
  lockAt: usd(50_000),
  lockWhenProfit: null,
  breachAt: "lte",
} as const;
const daily = (amount: number, action: "lock" | "fail" = "lock") =>
  ({ amount: usd(amount), percentOfBase: null, at: "lte", action }) as const;
const one = { seed: 1, paths: 1 } as const;

describe("what may become of an account", () => {
  it("says nothing without days", () => {
    expect(simulate([], NO_RULES, { seed: 1 })).toBeNull();
  });

  it("walks the only way there is: a day of +500 reaches 3,000 on the sixth", () => {
    const rules = { ...NO_RULES, profitTarget: usd(3_000), maxLoss: trailing };
    expect(simulate([usd(500)], rules, { seed: 7, paths: 20 })).toMatchObject({
      reachedTarget: 1,
      brokeMaxLoss: 0,
      undecided: 0,
      daysToTarget: { p10: 6, p50: 6, p90: 6 },
      daysToMaxLoss: null,
      hitDailyLoss: null,
      endBalance: { p5: usd(53_000), p50: usd(53_000), p95: usd(53_000) },
    });
  });

  it("tells days to a tenth: no 7.800000000000001", () => {
    const rules = { ...NO_RULES, profitTarget: usd(3_000) };
    const days = [500, -300, 900, -200, 700, 100].map(usd);
    for (let seed = 1; seed <= 200; seed += 1) {
      const { p10, p50, p90 } = simulate(days, rules, { seed, paths: 17 })?.daysToTarget ?? {};
      for (const told of [p10, p50, p90]) expect(String(told)).toMatch(/^\d+(\.\d)?$/);
    }
  });

  it("breaks the maximum loss when the balance reaches the floor, on the fourth day of -500", () => {
    const rules = { ...NO_RULES, maxLoss: trailing, dailyLoss: daily(500) };
    expect(simulate([usd(-500)], rules, one)).toMatchObject({
      brokeMaxLoss: 1,
      daysToMaxLoss: { p50: 4 },
      hitDailyLoss: 1,
      daysToDailyLoss: { p50: 1 },
      endBalance: { p50: usd(48_000) },
    });
    const further = { ...NO_RULES, maxLoss: { ...trailing, amount: usd(2_000.000001) } };
    expect(simulate([usd(-500)], further, one)).toMatchObject({ daysToMaxLoss: { p50: 5 } });
  });

  it("trails the highest end of a day, and locks", () => {
    // Blocks of a year: the path is the history in turn, from either of its days.
    const days = [...Array(3).fill(usd(1_000)), usd(-2_000)];
    const walked = (maxLoss: SimulationRules["maxLoss"]) =>
      simulate(
        days,
        { ...NO_RULES, maxLoss },
        { seed: 3, paths: 200, blockDays: 1_000_000, horizonDays: 8 },
      );
    // From a high of 51,000 or more a fall of 2,000 meets the floor 2,000 below it.
    expect(walked({ ...trailing, lockAt: null })?.brokeMaxLoss).toBe(1);
    // The floor stays at 50,000 once the high is 52,000: 53,000 - 2,000 stays above, 52,000 - 2,000 does not.
    const locked = walked(trailing)?.brokeMaxLoss ?? 0;
    expect(locked).toBeGreaterThan(0);
    expect(locked).toBeLessThan(1);
    // Against the starting balance only the path that begins with the loss meets the floor.
    const fixed = walked({ ...trailing, basis: "start" })?.brokeMaxLoss ?? 0;
    expect(fixed).toBeGreaterThan(0);
    expect(fixed).toBeLessThan(locked);
  });

  it("breaks a limit at it or only beyond it, as the rule says", () => {
    const beyond = { ...NO_RULES, maxLoss: { ...trailing, breachAt: "lt" as const } };
    expect(simulate([usd(-500)], beyond, one)).toMatchObject({ daysToMaxLoss: { p50: 5 } });
    const hit = (at: "lt" | "lte") => ({ ...NO_RULES, dailyLoss: { ...daily(500), at } });
    expect(simulate([usd(-500)], hit("lte"), one)?.hitDailyLoss).toBe(1);
    expect(simulate([usd(-500)], hit("lt"), one)?.hitDailyLoss).toBe(0);
  });

  it("moves the floor to its lock at a profit, where the rule says so", () => {
    // 50,600, 49,900: below the start, which is the floor once the profit was 600.
    const days = [usd(600), usd(-700)];
    const walked = (lockWhenProfit: number | null) =>
      simulate(
        days,
        {
          ...NO_RULES,
          maxLoss: {
            ...trailing,
            lockWhenProfit: lockWhenProfit === null ? null : usd(lockWhenProfit),
          },
        },
        { seed: 1, paths: 20, blockDays: 1_000_000, horizonDays: 4 },
      )?.brokeMaxLoss;
    expect(walked(600)).toBeGreaterThan(0);
    expect([walked(600.01), walked(null)]).toEqual([0, 0]);
  });

  it("ends at a daily loss that fails the account, and goes on after one that locks the day", () => {
    const rules = (action: "lock" | "fail") => ({
      ...NO_RULES,
      profitTarget: usd(400),
      dailyLoss: daily(300, action),
    });
    const asked = { seed: 4, paths: 300, horizonDays: 60 };
    const days = [usd(500), usd(-300), usd(-100)];
    const [locked, failed] = [
      simulate(days, rules("lock"), asked),
      simulate(days, rules("fail"), asked),
    ];
    expect(locked?.failedDailyLoss).toBeNull();
    expect(failed?.failedDailyLoss).toBeGreaterThan(0);
    expect(failed?.failedDailyLoss).toBe(failed?.hitDailyLoss);
    expect((failed?.failedDailyLoss ?? 0) + (failed?.reachedTarget ?? 0)).toBeCloseTo(1, 12);
    expect(locked?.reachedTarget).toBeGreaterThan(failed?.reachedTarget ?? 1);
  });

  it("takes a daily loss in percent of the balance at the day's start", () => {
    // 2 % of 50,000 is 1,000; of 49,000 it is 980.
    const rules = {
      ...NO_RULES,
      dailyLoss: { ...daily(0), amount: null, percentOfBase: parsePercent(2, "part") },
    };
    expect(simulate([usd(-990)], rules, one)).toMatchObject({ daysToDailyLoss: { p50: 2 } });
    expect(simulate([usd(-1_000)], rules, one)).toMatchObject({ daysToDailyLoss: { p50: 1 } });
  });

  it("counts the limit before the target, and both never", () => {
    const rules = { ...NO_RULES, profitTarget: usd(1_000), maxLoss: trailing };
    const property = fc.property(
      fc.array(fc.integer({ min: -3_000, max: 3_000 }), { minLength: 1, maxLength: 30 }),
      fc.integer(),
      (nets, seed) => {
        const found = simulate(nets.map(usd), rules, { seed, paths: 50, horizonDays: 40 });
        if (found === null) throw new Error("there are days");
        const { reachedTarget, brokeMaxLoss, undecided } = found;
        expect((reachedTarget ?? 0) + (brokeMaxLoss ?? 0) + undecided).toBeCloseTo(1, 12);
        expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
        expect(simulate(nets.map(usd), rules, { seed, paths: 50, horizonDays: 40 })).toEqual(found);
      },
    );
    fc.assert(property, { numRuns: 50 });
  });

  it("agrees with the gambler's ruin: fair steps of 1, 3 up or 2 down, are reached 2 times of 5", () => {
    const rules: SimulationRules = {
      startingBalance: usd(0),
      profitTarget: usd(3),
      maxLoss: { ...trailing, amount: usd(2), basis: "start", lockAt: null },
      dailyLoss: null,
    };
    const found = simulate([usd(1), usd(-1)], rules, {
      seed: 20_260_803,
      paths: 40_000,
      blockDays: 1,
      horizonDays: 500,
    });
    expect(found?.undecided).toBe(0);
    // Five standard errors of 40,000 draws.
    expect(Math.abs((found?.reachedTarget ?? 0) - 0.4)).toBeLessThan(0.0123);
  });

  it("draws other paths from another seed, and the same from the same", () => {
    const rules = { ...NO_RULES, profitTarget: usd(900) };
    const nets = [300, -200, 100, -50, 400].map(usd);
    const of = (seed: number) => simulate(nets, rules, { seed, paths: 500, horizonDays: 5 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)?.reachedTarget).not.toBe(of(2)?.reachedTarget);
  });

  it("states its method and its limits", () => {
    const found = simulate([usd(1)], NO_RULES, one);
    expect(found?.method).toMatch(/block bootstrap/);
    expect(found?.limits.length).toBeGreaterThan(2);
    const more = simulate([usd(1)], { ...NO_RULES, unseen: ["No payouts."] }, one);
    expect(more?.limits).toEqual([...(found?.limits ?? []), "No payouts."]);
  });

  it("refuses options that make no sense", () => {
    const ask = (options: Partial<Parameters<typeof simulate>[2]>) => () =>
      simulate([usd(1)], NO_RULES, { seed: 1, ...options });
    expect(ask({ paths: 0 })).toThrow("paths must be a whole number from 1, was 0");
    expect(ask({ horizonDays: 1.5 })).toThrow(
      "horizon days must be a whole number from 1, was 1.5",
    );
    expect(ask({ seed: Number.NaN })).toThrow("seed must be a whole number");
    expect(ask({ paths: 1e7, horizonDays: 1e4 })).toThrow("too many");
  });
});

describe("random numbers", () => {
  it("lie from 0 to below 1, spread evenly, and differ by seed", () => {
    const draw = (seed: number) => Array.from({ length: 20_000 }, randomFrom(seed));
    for (const seed of [0, 1, -1, 2 ** 40]) {
      const numbers = draw(seed);
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...numbers)).toBeLessThan(1);
      const tenths = Array(10).fill(0);
      for (const number of numbers) tenths[Math.floor(number * 10)] += 1;
      // Six standard deviations of a count of 2,000.
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(255);
    }
    expect(draw(0)[0]).not.toBe(draw(1)[0]);
    expect(draw(1)[0]).not.toBe(draw(1 + 2 ** 32)[0]);
  });
});
