import { parseConfig } from "../../src/config.js";
import { openStore } from "../../src/container.js";
import type { Store } from "../../src/ports/store.js";
import { SystemClock } from "../../src/system/system-clock.js";
import { lent, openAddressed, openFresh, type StoreKind } from "../stores.js";
import { liveThrough, type SeedReport, type TwoStores } from "./seed-life.js";

/** Stores serve some seeds, each with an account of its own; then they are full enough. */
const SEEDS_A_STORE = 20;
/** Of so many seeds, one is lived through by processes that open the store themselves, and close it when they end. */
const OPENED_ANEW_EVERY = 10;

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

/** On what seeds are lived through. */
export interface SeedStores {
  /** One store that the processes of many seeds share. */
  readonly kind: StoreKind;
  /** A store that processes open at its url, for one seed of ten. */
  readonly addressed: StoreKind;
}

export interface SeedRunOptions {
  readonly stores: SeedStores;
  readonly seeds: Iterable<number>;
  /** Asked before each seed. */
  readonly isOver: () => boolean;
  readonly onSeed?: (seed: number, run: SeedRun) => void;
}

/** Lives through seeds, one after the other; a seed that fails does not end it. */
export async function runSeeds({
  stores: { kind, addressed },
  seeds,
  isOver,
  onSeed,
}: SeedRunOptions): Promise<SeedRun> {
  const run: SeedRun = { seeds: 0, failures: [], seen: new Map([["opened anew", 0]]) };
  let shared: TwoStores | null = null;
  let uses = 0;
  const live = async (seed: number, stores: TwoStores) => {
    const problems = await problemsOf(seed, stores, run);
    run.seeds += 1;
    if (problems.length > 0) run.failures.push({ seed, problems });
    return problems.length === 0;
  };
  try {
    for (const seed of seeds) {
      if (isOver()) break;
      if (seed % OPENED_ANEW_EVERY === 0) {
        await aloneOn(addressed, (stores) => live(seed, stores));
        count(run, "opened anew", 1);
      } else {
        if (uses % SEEDS_A_STORE === 0) {
          await closed(shared);
          shared = null;
        }
        shared ??= await sharedStores(kind);
        uses += 1;
        if (!(await live(seed, shared))) {
          await closed(shared);
          shared = null;
        }
      }
      onSeed?.(seed, run);
    }
  } finally {
    await closed(shared);
  }
  return run;
}

async function sharedStores(kind: StoreKind): Promise<TwoStores> {
  const troubled = await openFresh(kind);
  return { troubled, clean: await openFresh(kind), openStore: async () => lent(troubled.store) };
}

async function aloneOn(
  kind: StoreKind,
  live: (stores: TwoStores) => Promise<unknown>,
): Promise<void> {
  const { blotter: troubled, url } = await openAddressed(kind);
  const clean = await openFresh(kind);
  const stores = { troubled, clean, openStore: () => openAt(url) };
  try {
    await live(stores);
  } finally {
    await closed(stores);
  }
}

function openAt(url: string): Promise<Store> {
  return openStore(parseConfig({ url }), new SystemClock());
}

function count({ seen }: SeedRun, what: string, times: number): void {
  seen.set(what, (seen.get(what) ?? 0) + times);
}

async function problemsOf(
  seed: number,
  stores: TwoStores,
  run: SeedRun,
): Promise<readonly string[]> {
  try {
    const report = await liveThrough(seed, stores);
    for (const [what, times] of sightsOf(report)) count(run, what, times);
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
