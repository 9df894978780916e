import { inject, injectable } from "tsyringe";
import { BlotterError, invalid } from "../domain/errors.js";
import { optionalMoney } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import { type Instant, parseInstant } from "../domain/instant.js";
import { type DecimalInput, type Money, parseMoney, subtractMoney } from "../domain/money.js";
import { plainSnapshot } from "../domain/plain.js";
import type { AccountSnapshot } from "../domain/snapshot.js";
import type { Standing } from "../domain/standing.js";
import type { SnapshotInput } from "../ports/account-service.js";
import { Clock } from "../ports/clock.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { standingAt, standingNow } from "./account-standing.js";

/** From one cent on, the broker's balance and ours are not the same. */
const CENT = 10_000;

/** Records what is seen of an account at a moment, and tells when the broker's balance drifts from ours. */
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
    const broker = optionalMoney(input.brokerBalance, "broker's balance");
    const unrealized = optionalMoney(input.unrealizedPnl, "unrealised P&L");
    const told = input.at === undefined ? null : parseInstant(input.at, "at");
    const now = this.clock.now();
    const standing = told
      ? await standingAt(accountId, told, repos)
      : await standingNow(accountId, now, repos);
    const at = told ?? (await freeMoment(accountId, now, type, repos));
    const snapshot = observed(accountId, at, type, standing, broker, unrealized);
    const known = await repos.snapshots.get(accountId, at, type);
    if (known) return requireSame(known, snapshot);
    await this.#keep(snapshot, await repos.snapshots.lastReport(accountId), repos);
    return snapshot;
  }

  /** A report that says what the last one did, of the same balance of ours, leaves no row. */
  async report(
    accountId: AccountId,
    brokerBalance: DecimalInput,
    repos: Repositories,
  ): Promise<AccountSnapshot> {
    const broker = parseMoney(brokerBalance, "broker's balance");
    const now = this.clock.now();
    const standing = await standingNow(accountId, now, repos);
    const last = await repos.snapshots.lastReport(accountId);
    const { balance, epoch } = standing;
    if (last?.brokerBalance === broker && last.balance === balance && last.epoch === epoch) {
      return last;
    }
    const at = await freeMoment(accountId, now, "intraday", repos);
    const snapshot = observed(accountId, at, "intraday", standing, broker, null);
    await this.#keep(snapshot, last, repos);
    return snapshot;
  }

  async #keep(
    snapshot: AccountSnapshot,
    last: AccountSnapshot | null,
    repos: Repositories,
  ): Promise<void> {
    const { accountId, drift } = snapshot;
    await repos.snapshots.save(snapshot);
    if (drift === null || alarming(drift) === alarming(last?.drift ?? null)) return;
    const event = { type: "account.drift" as const, payload: plainSnapshot(snapshot) };
    await repos.outbox.append(accountId, [event], this.clock.now());
  }
}

/** The drift that is worth an alarm: 0 below a cent. */
function alarming(drift: Money | null): number {
  return drift !== null && Math.abs(drift) >= CENT ? drift : 0;
}

function parseType(type: string): "intraday" | "manual" {
  if (type === "intraday" || type === "manual") return type;
  throw invalid(`type must be intraday or manual: end-of-day snapshots are derived; was ${type}`);
}

function observed(
  accountId: AccountId,
  at: Instant,
  type: "intraday" | "manual",
  standing: Standing,
  brokerBalance: Money | null,
  unrealizedPnl: Money | null,
): AccountSnapshot {
  return {
    accountId,
    at,
    type,
    epoch: standing.epoch,
    epochStartedAt: standing.epochStartedAt,
    balance: standing.balance,
    grossPnl: standing.grossPnl,
    commissions: standing.commissions,
    fees: standing.fees,
    cash: standing.cash,
    unrealizedPnl,
    highestEodBalance: standing.highestEodBalance,
    closedAt: null,
    brokerBalance,
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
    known.brokerBalance === told.brokerBalance && known.unrealizedPnl === told.unrealizedPnl;
  if (same) return known;
  throw new BlotterError(
    "conflict",
    `account ${known.accountId} has another ${known.type} snapshot of that instant`,
  );
}
