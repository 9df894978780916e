import { inject, injectable } from "tsyringe";
import { type CashInput, type CashMovement, cashFacts, parseCash } from "../domain/cash.js";
import { BlotterError, invalid } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import type { Money } from "../domain/money.js";
import { plainCash, plainSnapshot } from "../domain/plain.js";
import { tradingDay } from "../domain/trading-day.js";
import type { CashOutcome } from "../ports/account-service.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import type { OutboxEvent } from "../ports/events.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import { readAccountFacts } from "./account-facts.js";
import { storedRules } from "./compliance-fold.js";
import { restateDays } from "./end-of-day-rows.js";

/** Records cash movements, and what the ends of days take from them. */
@injectable()
export class CashBook {
  constructor(
    @inject(Ids) private readonly ids: Ids,
    @inject(Clock) private readonly clock: Clock,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
  ) {}

  /** @throws BlotterError `invalid` naming the field; `conflict` for a known id with other facts */
  async record(accountId: AccountId, input: CashInput, repos: Repositories): Promise<CashOutcome> {
    const startingBalance = await startOf(accountId, input, repos);
    const report = parseCash(input, { accountId, startingBalance }, (text) => {
      return `cash-${this.ids.checksum(text)}`;
    });
    const known = await repos.cash.get(accountId, report.movementId);
    if (known) return { outcome: "known", movement: requireSame(known, report) };
    const movement = this.#checked({ ...report, voidedAt: null, voidReason: null, checksum: "" });
    await repos.cash.insert(movement);
    await this.#follow(movement, "cash.recorded", repos);
    return { outcome: "recorded", movement };
  }

  /** @throws BlotterError `not_found` */
  async void(
    accountId: AccountId,
    movementId: string,
    voidReason: string | null,
    repos: Repositories,
  ): Promise<CashOutcome> {
    const known = await repos.cash.get(accountId, movementId);
    if (!known) {
      throw new BlotterError(
        "not_found",
        `account ${accountId} has no cash movement ${movementId}: "blotter cash --all" shows them`,
      );
    }
    if (known.voidedAt !== null) return { outcome: "known", movement: known };
    const movement = this.#checked({ ...known, voidedAt: this.clock.now(), voidReason });
    await repos.cash.void(movement);
    await this.#follow(movement, "cash.voided", repos);
    return { outcome: "voided", movement };
  }

  #checked(movement: CashMovement): CashMovement {
    return { ...movement, checksum: this.ids.checksum(cashFacts(movement)) };
  }

  async #follow(
    movement: CashMovement,
    type: "cash.recorded" | "cash.voided",
    repos: Repositories,
  ): Promise<void> {
    const { accountId } = movement;
    const restated = await restateDays(accountId, tradingDay(movement.at), repos);
    const events: readonly OutboxEvent[] = [
      { type, payload: plainCash(movement) },
      ...restated.map((day) => ({ type: "day.restated" as const, payload: plainSnapshot(day) })),
    ];
    const now = this.clock.now();
    await repos.outbox.append(accountId, events, now);
    await this.compliance.review(accountId, { kind: "since", at: movement.at }, repos, now);
  }
}

/** What an account begins again with after a reset that does not say it; of an adopted one its rules may tell. */
async function startOf(
  accountId: AccountId,
  { type, amount }: CashInput,
  repos: Repositories,
): Promise<Money> {
  const { account, adoption } = await readAccountFacts(accountId, repos);
  const isNeeded = amount === undefined && type.toLowerCase() === "reset";
  if (adoption === null || !isNeeded) return account.startingBalance;
  const rules = (await repos.compliance.rules(accountId)).at(-1);
  const start = rules ? storedRules(rules).startingBalance : null;
  if (start !== null) return start;
  if (account.startingBalance > 0) return account.startingBalance;
  throw invalid(
    `account ${accountId} was adopted, and nothing tells what it begins again with: a reset needs an amount`,
  );
}

function requireSame(
  known: CashMovement,
  report: Pick<CashMovement, "type" | "amount" | "at">,
): CashMovement {
  const same =
    known.type === report.type && known.amount === report.amount && known.at === report.at;
  if (same) return known;
  throw new BlotterError(
    "conflict",
    `cash movement ${known.movementId} exists with another type, amount or instant: void it, and give the new one another id`,
  );
}
