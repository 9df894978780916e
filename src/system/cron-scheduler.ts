import { Cron } from "croner";
import type { ScheduledJob, Scheduler } from "../ports/scheduler.js";

/** Schedules by croner, which knows time zones and their changes of clock. They keep no process alive. */
export class CronScheduler implements Scheduler {
  schedule(pattern: string, timezone: string, job: () => Promise<void>): ScheduledJob {
    const cron = new Cron(pattern, { timezone, protect: true, unref: true, catch: true }, job);
    return { stop: () => cron.stop() };
  }
}
