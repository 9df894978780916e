import { postgres, sqliteFile, sqliteMemory } from "../stores.js";
import { FAILED_SEEDS } from "./failed-seeds.js";
import { describeFailures, describeRun, runSeeds, type SeedStores, seedsFrom } from "./seed-run.js";

/**
 * `npm run soak [-- FIRST_SEED]`: 10,000 seeds on SQLite and, where TEST_DATABASE_URL names a server,
 * 1,000 on Postgres; BLOTTER_SIM_SEEDS is another number for both. Prints where it is, and each seed
 * that fails, which belongs into failed-seeds.ts.
 */
const first = Number(process.argv[2] ?? 1);
const asked = Number(process.env.BLOTTER_SIM_SEEDS ?? 0);
const EVERY = 100;

let failed = 0;
failed += await soak({ kind: sqliteMemory, addressed: sqliteFile }, asked || 10_000);
if (process.env.TEST_DATABASE_URL) {
  failed += await soak({ kind: postgres, addressed: postgres }, asked || 1_000);
} else console.log("Postgres is left out: TEST_DATABASE_URL is not set");
process.exitCode = failed > 0 ? 1 : 0;

async function soak(stores: SeedStores, count: number): Promise<number> {
  const started = performance.now();
  let told = 0;
  const run = await runSeeds({
    stores,
    seeds: [...FAILED_SEEDS, ...seedsFrom(first, count)],
    isOver: () => false,
    onSeed(seed, { seeds, failures }) {
      if (failures.length > told) console.log(describeFailures(failures.slice(told)));
      told = failures.length;
      const seconds = Math.round((performance.now() - started) / 1_000);
      if (seeds % EVERY === 0)
        console.log(`${stores.kind.name}: ${seeds} done, at ${seed}, ${seconds} s`);
    },
  });
  console.log(`${stores.kind.name}: ${describeRun(run)}; ${run.failures.length} failed`);
  return run.failures.length;
}
