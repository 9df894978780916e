import { inject, injectable } from "tsyringe";
import { tradingDay } from "../domain/trading-day.js";
import type { DayOutcome, EndOfDay } from "../ports/account-service.js";
import { Clock } from "../ports/clock.js";
import { type ScheduledJob, Scheduler } from "../ports/scheduler.js";
import { Store } from "../ports/store.js";
import { DayBook } from "./day-book.js";
import { Doorbell } from "./doorbell.js";

/** At the end of the trading day, and again while it may have failed. */
const AFTER_THE_ROLL = "*/5 17 * * *";
const EXCHANGE_ZONE = "America/Chicago";

/** Closes what is due on start, and at 17:00 Chicago from then on. */
@injectable()
export class ScheduledEndOfDay implements EndOfDay {
  #job: ScheduledJob | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(Scheduler) private readonly scheduler: Scheduler,
    @inject(DayBook) private readonly days: DayBook,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  start(): void {
    if (this.#job) return;
    this.#job = this.scheduler.schedule(AFTER_THE_ROLL, EXCHANGE_ZONE, () => this.#run());
    void this.#run();
  }

  async catchUp(): Promise<readonly DayOutcome[]> {
    const accounts = await this.store.read((repos) => repos.accounts.list());
    const today = tradingDay(this.clock.now());
    const closed: DayOutcome[] = [];
    for (const { accountId, createdAt } of accounts) {
      if (tradingDay(createdAt) >= today) continue;
      const done = await this.store.write(accountId, (repos) =>
        this.days.catchUp(accountId, repos),
      );
      for (const day of done) closed.push(day);
    }
    if (closed.length > 0) this.doorbell.ring();
    return closed;
  }

  async stop(): Promise<void> {
    this.#job?.stop();
    this.#job = null;
    await this.#running;
  }

  /** A failure is told, and the days are tried again at the next run. */
  #run(): Promise<void> {
    const done = this.#running.then(async () => {
      try {
        await this.catchUp();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        process.emitWarning(`end of day failed, and will be tried again: ${why}`);
      }
    });
    this.#running = done;
    return done;
  }
}
