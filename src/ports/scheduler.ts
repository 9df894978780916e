import type { InjectionToken } from "tsyringe";

/** Runs jobs at times of a wall clock. Jobs of one call never overlap. */
export interface Scheduler {
  /**
   * @param pattern cron: minute, hour, day of month, month, weekday
   * @param timezone an IANA name; its daylight saving time is followed
   */
  schedule(pattern: string, timezone: string, job: () => Promise<void>): ScheduledJob;
}
export const Scheduler: InjectionToken<Scheduler> = Symbol("Scheduler");

export interface ScheduledJob {
  stop(): void;
}
