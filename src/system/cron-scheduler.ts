import { Cron } from "croner";
import type { ScheduledJob, Scheduler } from "../ports/scheduler.js";

/** Schedules by croner, which knows time zones and their changes of clock. */
export class CronScheduler implements Scheduler {
  schedule(
    pattern: string,
    timeZone: string,
    job: () => Promise<void>,
    onError: (error: unknown) => void,
  ): ScheduledJob {
    let running: Promise<void> = Promise.resolve();
    const cron = new Cron(pattern, { timezone: timeZone, protect: true, unref: true }, () => {
      running = job().catch(onError);
      return running;
    });
    return {
      async stop() {
        cron.stop();
        await running;
      },
    };
  }
}
