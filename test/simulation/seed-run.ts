import type { Blotter } from "../../src/index.js";
import { liveThrough, type SeedReport, type TwoStores } from "./seed-life.js";

/** Stores serve some seeds, each with an account of its own; then they are full enough. */
const SEEDS_A_STORE = 20;

export interface FailedSeed {
  readonly seed: number;
  readonly problems: readonly string[];
}

/** What a run of seeds saw: all of it must be more than nothing in a run of any length. */
export interface SeedRun {
  seeds: number;
  readonly failures: FailedSeed[];
  readonly seen: Map<string, number>;
}

export interface SeedRunOptions {
  readonly open: () => Promise<Blotter>;
  readonly seeds: Iterable<number>;
  /** Asked before each seed. */
  readonly isOver: () => boolean;
  readonly onSeed?: (seed: number, run: SeedRun) => void;
}

/** Lives through seeds, one after the other; a seed that fails does not end it. */
export async function runSeeds({ open, seeds, isOver, onSeed }: SeedRunOptions): Promise<SeedRun> {
  const run: SeedRun = { seeds: 0, failures: [], seen: new Map() };
  let stores: TwoStores | null = null;
  try {
    for (const seed of seeds) {
      if (isOver()) break;
      if (run.seeds % SEEDS_A_STORE === 0) {
        await closed(stores);
        stores = null;
      }
      stores ??= { troubled: await open(), clean: await open() };
      const problems = await problemsOf(seed, stores, run);
      run.seeds += 1;
      if (problems.length > 0) {
        run.failures.push({ seed, problems });
        await closed(stores);
        stores = null;
      }
      onSeed?.(seed, run);
    }
  } finally {
    await closed(stores);
  }
  return run;
}

async function problemsOf(
  seed: number,
  stores: TwoStores,
  { seen }: SeedRun,
): Promise<readonly string[]> {
  try {
    const report = await liveThrough(seed, stores);
    for (const [what, count] of sightsOf(report)) seen.set(what, (seen.get(what) ?? 0) + count);
    return report.problems;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function sightsOf({ mischief, world, bot }: SeedReport): readonly (readonly [string, number])[] {
  const { hub, rest, exchange } = mischief;
  return [
    ["events", world.events.length],
    ["crashes", bot.crashes],
    ["restarts", bot.restarts],
    ["comparisons", bot.syncs],
    ["gaps", bot.healedGaps.length],
    ...(["drop", "repeat", "reorder", "delay", "disconnect"] as const).map(
      (fault) => [fault, hub.count(fault)] as const,
    ),
    ...(["tooMany", "serverError", "expiredToken", "truncated"] as const).map(
      (fault) => [fault, rest.count(fault)] as const,
    ),
    ...(["lostAnswer", "neverArrived"] as const).map(
      (fault) => [fault, rest.count(fault)] as const,
    ),
    ...(["void", "correct"] as const).map((fault) => [fault, exchange.count(fault)] as const),
  ];
}

async function closed(stores: TwoStores | null): Promise<void> {
  await stores?.troubled.close();
  await stores?.clean.close();
}

/** "412 seeds: 30123 events, 512 crashes, ...": for people. */
export function describeRun({ seeds, seen }: SeedRun): string {
  const counts = [...seen].map(([what, count]) => `${count} ${what}`);
  return `${seeds} seeds lived through: ${counts.join(", ")}`;
}

/** Failed seeds, each with its problems, cut to what a person reads. */
export function describeFailures(failures: readonly FailedSeed[]): string {
  return failures
    .map(({ seed, problems }) => {
      const lines = problems.slice(0, 12).map((problem) => `  ${problem.slice(0, 1_500)}`);
      return [`seed ${seed}:`, ...lines].join("\n");
    })
    .join("\n");
}

export function* seedsFrom(first: number, count = Number.POSITIVE_INFINITY): Iterable<number> {
  for (let seed = first; seed < first + count; seed += 1) yield seed;
}
