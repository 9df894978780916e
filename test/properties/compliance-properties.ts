import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { causeOf } from "../../src/domain/compliance/log.js";
import type { Blotter } from "../../src/index.js";
import { freshAccount } from "../contract/fresh-account.js";
import { RiskDesk } from "../contract/risk-desk.js";
import { type Fact, facts, factsWithResets, lateOrder } from "./compliance-facts.js";

/**
 * Promise 10 on random facts, on any store: in order, log and state are the same however often and in whatever
 * portions facts are told; late, the state is the same, and the log says what was taken back.
 *
 * @param openStore gives a store of its own; the suite closes it
 */
export function describeComplianceDeliveries(
  name: string,
  openStore: () => Promise<Blotter>,
  runs: number,
): void {
  describe(`an account under rules, on ${name}`, () => {
    let blotter: Blotter;
    beforeAll(async () => {
      blotter = await openStore();
    }, 60_000);
    afterAll(() => blotter?.close());

    const begun = async ({ rules, adoption }: Beginning) => {
      const desk = new RiskDesk(blotter, await freshAccount(blotter));
      const { account } = desk;
      await blotter.rules.set(account, rules);
      if (adoption) await blotter.accounts.adopt({ account, at: ADOPTED_AT, ...adoption });
      return desk;
    };
    const clean = async (beginning: Beginning, list: readonly Fact[]) => {
      const desk = await begun(beginning);
      for (const fact of list) await tellNew(desk, fact);
      return desk;
    };

    it("in order, has one log and one state, however facts are repeated, replayed and split", async () => {
      const property = fc.asyncProperty(
        beginnings,
        factsWithResets,
        fc.array(fc.nat(30)),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        async (beginning, list, repeats, sizes) => {
          const once = await books(await clean(beginning, list));

          const repeated = await begun(beginning);
          for (const [i, fact] of list.entries()) {
            await tellNew(repeated, fact);
            for (const n of repeats.filter((of) => of <= i)) await tell(repeated, at(list, n));
          }
          expect(await books(repeated)).toEqual(once);
          for (const fact of list) await tell(repeated, fact);
          expect(await books(repeated)).toEqual(once);

          const split = await begun(beginning);
          for (const burst of burstsOf(list, sizes)) await tellAtOnce(split, burst);
          expect(await books(split)).toEqual(once);
        },
      );
      await fc.assert(property, { numRuns: runs, seed: SEED, ...WITHIN });
    }, 1_000_000);

    it("late, has the state of the clean run, and its log says what was restated", async () => {
      let restated = 0;
      const picks = fc.array(fc.nat(30), { minLength: 1, maxLength: 40, size: "max" });
      const property = fc.asyncProperty(
        beginnings,
        factsWithResets,
        picks,
        async (beginning, list, order) => {
          const inOrder = await clean(beginning, list);
          const late = await begun(beginning);
          let log = await late.log();
          for (const fact of lateOrder(list, order)) {
            await tellNew(late, fact);
            const longer = await late.log();
            // What was written stays as it was written.
            expect(longer).toEqual(expect.arrayContaining([...log]));
            log = longer;
          }
          restated += expectNotesInPlace(log);
          expect(await stateOf(late)).toEqual(await stateOf(inOrder));
          expect(await standing(late)).toEqual(await standing(inOrder));
          expect(await late.verify()).toEqual([]);
          const before = await books(late);
          await blotter.trades.rebuild(late.account);
          expect(await books(late)).toEqual(before);
        },
      );
      await fc.assert(property, { numRuns: runs, seed: SEED, ...WITHIN });
      expect(restated).toBeGreaterThan(0);
    }, 1_000_000);

    it("has a floor that never falls but by a payout that its rules name, and never passes its lock", async () => {
      const seen = { rises: 0, falls: 0, locked: 0 };
      const property = fc.asyncProperty(beginnings, facts, async (beginning, list) => {
        const desk = await begun(beginning);
        const { maxLoss, start } = await levelsOf(desk, beginning);
        const { floorAfterPayout, lockAt } = maxLoss;
        const lock = start + (lockAt ?? 0);
        let floor = Number.NEGATIVE_INFINITY;
        let paid = false;
        for (const fact of list) {
          await tellNew(desk, fact);
          paid ||= fact.kind === "cash" && fact.input.type === "payout";
          const newest = await newestFloor(desk);
          if (paid && floorAfterPayout !== null) {
            expect(newest).toBe(start + floorAfterPayout);
          } else expect(newest).toBeGreaterThanOrEqual(floor);
          expect(newest).toBeLessThanOrEqual(lock);
          if (newest < floor) seen.falls += 1;
          if (newest > floor && Number.isFinite(floor)) seen.rises += 1;
          if (newest === lock) seen.locked += 1;
          floor = newest;
        }
      });
      await fc.assert(property, { numRuns: Math.max(2 * runs, 12), seed: SEED, ...WITHIN });
      for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
    }, 1_000_000);
  });
}

/** A failure is made smaller for so long, then shown as it is. */
const WITHIN = { interruptAfterTimeLimit: 900_000, markInterruptAsFailure: true } as const;

/** The same facts each time, so that each run is known to have what the counts ask for. */
const SEED = 3;

const STARTING = 50_000_000_000;

/** Two of a firm's own; one with all that they leave out: highs of the day, warnings, a payout that lowers the floor. */
const ruleSets = fc.constantFrom(
  { name: "topstep-combine-50k-dll" },
  { name: "topstep-express-50k" },
  {
    name: "own",
    document: {
      firm: "Own",
      program: "Own",
      version: "1",
      maxLoss: { amount: 1_500, basis: "intradayEquity", lockAt: 100, floorAfterPayout: -1_800 },
      dailyLoss: { amount: 900, trailing: true, base: "dayStartEquity" },
      personalDailyLoss: { percentOfBase: 1, action: "warn" },
      profitTarget: 2_000,
      consistency: { percent: 40, of: "cycleProfit", blocks: "payout" },
      payout: { resetsCycle: true },
      warnAt: [30, 60, 90],
    },
  },
);

