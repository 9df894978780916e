import { inject, injectable } from "tsyringe";
import { BlotterError, invalid } from "../domain/errors.js";
import { optionalMoney } from "../domain/fill.js";
import { type AccountId, show } from "../domain/ids.js";
import { type Instant, parseInstant } from "../domain/instant.js";
import { type Money, subtractMoney } from "../domain/money.js";
import { plainSnapshot } from "../domain/plain.js";
import type { AccountSnapshot } from "../domain/snapshot.js";
import type { Standing } from "../domain/standing.js";
import type { SnapshotInput } from "../ports/account-service.js";
import type { AccountTold } from "../ports/broker.js";
import { Clock } from "../ports/clock.js";
import type { OutboxEvent } from "../ports/events.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { standingAt, standingNow } from "./account-standing.js";

/** From one cent on, the broker's balance and ours are not the same. */
const CENT = 10_000;

/** Records what is seen of an account at a moment, and tells when the broker's word of it is another than before. */
@injectable()
export class BalanceWatch {
  constructor(@inject(Clock) private readonly clock: Clock) {}

  /** @throws BlotterError `invalid`; `conflict` when another snapshot has that instant and type */
  async record(
    accountId: AccountId,
    input: SnapshotInput,
    repos: Repositories,
  ): Promise<AccountSnapshot> {
    const type = parseType(input.type ?? "manual");
    const brokerBalance = optionalMoney(input.brokerBalance, "broker's balance");
    const unrealizedPnl = optionalMoney(input.unrealizedPnl, "unrealised P&L");
    const seen = {
      brokerBalance,
      unrealizedPnl,
      brokerCanTrade: optionalFlag(input.brokerCanTrade),
    };
    const told = input.at === undefined ? null : parseInstant(input.at, "at");
    const now = this.clock.now();
    const standing = told
      ? await standingAt(accountId, told, repos)
      : await standingNow(accountId, now, repos);
    const at = told ?? (await freeMoment(accountId, now, type, repos));
    const snapshot = observed({ accountId, at, type }, standing, seen);
    const known = await repos.snapshots.get(accountId, at, type);
    if (known) return requireSame(known, snapshot);
    await this.#keep(snapshot, await lastTold(accountId, at, repos), repos);
    return snapshot;
  }

  /** A report that says what the last ones did, of the same balance of ours, leaves no row. */
  async report(accountId: AccountId, told: AccountTold, repos: Repositories): Promise<void> {
    const brokerBalance = optionalMoney(told.balance, "broker's balance");
    const brokerCanTrade = optionalFlag(told.canTrade);
    const now = this.clock.now();
    const standing = await standingNow(accountId, now, repos);
    const at = await freeMoment(accountId, now, "intraday", repos);
    const last = await lastTold(accountId, at, repos);
    const { balance, epoch } = standing;
    const { balance: before, canTrade: word } = last;
    const sameBalance =
      brokerBalance === null ||
      (before?.brokerBalance === brokerBalance &&
        before.balance === balance &&
        before.epoch === epoch);
    const sameWord =
      brokerCanTrade === null || (word?.brokerCanTrade === brokerCanTrade && word.epoch === epoch);
    if (sameBalance && sameWord) return;
    const seen = { brokerBalance, brokerCanTrade, unrealizedPnl: null };
    const snapshot = observed({ accountId, at, type: "intraday" }, standing, seen);
    await this.#keep(snapshot, last, repos);
  }

  async #keep(snapshot: AccountSnapshot, last: LastTold, repos: Repositories): Promise<void> {
    const { accountId, drift, brokerCanTrade } = snapshot;
    await repos.snapshots.save(snapshot);
    const payload = plainSnapshot(snapshot);
    const events: OutboxEvent[] = [];
    if (drift !== null && alarming(drift) !== alarming(last.balance?.drift ?? null)) {
      events.push({ type: "account.drift", payload });
    }
    if (brokerCanTrade !== null && brokerCanTrade !== (last.canTrade?.brokerCanTrade ?? true)) {
      events.push({ type: "account.trading", payload });
    }
    if (events.length > 0) await repos.outbox.append(accountId, events, this.clock.now());
  }
}

/** The newest snapshots in which the broker told something. */
interface LastTold {
  readonly balance: AccountSnapshot | null;
  readonly canTrade: AccountSnapshot | null;
}

async function lastTold(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<LastTold> {
  return {
    balance: await repos.snapshots.lastReport(accountId),
    canTrade: await repos.snapshots.lastWord(accountId, at),
  };
}

/** The drift that is worth an alarm: 0 below a cent. */
function alarming(drift: Money | null): number {
  return drift !== null && Math.abs(drift) >= CENT ? drift : 0;
}

function optionalFlag(value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  throw invalid(
    `whether the broker lets the account trade must be true or false, was ${show(value)}`,
  );
}

function parseType(type: string): "intraday" | "manual" {
  if (type === "intraday" || type === "manual") return type;
  throw invalid(`type must be intraday or manual: end-of-day snapshots are derived; was ${type}`);
}

function observed(
  moment: Pick<AccountSnapshot, "accountId" | "at" | "type">,
  standing: Standing,
  seen: Pick<AccountSnapshot, "brokerBalance" | "brokerCanTrade" | "unrealizedPnl">,
): AccountSnapshot {
  const { brokerBalance } = seen;
  return {
    ...moment,
    ...seen,
    epoch: standing.epoch,
    epochStartedAt: standing.epochStartedAt,
    balance: standing.balance,
    grossPnl: standing.grossPnl,
    commissions: standing.commissions,
    fees: standing.fees,
    cash: standing.cash,
    highestEodBalance: standing.highestEodBalance,
    closedAt: null,
    drift: brokerBalance === null ? null : subtractMoney(brokerBalance, standing.balance),
  };
}

/** Two observations of one moment stay two. */
async function freeMoment(
  accountId: AccountId,
  now: Instant,
  type: "intraday" | "manual",
  repos: ReadRepositories,
): Promise<Instant> {
  let at = now;
  while (await repos.snapshots.get(accountId, at, type)) at = (at + 1) as Instant;
  return at;
}

function requireSame(known: AccountSnapshot, told: AccountSnapshot): AccountSnapshot {
  const same =
    known.brokerBalance === told.brokerBalance &&
    known.brokerCanTrade === told.brokerCanTrade &&
    known.unrealizedPnl === told.unrealizedPnl;
  if (same) return known;
  throw new BlotterError(
    "conflict",
    `account ${known.accountId} has another ${known.type} snapshot of that instant`,
  );
}
