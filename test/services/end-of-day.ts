import "reflect-metadata";
import { container as globalContainer } from "tsyringe";
import { afterEach, describe, expect, it } from "vitest";
import { registerBlotter } from "../../src/container.js";
import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import { AccountService, EndOfDay } from "../../src/ports/account-service.js";
import { Clock } from "../../src/ports/clock.js";
import { Scheduler } from "../../src/ports/scheduler.js";
import { OrderService } from "../../src/ports/services.js";
import { ScheduledEndOfDay } from "../../src/services/end-of-day.js";
import { openShared, type StoreKind } from "../stores.js";

/** A clock that a test sets, and a scheduler whose jobs it runs. */
class Wall implements Clock, Scheduler {
  at: Instant = parseInstant("2026-03-02T15:00:00Z", "now");
  readonly asked: string[] = [];
  jobs: (() => Promise<void>)[] = [];

  now(): Instant {
    return this.at;
  }

  set(text: string): void {
    this.at = parseInstant(text, "now");
  }

  schedule(pattern: string, timezone: string, job: () => Promise<void>) {
    this.asked.push(`${pattern} ${timezone}`);
    this.jobs.push(job);
    return {
      stop: () => {
        this.jobs = this.jobs.filter((other) => other !== job);
      },
    };
  }
}

/** Each test has a clock of its own and a fresh store. */
export function describeEndOfDay(kind: StoreKind): void {
  describe(`the end of the trading day on ${kind.name}`, () => {
    const ends: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0)) await end();
    });

    async function bot() {
      const wall = new Wall();
      const container = globalContainer.createChildContainer();
      const { store, dispose } = await openShared(kind);
      ends.push(dispose);
      const handle = await registerBlotter(container, { store, closeDays: false });
      ends.unshift(() => handle.close());
      container.registerInstance(Clock, wall);
      container.registerInstance(Scheduler, wall);
      container.registerSingleton(EndOfDay, ScheduledEndOfDay);
      const [accounts, orders, endOfDay] = [
        container.resolve(AccountService),
        container.resolve(OrderService),
        container.resolve(EndOfDay),
      ];
      await accounts.open({ accountId: "A", startingBalance: 50_000 });
      const closed = async () =>
        (await accounts.snapshots({ account: "A", type: "eod" }))
          .filter((row) => row.closedAt !== null)
          .map((row) => snapshotDay(row));
      return { wall, accounts, orders, endOfDay, closed };
    }

    it("comes at 17:00 Chicago while the bot runs", async () => {
      const { wall, endOfDay, closed } = await bot();
      endOfDay.start();
      endOfDay.start();
      expect(wall.asked).toEqual(["*/5 17 * * * America/Chicago"]);
      wall.set("2026-03-02T22:59:59.999999Z");
      await wall.jobs[0]?.();
      expect(await closed()).toEqual([]);
      wall.set("2026-03-02T23:00:00Z");
      await wall.jobs[0]?.();
      await wall.jobs[0]?.();
      expect(await closed()).toEqual(["2026-03-02"]);
      await endOfDay.stop();
      expect(wall.jobs).toEqual([]);
    });

    it("is caught up on start for each weekday that the bot was down, and once", async () => {
      const { wall, endOfDay, closed } = await bot();
      // Into the week after the clocks went forward.
      wall.set("2026-03-09T22:00:00Z");
      const done = await endOfDay.catchUp();
      expect(done.map(({ outcome, snapshot }) => [outcome, formatInstant(snapshot.at)])).toEqual([
        ["recorded", "2026-03-02T23:00:00Z"],
        ["recorded", "2026-03-03T23:00:00Z"],
        ["recorded", "2026-03-04T23:00:00Z"],
        ["recorded", "2026-03-05T23:00:00Z"],
        ["recorded", "2026-03-06T23:00:00Z"],
        ["recorded", "2026-03-09T22:00:00Z"],
      ]);
      expect(await endOfDay.catchUp()).toEqual([]);
      expect(await closed()).toHaveLength(6);
    });

    it("closes a weekend's day that has activity, and days left out by hand", async () => {
      const { wall, accounts, endOfDay, closed } = await bot();
      const at = "2026-03-07T18:00:00Z";
      await accounts.recordCash({ account: "A", type: "deposit", amount: 1, at });
      wall.set("2026-03-08T15:00:00Z");
      await accounts.closeDay("A", "2026-03-06");
      await endOfDay.catchUp();
      expect(await closed()).toEqual([
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
        "2026-03-06",
        "2026-03-07",
      ]);
      const { snapshot, outcome } = await accounts.closeDay("A");
      expect([outcome, snapshotDay(snapshot)]).toEqual(["known", "2026-03-06"]);
    });

    it("shows no end of a day that is not over, but counts its fills", async () => {
      const { wall, accounts, orders } = await bot();
      await orders.recordFill({
        accountId: "A",
        fillId: "1",
        orderId: "1",
        contract: "MNQU26",
        side: "BUY",
        quantity: 1,
        price: 21_000,
        commission: 1,
        fee: 0,
        executedAt: "2026-03-02T14:00:00Z",
      });
      expect(await accounts.snapshots({ account: "A" })).toEqual([]);
      expect((await accounts.summary("A")).balance).toBe(49_999_000_000);
      await accounts.recordCash({
        account: "A",
        type: "deposit",
        amount: 5,
        at: "2026-03-02T14:30:00Z",
      });
      // The day's own balance is no end of a day yet.
      expect((await accounts.summary("A")).highestEodBalance).toBe(50_000_000_000);
      wall.set("2026-03-02T23:00:00Z");
      expect((await accounts.summary("A")).highestEodBalance).toBe(50_004_000_000);
    });
  });
}
