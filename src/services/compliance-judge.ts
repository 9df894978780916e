import type { Finding } from "../domain/compliance/evaluate.js";
import type { ComplianceEntry } from "../domain/compliance/log.js";
import type { ComplianceEvent } from "../domain/compliance/state.js";
import { rollTo, step } from "../domain/compliance/step.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { dayAfter, type TradingDay, tradingDay, tradingDayEnd } from "../domain/trading-day.js";
import type { ComplianceDay, RuleAssignment } from "../ports/compliance-repositories.js";
import type { Repositories } from "../ports/repositories.js";
import { complianceDay, foldCompliance, rulesOfDay } from "./compliance-fold.js";
import { addFindings, restateFindings } from "./compliance-log.js";

/** One account's kept state and log, brought up to date inside a unit of work. */
export class ComplianceJudge {
  constructor(
    private readonly accountId: AccountId,
    private readonly assignments: readonly RuleAssignment[],
    private readonly repos: Repositories,
    private readonly now: Instant,
  ) {}

  /** The next event after all that the newest day has seen: its cost does not grow with history. */
  async next(newest: ComplianceDay, event: ComplianceEvent): Promise<readonly ComplianceEntry[]> {
    const rulesOf = rulesOfDay(this.assignments);
    const rolled = rollTo(newest.state, rulesOf, tradingDay(event.at));
    const { state, findings } = step(rolled.state, rulesOf, event);
    const sameDay = state.tradingDay === newest.tradingDay;
    const opening = sameDay ? newest.opening : rolled.state;
    await this.repos.compliance.saveDay(complianceDay(this.accountId, opening, state, rulesOf));
    return this.#add([...rolled.findings, ...findings]);
  }

  /** Facts at or after an instant changed. */
  async since(at: Instant): Promise<readonly ComplianceEntry[]> {
    const newest = await this.repos.compliance.day(this.accountId, null);
    const last = newest?.state.last?.at ?? null;
    if (newest && last !== null && at > last && (await this.isOpen(newest.tradingDay))) {
      const folded = await foldCompliance({ ...this.#range, start: newest }, this.repos);
      for (const day of folded.days) await this.repos.compliance.saveDay(day);
      return this.#add(folded.findings);
    }
    return this.#anew(tradingDay(at));
  }

  /** A day was closed: what only its end can tell is told now, and again by nothing. */
  async closed(day: TradingDay): Promise<readonly ComplianceEntry[]> {
    const newest = await this.repos.compliance.day(this.accountId, day);
    return newest?.tradingDay === day ? this.#add(this.#endOf(newest)) : [];
  }

  /** True while nothing that only the end of a day tells has been told of it. */
  async isOpen(day: TradingDay): Promise<boolean> {
    if (tradingDayEnd(day) > this.now) return true;
    const closing = await this.repos.closings.last(this.accountId);
    return closing === null || closing.tradingDay < day;
  }

  /** Judges all days from one on again, and compares what is found with the log. */
  async #anew(from: TradingDay): Promise<readonly ComplianceEntry[]> {
    const { accountId, repos } = this;
    const before = await repos.compliance.day(accountId, from);
    const start =
      before?.tradingDay === from ? { opening: before.opening, state: before.opening } : before;
    await repos.compliance.clearDays(accountId, start ? from : null);
    const folded = await foldCompliance({ ...this.#range, start }, repos);
    for (const day of folded.days) await repos.compliance.saveDay(day);
    const newest = folded.days[folded.days.length - 1];
    const ended = newest && !(await this.isOpen(newest.tradingDay)) ? this.#endOf(newest) : [];
    const findings = [...folded.findings, ...ended];
    const earlier = start ? findings.filter((finding) => finding.tradingDay < from) : [];
    const judged = findings.filter((finding) => !earlier.includes(finding));
    const added = await this.#add(earlier);
    const first = start ? from : EVERY_DAY;
    const restated = await restateFindings(accountId, first, judged, repos, this.now);
    return [...added, ...restated];
  }

  #endOf({ state, tradingDay: day }: ComplianceDay): readonly Finding[] {
    return rollTo(state, rulesOfDay(this.assignments), dayAfter(day, 1)).findings;
  }

  get #range() {
    return { accountId: this.accountId, assignments: this.assignments, before: null };
  }

  #add(findings: readonly Finding[]): Promise<readonly ComplianceEntry[]> {
    return addFindings(this.accountId, findings, this.repos, this.now);
  }
}

/** Before any trading day. */
const EVERY_DAY = "" as TradingDay;
