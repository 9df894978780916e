import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BackupContent } from "../../src/domain/backup.js";
import { BlotterError } from "../../src/domain/errors.js";
import { type Instant, parseInstant } from "../../src/domain/instant.js";
import type { StoreArchiver } from "../../src/ports/backup.js";
import type { Scheduler } from "../../src/ports/scheduler.js";
import { ProvedBackupService } from "../../src/services/backup-service.js";
import { BackupDirectory } from "../../src/system/backup-directory.js";
import { CronScheduler } from "../../src/system/cron-scheduler.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-service-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A store of which only the newest event is known, a clock, and a schedule that is run by hand. */
class Desk {
  now: Instant = parseInstant("2026-08-18T22:05:00Z", "now");
  sequence = 1;
  failing = false;
  tick: () => Promise<void> = () => Promise.reject(new Error("nothing is scheduled"));
  readonly patterns: string[] = [];

  content(): BackupContent {
    return { tables: {}, head: { A: this.sequence }, migrations: [] };
  }

  service(): ProvedBackupService {
    const archiver: StoreArchiver = {
      engine: "sqlite",
      storeName: "books.db",
      ending: ".db",
      copy: async () => {
        if (this.failing) throw new BlotterError("unavailable", "the disk is full");
        return this.content();
      },
      head: async () => this.content().head,
      restore: async () => ({ kept: null }),
    };
    const scheduler: Scheduler = {
      schedule: (pattern, timezone, job) => {
        this.patterns.push(`${pattern} ${timezone}`);
        this.tick = job;
        return { stop: () => undefined };
      },
    };
    const clock = { now: () => this.now };
    const version = { blotter: "1.0.0" };
    return new ProvedBackupService(
      archiver,
      new BackupDirectory(folder),
      clock,
      scheduler,
      version,
    );
  }
}

const HOUR = 3_600_000_000;

describe("backups by schedule", () => {
  it("follow a day of trading: each hour with news, and the end of the day", async () => {
    const desk = new Desk();
    const service = desk.service();
    const made: string[] = [];
    service.schedule({ onDone: ({ kind }) => made.push(kind) });
    expect(desk.patterns).toEqual(["5 * * * * America/Chicago"]);
    for (let hour = 0; hour < 26; hour += 1) {
      // Quiet from the third to the fifth hour.
      if (hour < 3 || hour > 5) desk.sequence += 1;
      await desk.tick();
      desk.now = (desk.now + HOUR) as Instant;
    }
    const hours = (count: number) => Array(count).fill("hourly");
    expect(made).toEqual(["monthly", ...hours(2), ...hours(18), "daily", "hourly"]);
  });

  it("tell of a failure, leave nothing behind, and go on", async () => {
    const desk = new Desk();
    const service = desk.service();
    const errors: unknown[] = [];
    service.schedule({ onError: (error) => errors.push(error) });
    desk.failing = true;
    await desk.tick();
    expect(errors).toEqual([expect.objectContaining({ message: "the disk is full" })]);
    expect(await service.list()).toEqual([]);
    desk.failing = false;
    await desk.tick();
    expect(await service.list()).toHaveLength(1);
  });

  it("keep 24 hourly ones of one store, and touch no other store's", async () => {
    const desk = new Desk();
    const service = desk.service();
    for (let i = 0; i < 30; i += 1) {
      await service.create("hourly");
      desk.now = (desk.now + HOUR) as Instant;
    }
    expect(await service.list()).toHaveLength(24);
    const other = new Desk();
    const others = new ProvedBackupService(
      { ...archiverNamed("other.db", other) },
      new BackupDirectory(folder),
      { now: () => other.now },
      new CronScheduler(),
      { blotter: "1.0.0" },
    );
    await others.create("hourly");
    expect(await others.list()).toHaveLength(1);
    expect(await service.list()).toHaveLength(24);
  });

  it("never let the new one go, though the clock was put back", async () => {
    const desk = new Desk();
    const service = desk.service();
    for (let i = 0; i < 24; i += 1) {
      desk.now = (desk.now + HOUR) as Instant;
      await service.create("hourly");
    }
    desk.now = (desk.now - 1_000 * HOUR) as Instant;
    const { name } = await service.create("hourly");
    expect((await service.list()).map((backup) => backup.name)).toContain(name);
  });

  it("run on the real clock", async () => {
    const ran = await new Promise<boolean>((resolve) => {
      const job = new CronScheduler().schedule("* * * * * *", "America/Chicago", async () => {
        job.stop();
        resolve(true);
      });
    });
    expect(ran).toBe(true);
  });
});

function archiverNamed(storeName: string, desk: Desk): StoreArchiver {
  return {
    engine: "sqlite",
    storeName,
    ending: ".db",
    copy: async () => desk.content(),
    head: async () => desk.content().head,
    restore: async () => ({ kept: null }),
  };
}