/** In the middle of the day of the first facts, and before them all. */
const ADOPTED_AT = "2026-08-03T12:45:00Z";
const dollars = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 50);

/** What a running account may have behind it when it is adopted. */
const adoption = fc
  .record({
    balance: dollars(980, 1_010),
    dayBefore: fc.option(dollars(-15, 15)),
    highestAbove: fc.option(dollars(0, 20)),
    peakAbove: fc.option(dollars(20, 30)),
    bestDay: fc.option(dollars(0, 30)),
    days: fc.option(fc.nat(9)),
  })
  .map(({ balance, dayBefore, highestAbove, peakAbove, bestDay, days }) => ({
    balance,
    bestDay,
    tradingDays: days,
    winningDays: days,
    startOfDayBalance: dayBefore === null ? null : balance + dayBefore,
    highestEodBalance: highestAbove === null ? null : balance + highestAbove,
    intradayPeak: peakAbove === null ? null : balance + peakAbove,
  }));

const beginnings = fc.record({ rules: ruleSets, adoption: fc.option(adoption, { freq: 1 }) });
type Beginning = typeof beginnings extends fc.Arbitrary<infer T> ? T : never;

function at<T>(list: readonly T[], n: number): T {
  const found = list[n];
  if (found === undefined) throw new Error(`nothing at ${n}`);
  return found;
}

async function tell({ blotter, account }: RiskDesk, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case "fill":
      await blotter.orders.recordFill({ ...fact.input, accountId: account });
      return;
    case "cash":
      await blotter.accounts.recordCash({ ...fact.input, account });
      return;
    case "mark":
      await blotter.marks.record(fact.input, account);
  }
}

/** A price that was not kept would be no fact, and prove nothing. */
async function tellNew(desk: RiskDesk, fact: Fact): Promise<void> {
  if (fact.kind !== "mark") return tell(desk, fact);
  const { stored } = await desk.blotter.marks.record(fact.input, desk.account);
  expect(stored).toEqual([desk.account]);
}

/** Fills as a broker's feed hands them over: those of a burst are booked in one unit of work. */
async function tellAtOnce(desk: RiskDesk, burst: readonly Fact[]): Promise<void> {
  const outcomes = burst.map((fact) =>
    fact.kind === "fill"
      ? desk.blotter.intake.handle({
          kind: "fill",
          input: { ...fact.input, accountId: desk.account },
        })
      : tellNew(desk, fact),
  );
  for (const told of await Promise.all(outcomes)) {
    if (told) expect(told.outcome).not.toBe("quarantined");
  }
}

/** In order still: runs of fills are cut up, all else comes alone. */
function burstsOf(list: readonly Fact[], sizes: readonly number[]): readonly (readonly Fact[])[] {
  const bursts: Fact[][] = [];
  let room = 0;
  for (const fact of list) {
    const last = bursts.at(-1);
    if (last && fact.kind === "fill" && room > 0) {
      last.push(fact);
      room -= 1;
      continue;
    }
    bursts.push([fact]);
    room = fact.kind === "fill" ? at(sizes, bursts.length % sizes.length) : 0;
  }
  return bursts;
}

const stateOf = async (desk: RiskDesk) =>
  (await desk.days()).map(({ accountId: _, ...day }) => day);

/** State and log without the account's name and the time of writing. */
async function books(desk: RiskDesk) {
  const log = (await desk.log()).map(({ accountId: _, recordedAt: __, ...row }) => row);
  return { days: await stateOf(desk), log: log.map(untimed) };
}

/** Of a restatement, when it happened is when it was written. */
const untimed = <T extends { readonly eventType: string; readonly at: number }>(row: T) =>
  row.eventType === "restated" ? { ...row, at: null } : row;

/** The causes of what was found and not taken back: what the log holds to be so. */
async function standing(desk: RiskDesk): Promise<readonly string[]> {
  const log = await desk.log();
  const gone = new Set(log.map((entry) => entry.refersTo));
  return log
    .filter((entry) => entry.refersTo === null && !gone.has(entry.eventKey))
    .map(causeOf)
    .sort();
}

/** Every restatement refers to a finding, and none twice; returns how many there are. */
function expectNotesInPlace(log: Awaited<ReturnType<RiskDesk["log"]>>): number {
  const found = new Set(log.filter((row) => row.refersTo === null).map((row) => row.eventKey));
  const notes = log.filter((row) => row.refersTo !== null);
  expect(notes.every(({ eventType }) => eventType === "restated")).toBe(true);
  const named = notes.map(({ refersTo }) => refersTo ?? "");
  expect(named.filter((key) => !found.has(key))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
  return notes.length;
}

/** The maximum loss, and what its levels count from: of an adopted account, what its program starts with. */
async function levelsOf({ blotter, account }: RiskDesk, { adoption }: Beginning) {
  const rules = (await blotter.rules.of(account))[0]?.rules;
  if (!rules?.maxLoss) throw new Error("rules without a maximum loss");
  const program = adoption ? rules.startingBalance : null;
  return { maxLoss: rules.maxLoss, start: program ?? STARTING };
}

async function newestFloor({ blotter, account }: RiskDesk): Promise<number> {
  const day = await blotter.store.read((repos) => repos.compliance.day(account, null));
  return day?.floor ?? Number.NaN;
}
