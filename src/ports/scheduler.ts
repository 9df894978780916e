import type { InjectionToken } from "tsyringe";

/** Runs jobs at times of the wall clock. */
export interface Scheduler {
  /**
   * Runs a job at the times of a cron pattern (seconds first) in a time zone. A run that is still going on when
   * the next is due makes that one be left out. `onError` hears what a run threw; the schedule goes on.
   */
  schedule(
    pattern: string,
    timeZone: string,
    job: () => Promise<void>,
    onError: (error: unknown) => void,
  ): ScheduledJob;
}
export const Scheduler: InjectionToken<Scheduler> = Symbol("Scheduler");

export interface ScheduledJob {
  /** No further run begins; one that is going on is waited for. */
  stop(): Promise<void>;
}
