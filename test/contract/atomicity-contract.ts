import { describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/index.js";
import type { StoreKind } from "../stores.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import { FailingStore } from "./failing-store.js";
import { wholeStore } from "./whole-store.js";

type Step = (desk: Desk) => Promise<unknown>;

interface Story {
  readonly name: string;
  readonly before: readonly Step[];
  /** What is cut off at every statement. */
  readonly step: Step;
  /** Fewer statements than this, and the story does not tell what it says. */
  readonly leastStatements: number;
  /** What the rules have found once it went through. */
  readonly finds?: readonly string[];
}

const UNDER_RULES: readonly Step[] = [
  ({ blotter, account }) => blotter.rules.set(account, { name: "topstep-combine-50k-dll" }),
  (desk) => desk.fill(1, "1", "in", "buy 1 @ 20000", { commission: 1, fee: 1 }),
];

const LONG: readonly Step[] = [
  (desk) => desk.order("in", { status: "filled", quantity: 2 }),
  (desk) => desk.fill(1, "1", "in", "buy 1 @ 20000", { commission: 1 }),
  (desk) => desk.fill(2, "2", "in", "buy 1 @ 20001", { fee: 1 }),
];

const STORIES: readonly Story[] = [
  {
    name: "a fill that reverses a position",
    before: LONG,
    step: (desk) => desk.fill(3, "3", "out", "sell 3 @ 20010", { commission: 1 }),
    leastStatements: 15,
  },
  {
    name: "a late fill that restates trades",
    before: [...LONG, (desk) => desk.fill(5, "5", "out", "sell 2 @ 20010")],
    step: (desk) => desk.fill(0, "0", "first", "buy 1 @ 19990"),
    leastStatements: 15,
  },
  {
    name: "a void that restates trades",
    before: [...LONG, (desk) => desk.fill(5, "5", "out", "sell 2 @ 20010")],
    step: (desk) => desk.void("1"),
    leastStatements: 15,
  },
  {
    name: "a real fill that takes a stand-in's place",
    before: [(desk) => desk.fill(1, "in", "in", "buy 1 @ 20000.1", { standIn: true })],
    step: (desk) => desk.fill(1, "1", "in", "buy 1 @ 20000"),
    leastStatements: 10,
  },
  {
    name: "an order that names its strategy late",
    before: LONG,
    step: (desk) => desk.order("in", { status: "filled", quantity: 2, strategy: "swing" }),
    leastStatements: 4,
  },
  {
    name: "a fill that contradicts what is booked",
    before: LONG,
    step: (desk) => desk.fill(1, "1", "in", "buy 7 @ 20000"),
    leastStatements: 2,
  },
  {
    name: "a fill that loses the daily limit",
    before: UNDER_RULES,
    step: (desk) => desk.fill(2, "2", "out", "sell 1 @ 19400"),
    leastStatements: 20,
    finds: ["2026-08-19:dll:violation"],
  },
  {
    name: "a late fill whose loss is found on its day, and not on the next",
    before: [...UNDER_RULES, (desk) => desk.fill(90_000, "3", "out", "sell 1 @ 19400")],
    step: (desk) => desk.fill(2, "2", "early", "sell 1 @ 19400"),
    leastStatements: 20,
    finds: ["2026-08-20:dll:violation:restated", "2026-08-19:dll:violation"],
  },
  {
    name: "a price that takes the account below its floor",
    before: UNDER_RULES,
    step: ({ blotter, account }) =>
      blotter.marks.record({ contract: "MNQU26", price: 18_900, at: secondsAfterOpen(2) }, account),
    leastStatements: 10,
    finds: ["2026-08-19:dll:violation", "2026-08-19:mll:violation"],
  },
  {
    name: "a payout under rules",
    before: UNDER_RULES,
    step: ({ blotter, account }) =>
      blotter.accounts.recordCash({
        account,
        type: "payout",
        amount: 2_001,
        at: secondsAfterOpen(2),
      }),
    leastStatements: 10,
    finds: ["2026-08-19:mll:violation"],
  },
  {
    name: "a day that is closed with a position open",
    before: UNDER_RULES,
    step: ({ blotter, account }) => blotter.accounts.closeDay(account, "2026-08-19"),
    leastStatements: 10,
    finds: ["2026-08-19:session:violation"],
  },
];

const MOST_STATEMENTS = 200;

/** Promise 7: all effects of one event land together or not at all, wherever it is cut off. */
export function describeAtomicity(kind: StoreKind): void {
  describe("cut off before any of its statements", () => {
    it.each(STORIES)("$name leaves the store as it was", async (story) => {
      const open = await kind.open();
      try {
        const statements = await cutOffEverywhere(open.blotter, story);
        expect(statements).toBeGreaterThanOrEqual(story.leastStatements);
        expect(statements).toBeLessThan(MOST_STATEMENTS);
      } finally {
        await open.dispose();
      }
    });
  });
}

/** How many statements the step took when it went through. */
async function cutOffEverywhere(inside: Blotter, story: Story): Promise<number> {
  const failing = new FailingStore(inside.store);
  const blotter = await createBlotter({ store: failing });
  const desk = await Desk.open(blotter);
  for (const step of story.before) await step(desk);
  const before = await wholeStore(inside.store);
  for (let calls = 0; calls < MOST_STATEMENTS; calls += 1) {
    failing.failAfter(calls);
    const error = await story.step(desk).then(
      () => null,
      (thrown: unknown) => String(thrown),
    );
    if (error === null) {
      expect(await wholeStore(inside.store)).not.toEqual(before);
      expect(await inside.trades.verify()).toEqual([]);
      if (story.finds)
        expect(await foundBy(desk)).toEqual(expect.arrayContaining([...story.finds]));
      return calls;
    }
    expect(error).toContain("cut off before");
    expect(await wholeStore(inside.store)).toEqual(before);
  }
  return MOST_STATEMENTS;
}

async function foundBy({ blotter, account }: Desk): Promise<readonly string[]> {
  return (await blotter.compliance.log({ account })).map(({ eventKey }) => eventKey);
}
