import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CronScheduler } from "../../src/system/cron-scheduler.js";

describe("schedules", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("follow the wall clock of their time zone through a change of the clocks", async () => {
    vi.setSystemTime(new Date("2026-03-07T12:00:00Z"));
    const ran: string[] = [];
    const job = new CronScheduler().schedule("0 17 * * *", "America/Chicago", async () => {
      ran.push(new Date().toISOString().slice(0, 16));
    });
    await vi.advanceTimersByTimeAsync(3 * 86_400_000);
    job.stop();
    await vi.advanceTimersByTimeAsync(2 * 86_400_000);
    expect(ran).toEqual(["2026-03-07T23:00", "2026-03-08T22:00", "2026-03-09T22:00"]);
  });
});
