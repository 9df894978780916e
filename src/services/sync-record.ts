import { inject, injectable } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { plainSyncRun } from "../domain/plain.js";
import type { FoundDifference, SyncRun } from "../domain/reconciliation.js";
import { Clock } from "../ports/clock.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { Doorbell } from "./doorbell.js";
import type { LandedHistory } from "./history-comparison.js";

const MOST_OPEN = 1_000;

/** Keeps each comparison with the broker, and every difference that it found, on record. */
@injectable()
export class SyncRecord {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  /** A run that a process left running is marked as interrupted. */
  async begin(
    accountId: AccountId,
    facts: Pick<SyncRun, "reason" | "fromAt" | "gapFrom" | "gapTo">,
  ): Promise<SyncRun> {
    const startedAt = this.clock.now();
    const [last] = await this.store.read((repos) => repos.sync.runs(accountId, 1));
    const name = JSON.stringify(["sync", accountId, startedAt, last?.runId ?? null]);
    const run: SyncRun = {
      accountId,
      runId: this.ids.uuid(name),
      state: "running",
      startedAt,
      endedAt: null,
      throughAt: null,
      newOrders: 0,
      changedOrders: 0,
      newFills: 0,
      changedFills: 0,
      differences: 0,
      message: null,
      ...facts,
    };
    await this.store.write(accountId, async (repos) => {
      if (last?.state === "running") {
        await repos.sync.saveRun({ ...last, state: "interrupted", endedAt: startedAt });
      }
      await repos.sync.saveRun(run);
    });
    return run;
  }

  /** Adds what a stretch brought, in its own unit of work. */
  async landed(
    run: SyncRun,
    landed: LandedHistory,
    through: Instant,
    repos: Repositories,
  ): Promise<SyncRun> {
    const sum: SyncRun = {
      ...run,
      throughAt: Math.max(through, run.throughAt ?? 0) as Instant,
      newOrders: run.newOrders + landed.newOrders,
      changedOrders: run.changedOrders + landed.changedOrders,
      newFills: run.newFills + landed.newFills,
      changedFills: run.changedFills + landed.changedFills,
    };
    const counted = await this.found(sum, landed.differences, repos);
    await repos.sync.saveRun(counted);
    return counted;
  }

  async found(
    run: SyncRun,
    differences: readonly FoundDifference[],
    repos: Repositories,
  ): Promise<SyncRun> {
    const { accountId, runId } = run;
    const now = this.clock.now();
    for (const found of differences) {
      await repos.sync.putDifference({
        ...found,
        accountId,
        differenceId: this.idOf(found),
        runId,
        count: 1,
        firstSeenAt: now,
        lastSeenAt: now,
        healedAt: found.healed ? now : null,
      });
    }
    return { ...run, differences: run.differences + differences.length };
  }

  /** Whether one of these is not on record as open already. */
  async anyNew(accountId: AccountId, differences: readonly FoundDifference[]): Promise<boolean> {
    if (differences.length === 0) return false;
    const open = await this.store.read((repos) =>
      repos.sync.differences(accountId, false, MOST_OPEN),
    );
    const known = new Set(open.map(({ differenceId }) => differenceId));
    return differences.some((found) => !known.has(this.idOf(found)));
  }

  /** Ends a run. Differences of the present state that it did not find again are no more. */
  async end(
    run: SyncRun,
    state: "complete" | "interrupted" | "failed",
    present: readonly FoundDifference[] | null,
    message: string | null,
  ): Promise<SyncRun> {
    const { accountId } = run;
    const endedAt = this.clock.now();
    const ended = await this.store.write(accountId, async (repos) => {
      const counted = await this.found(run, present ?? [], repos);
      if (present !== null) await this.#healGone(accountId, present, endedAt, repos);
      const done: SyncRun = { ...counted, state, endedAt, message };
      await repos.sync.saveRun(done);
      const event = { type: "sync.finished" as const, payload: plainSyncRun(done) };
      await repos.outbox.append(accountId, [event], endedAt);
      return done;
    });
    this.doorbell.ring();
    return ended;
  }

  async #healGone(
    accountId: AccountId,
    present: readonly FoundDifference[],
    at: Instant,
    repos: Repositories,
  ): Promise<void> {
    const found = new Set(present.map((difference) => this.idOf(difference)));
    for (const open of await repos.sync.differences(accountId, false, MOST_OPEN)) {
      const isPresent = open.kind === "position" || open.kind === "balance";
      if (!isPresent || found.has(open.differenceId)) continue;
      await repos.sync.healDifference(accountId, open.differenceId, "found no more", at);
    }
  }

  /** Equal differences are one: what is compared, and what both sides say. */
  idOf({ kind, subject, ours, theirs }: FoundDifference): string {
    return this.ids.checksum(JSON.stringify(["difference", kind, subject, ours, theirs]));
  }
}
