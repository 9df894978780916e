import { describe, expect, it } from "vitest";
import type { StoreKind } from "../stores.js";
import { FAILED_SEEDS } from "./failed-seeds.js";
import {
  describeFailures,
  describeRun,
  runSeeds,
  type SeedRun,
  type SeedStores,
  seedsFrom,
} from "./seed-run.js";

/** How long seeds are lived through; a few seconds, unless the environment says otherwise. */
const BUDGET_MS = Number(process.env.BLOTTER_SIM_MS ?? 4_000);
/** Where to begin; another place finds other things. */
const FIRST_SEED = Number(process.env.BLOTTER_SIM_SEED ?? 1);
/** A seed takes a second on a machine that does ten other things. */
const SLACK_MS = 120_000;

const MISCHIEF = [
  "crashes",
  "restarts",
  "opened anew",
  "comparisons",
  "drop",
  "repeat",
  "reorder",
  "delay",
  "disconnect",
  "tooMany",
  "serverError",
  "expiredToken",
  "truncated",
  "lostAnswer",
  "neverArrived",
  "void",
  "correct",
];

/**
 * What the stream and a broker's API can do to a bot, and what its books are worth after all that.
 *
 * @param addressed the kind of store that processes open themselves, in every tenth seed
 */
export function describeSimulation(kind: StoreKind, addressed: StoreKind): void {
  const stores = { kind, addressed };
  describe(`the books on ${kind.name}, after one comparison with the broker`, () => {
    it(
      "are those of a run without trouble, in every seed that ever failed",
      async () => {
        const run = await live(stores, FAILED_SEEDS, () => false);
        expect(run.seeds).toBe(FAILED_SEEDS.length);
      },
      SLACK_MS,
    );

    it(
      "are those of a run without trouble, whatever went wrong",
      async () => {
        const started = performance.now();
        const isOver = () => performance.now() - started > BUDGET_MS;
        const run = await live(stores, seedsFrom(FIRST_SEED), isOver);
        console.log(`${kind.name}: ${describeRun(run)}`);
        expect(run.seeds).toBeGreaterThan(0);
        if (run.seeds < 100) return;
        for (const what of MISCHIEF) expect([what, run.seen.get(what)]).not.toEqual([what, 0]);
      },
      BUDGET_MS + SLACK_MS,
    );
  });
}

async function live(
  stores: SeedStores,
  seeds: Iterable<number>,
  isOver: () => boolean,
): Promise<SeedRun> {
  const run = await runSeeds({ stores, seeds, isOver });
  expect(describeFailures(run.failures)).toBe("");
  return run;
}
