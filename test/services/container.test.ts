import "reflect-metadata";
import {
  type DependencyContainer,
  container as globalContainer,
  inject,
  injectable,
} from "tsyringe";
import { afterEach, describe, expect, it } from "vitest";
import { type BlotterHandle, createBlotter, registerBlotter } from "../../src/container.js";
import * as accountPorts from "../../src/ports/account-service.js";
import * as clock from "../../src/ports/clock.js";
import * as ids from "../../src/ports/ids.js";
import * as scheduler from "../../src/ports/scheduler.js";
import * as services from "../../src/ports/services.js";
import * as store from "../../src/ports/store.js";
import * as strategy from "../../src/ports/strategy.js";

/** Every token that a port declares: a new one is tried without being listed here. */
const TOKENS = [accountPorts, clock, ids, scheduler, services, store, strategy]
  .flatMap((module) => Object.entries(module))
  .filter((entry): entry is [string, symbol] => typeof entry[1] === "symbol");

describe("registering in a bot's container", () => {
  const handles: BlotterHandle[] = [];
  afterEach(async () => {
    for (const handle of handles.splice(0)) await handle.close();
  });

  async function child(): Promise<DependencyContainer> {
    const container = globalContainer.createChildContainer();
    handles.push(await registerBlotter(container, { url: ":memory:" }));
    return container;
  }

  it("knows tokens to try", () => {
    expect(TOKENS.length).toBeGreaterThanOrEqual(13);
  });

  it.each(TOKENS)("resolves %s, always the same one", async (_, token) => {
    const container = await child();
    const resolved = container.resolve(token);
    expect(resolved).toBeDefined();
    expect(container.resolve(token)).toBe(resolved);
  });

  it("leaves the global container untouched, and does not look into it", async () => {
    await child();
    const blotter = await createBlotter({ url: ":memory:" });
    handles.push(blotter);
    for (const [, token] of TOKENS) {
      expect(globalContainer.isRegistered(token)).toBe(false);
      expect(() => globalContainer.resolve(token)).toThrow();
    }
  });

  it("keeps two containers apart", async () => {
    const [one, other] = [await child(), await child()];
    await one.resolve(accountPorts.AccountService).open({ accountId: "A" });
    expect(await one.resolve(accountPorts.AccountService).list()).toHaveLength(1);
    expect(await other.resolve(accountPorts.AccountService).list()).toEqual([]);
  });

  it("injects into the bot's own classes", async () => {
    const container = await child();
    const bot = container.resolve(Bot);
    await bot.accounts.open({ accountId: "A" });
    const { outcome } = await bot.orders.recordFill({
      accountId: "A",
      fillId: "1",
      orderId: "1",
      contract: "MNQU26",
      side: "BUY",
      quantity: 1,
      price: 21_000,
      executedAt: "2026-08-19T14:00:00Z",
    });
    expect(outcome).toBe("recorded");
  });

  it("reads strategies by the bot's own rule", async () => {
    const container = globalContainer.createChildContainer();
    const strategyTag = /^([a-z]+)\//;
    handles.push(await registerBlotter(container, { url: ":memory:", strategyTag }));
    expect(container.resolve(strategy.StrategyOfTag)("scalper/1")).toBe("scalper");
  });

  it("takes a store that the bot brings", async () => {
    const own = (await child()).resolve(store.Store);
    const container = globalContainer.createChildContainer();
    await registerBlotter(container, { store: own });
    expect(container.resolve(store.Store)).toBe(own);
  });

  it("registers nothing when the store cannot be opened", async () => {
    const container = globalContainer.createChildContainer();
    const options = { url: "file:/nowhere/at/all/books.db", create: false };
    await expect(registerBlotter(container, options)).rejects.toThrow("no store at");
    await expect(registerBlotter(container, { url: "mysql://x" })).rejects.toThrow(
      'store url must be file:PATH, :memory:, postgres://..., pglite:DIR or pglite:memory, was "mysql://x"',
    );
    for (const [, token] of TOKENS) expect(container.isRegistered(token, true)).toBe(false);
  });

  it("closes the store with the handle, and says so afterwards", async () => {
    const container = globalContainer.createChildContainer();
    const handle = await registerBlotter(container, { url: ":memory:" });
    await handle.close();
    await expect(container.resolve(accountPorts.AccountService).list()).rejects.toThrow(
      expect.objectContaining({ code: "unavailable" }),
    );
    await handle.close();
  });
});

@injectable()
class Bot {
  constructor(
    @inject(services.OrderService) readonly orders: services.OrderService,
    @inject(accountPorts.AccountService) readonly accounts: accountPorts.AccountService,
  ) {}
}
