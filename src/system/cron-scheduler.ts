import { Cron } from "croner";
import type { ScheduledJob, Scheduler } from "../ports/scheduler.js";

/** Schedules by cron patterns. Its timers do not keep a process alive that has nothing else to do. */
export class CronScheduler implements Scheduler {
  schedule(pattern: string, timezone: string, job: () => Promise<void>): ScheduledJob {
    const options = { timezone, protect: true, unref: true };
    const cron = new Cron(pattern, options, job);
    return { stop: () => cron.stop() };
  }
}
