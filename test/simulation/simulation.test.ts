import { expect, it } from "vitest";
import { lent, openFresh, sqliteFile, sqliteMemory } from "../stores.js";
import { mischiefOf } from "./mischief.js";
import { canonicalState } from "./seed-life.js";
import { simulatedWorld } from "./simulated-world.js";
import { describeSimulation } from "./simulation.js";
import { cleanLife, troubledLife } from "./two-lives.js";

describeSimulation(sqliteMemory, sqliteFile);

it("tells books that were not compared from those that were", async () => {
  const stores = { troubled: await openFresh(sqliteFile), clean: await openFresh(sqliteFile) };
  let different = 0;
  for (const seed of [4, 5, 7, 8]) {
    const mischief = { ...mischiefOf(seed), syncOnTheWay: 0 };
    const world = simulatedWorld(seed, mischief);
    await troubledLife(async () => lent(stores.troubled.store), world, mischief, {
      compares: false,
    });
    await cleanLife(stores.clean.store, world);
    const troubled = JSON.stringify(await canonicalState(stores.troubled, world));
    if (troubled !== JSON.stringify(await canonicalState(stores.clean, world))) different += 1;
  }
  expect(different).toBeGreaterThan(2);
  await stores.troubled.close();
  await stores.clean.close();
});
