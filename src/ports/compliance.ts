import type { InjectionToken } from "tsyringe";
import type { AdoptionInput } from "../domain/adoption.js";
import type { Headroom } from "../domain/compliance/headroom.js";
import type { ComplianceEntry } from "../domain/compliance/log.js";
import type { RuleSet } from "../domain/compliance/rules.js";
import type { Contract } from "../domain/contract.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant, InstantInput } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import type { DecimalInput, Money } from "../domain/money.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { RuleAssignment } from "./compliance-repositories.js";
import type { Repositories } from "./repositories.js";
import type { FillChange, RowFilter } from "./services.js";

/** What happened to an account's facts, for its rules to look at. */
export type ComplianceChange =
  | { readonly kind: "fills"; readonly changes: readonly FillChange[] }
  | { readonly kind: "mark"; readonly contract: Contract; readonly mark: Mark }
  /** Something at or after an instant came, changed or went: a cash movement, a correction of an adoption. */
  | { readonly kind: "since"; readonly at: Instant }
  /** A trading day was closed. */
  | { readonly kind: "closed"; readonly day: TradingDay };

export interface LimitStatus {
  readonly limit: Money;
  /** Lost so far; 0 while nothing is. */
  readonly used: Money;
  /** limit - used; negative when it was overshot. */
  readonly remaining: Money;
  /** True also while a lock holds whose cause was restated. */
  readonly violated: boolean;
}

export interface DailyLossStatus extends LimitStatus {
  readonly lockedUntil: Instant | null;
}

export interface MaxLossStatus {
  readonly limit: Money;
  readonly floor: Money;
  /** How far equity, or the balance where the rules say so, lies above the floor. */
  readonly remaining: Money;
  /** True when the floor has stopped rising. */
  readonly lockedFloor: boolean;
  readonly violated: boolean;
}

/** Where an account stands under its rules at an instant. */
export interface ComplianceStatus {
  readonly accountId: AccountId;
  readonly at: Instant;
  readonly tradingDay: TradingDay;
  /** The rule set in force; null when the account has none: then nothing is forbidden. */
  readonly rules: RuleSet | null;
  readonly rulesName: string | null;
  readonly balance: Money;
  /** With open positions at the last price seen, a mark's or a fill's. */
  readonly equity: Money;
  readonly startOfDayBalance: Money;
  readonly highestEodBalance: Money;
  /** Net of the day, realised and open, without cash. */
  readonly dailyPnl: Money;
  readonly payouts: number;
  /** Null where the rules have no such limit, or none that is known. */
  readonly dll: DailyLossStatus | null;
  readonly personalDll: DailyLossStatus | null;
  readonly mll: MaxLossStatus | null;
  readonly size: { readonly held: number; readonly allowed: number } | null;
  readonly profitTarget: {
    readonly target: Money;
    readonly profit: Money;
    readonly reached: boolean;
  } | null;
  readonly consistency: { readonly bestDay: Money; readonly allowed: Money | null } | null;
  readonly days: { readonly trading: number; readonly winning: number };
  readonly canTrade: boolean;
  /** Why not; null when it can. */
  readonly reason: string | null;
  /** Violations that forbid trading now. */
  readonly locks: readonly ComplianceEntry[];
  /** The broker's own word of the present life of the account; null while it told none. */
  readonly broker: { readonly canTrade: boolean; readonly at: Instant } | null;
  /** What rules in force need to know of the time before an adoption, and nobody told; as `adopt` names it. */
  readonly untold: readonly (keyof AdoptionInput)[];
}

export interface HeadroomRequest {
  /** Symbol (MNQU26) or contract id. */
  readonly contract: string;
  /** Distance of the stop in ticks, from 1. */
  readonly stopTicks: number;
  /** Costs of opening and closing one contract in US dollars; default those of the account's fee table, else 0.
   * They stand for those of other contracts, too, that the table does not know. */
  readonly costsPerContract?: DecimalInput;
}

/** Which log rows to show. */
export interface ComplianceFilter extends Pick<RowFilter, "account" | "from" | "to" | "limit"> {
  readonly severity?: ComplianceEntry["severity"];
}

/**
 * Watches prop-firm rules. It looks at every fill, mark, cash movement and closed day in the unit of work that
 * records it, so what it finds is on record with its cause, or neither is. An account without rules costs one
 * lookup.
 */
export interface ComplianceMonitor {
  /**
   * Judges what a change brought, writes log and state, and appends `compliance.*` events. The facts, and what
   * is derived from them, are written already.
   * @returns the rows added to the log
   */
  review(
    accountId: AccountId,
    change: ComplianceChange,
    repos: Repositories,
    now: Instant,
  ): Promise<readonly ComplianceEntry[]>;
  /** True when the rules need a mark to be stored: it is a new high or low for them, or breaks a limit. */
  needs(
    accountId: AccountId,
    contract: Contract,
    mark: Mark,
    repos: Repositories,
  ): Promise<boolean>;

  /** @param at default now @throws BlotterError `not_found` for an unknown account */
  status(account: string, at?: InstantInput): Promise<ComplianceStatus>;
  /**
   * How many contracts may be opened so that a stop-out breaks no rule, given what is open and working.
   * @throws BlotterError `not_found` for an unknown account or contract, `invalid`
   */
  headroom(account: string, request: HeadroomRequest, at?: InstantInput): Promise<Headroom>;
  /** The log, by instant, then as it was written. */
  log(filter?: ComplianceFilter): Promise<readonly ComplianceEntry[]>;
  /**
   * A person lets the account trade again, from an instant on (default now, or when it was found if its lock is over);
   * the violation stays on record. The same limit locks again once it was kept in between.
   * @throws BlotterError `not_found` for an unknown row; `invalid` for one that locks nothing, or was found later
   */
  lift(
    account: string,
    eventKey: string,
    reason: string,
    at?: InstantInput,
  ): Promise<ComplianceEntry>;
}
export const ComplianceMonitor: InjectionToken<ComplianceMonitor> = Symbol("ComplianceMonitor");

export interface RuleAssignmentInput {
  /** The name of a preset; or, with a document, the name to show. */
  readonly name: string;
  /** A rule set as JSON values. */
  readonly document?: unknown;
  /** YYYY-MM-DD. Default: the first rules of an account hold from its beginning, later ones from today on. */
  readonly from?: string;
}

/** A rule set of an account, with the day from which it holds. */
export interface AssignedRules {
  readonly assignment: RuleAssignment;
  readonly rules: RuleSet;
}

export interface RuleService {
  /** The rule sets that come with Blotter, by name. */
  presets(): readonly { readonly name: string; readonly rules: RuleSet }[];
  /** @throws BlotterError `not_found` */
  preset(name: string): RuleSet;
  /**
   * Puts an account under rules and judges its days from then on; earlier days stay as they were judged. The same
   * again does nothing. @throws BlotterError `not_found`; `invalid` naming the path of what cannot be
   */
  set(account: string, input: RuleAssignmentInput): Promise<AssignedRules>;
  /** All rule sets of an account, by the day from which they hold. */
  of(account: string): Promise<readonly AssignedRules[]>;
}
export const RuleService: InjectionToken<RuleService> = Symbol("RuleService");
