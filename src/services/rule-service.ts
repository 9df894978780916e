import { inject, injectable } from "tsyringe";
import { PRESETS, presetDocument } from "../domain/compliance/presets.js";
import { parseRuleSet } from "../domain/compliance/rule-document.js";
import type { RuleSet } from "../domain/compliance/rules.js";
import { invalid } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import {
  parseTradingDay,
  type TradingDay,
  tradingDay,
  tradingDayStart,
} from "../domain/trading-day.js";
import { Clock } from "../ports/clock.js";
import {
  type AssignedRules,
  ComplianceMonitor,
  type RuleAssignmentInput,
  type RuleService,
} from "../ports/compliance.js";
import type { RuleAssignment } from "../ports/compliance-repositories.js";
import type { Repositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { storedRules } from "./compliance-fold.js";
import { Doorbell } from "./doorbell.js";
import { findAccount } from "./row-reader.js";

/** Before every trading day that a fill can have. */
const BEGINNING = "1970-01-01" as TradingDay;

@injectable()
export class StoredRuleService implements RuleService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(ComplianceMonitor) private readonly monitor: ComplianceMonitor,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  presets(): readonly { readonly name: string; readonly rules: RuleSet }[] {
    return Object.entries(PRESETS)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, document]) => ({ name, rules: parseRuleSet(document) }));
  }

  preset(name: string): RuleSet {
    return parseRuleSet(presetDocument(name));
  }

  async set(account: string, input: RuleAssignmentInput): Promise<AssignedRules> {
    const name = input.name.trim();
    if (name === "") throw invalid("a rule set needs a name");
    const document = input.document === undefined ? presetDocument(name) : input.document;
    const rules = parseRuleSet(document);
    const from = input.from === undefined ? null : parseTradingDay(input.from);
    const { accountId } = await this.store.read((repos) => findAccount(repos, account));
    const now = this.clock.now();
    const wanted = { accountId, name, document: JSON.stringify(document), createdAt: now };
    const assignment = await this.store.write(accountId, async (repos) => {
      const validFrom = from ?? (await this.#defaultDay(accountId, repos, now));
      return this.#assign({ ...wanted, validFrom }, repos, now);
    });
    this.doorbell.ring();
    return { assignment, rules };
  }

  async #defaultDay(accountId: AccountId, repos: Repositories, now: Instant): Promise<TradingDay> {
    const others = await repos.compliance.rules(accountId);
    return others.length === 0 ? BEGINNING : tradingDay(now);
  }

  async #assign(
    wanted: RuleAssignment,
    repos: Repositories,
    now: Instant,
  ): Promise<RuleAssignment> {
    const { accountId, validFrom } = wanted;
    const all = await repos.compliance.rules(accountId);
    const inForce = all.filter((other) => other.validFrom <= validFrom).at(-1);
    if (inForce?.document === wanted.document && inForce.name === wanted.name) return inForce;
    await repos.compliance.addRules(wanted);
    const start = validFrom === BEGINNING ? 0 : tradingDayStart(validFrom);
    await this.monitor.review(accountId, { kind: "since", at: start as Instant }, repos, now);
    return wanted;
  }

  async of(account: string): Promise<readonly AssignedRules[]> {
    const assignments = await this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return repos.compliance.rules(accountId);
    });
    return assignments.map((assignment) => ({ assignment, rules: storedRules(assignment) }));
  }
}
