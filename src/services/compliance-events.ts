import { type CashMovement, cashEffect } from "../domain/cash.js";
import { sign } from "../domain/codes.js";
import { findingKey } from "../domain/compliance/evaluate.js";
import type { PricedContract } from "../domain/compliance/exposure.js";
import {
  type ComplianceEvent,
  compareEventPlaces,
  type EventPlace,
  placeOf,
} from "../domain/compliance/state.js";
import { effectiveCosts } from "../domain/cost.js";
import type { Fill } from "../domain/fill.js";
import type { AccountId, ContractId, FillKey } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { afterFills, type FillPlace } from "../domain/lot.js";
import type { Match } from "../domain/match.js";
import { addMoney, type Money, type Price, ZERO } from "../domain/money.js";
import type { ContractMark } from "../ports/broker-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { requireContract } from "../ports/stored-contract.js";

const PAGE = 1_000;
const LAST_CONTRACT = "\u007f" as ContractId;
/** More than any price, so that the text of a price that is below zero sorts too. */
const ABOVE_ANY_PRICE = 2_000_000_000_000_000;

/**
 * The facts of an account that its rules look at, in canonical order, read page by page: its adoption, booked fills
 * with what they realised, cash movements, stored marks, locks that a person lifted.
 *
 * @param after the places after this one; null for the beginning
 * @param before instants before this one; null for the end
 */
export async function* complianceEvents(
  accountId: AccountId,
  after: EventPlace | null,
  before: Instant | null,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  const contracts = new ContractCache(repos);
  const sources = [
    adoptionEvents(accountId, repos),
    fillEvents(accountId, after, contracts, repos),
    cashEvents(accountId, after, repos),
    markEvents(accountId, after, contracts, repos),
    liftEvents(accountId, repos),
  ];
  // One after the other: a transaction has one connection.
  const heads: (ComplianceEvent | null)[] = [];
  for (const source of sources) heads.push(await nextOf(source));
  for (;;) {
    let first = -1;
    for (const [i, head] of heads.entries()) {
      const best = heads[first];
      if (head && (!best || compareEventPlaces(placeOf(head), placeOf(best)) < 0)) first = i;
    }
    const event = heads[first];
    const source = sources[first];
    if (!event || !source || (before !== null && event.at >= before)) return;
    if (after === null || compareEventPlaces(placeOf(event), after) > 0) yield event;
    heads[first] = await nextOf(source);
  }
}

async function nextOf(source: AsyncGenerator<ComplianceEvent>): Promise<ComplianceEvent | null> {
  const { value, done } = await source.next();
  return done ? null : value;
}

class ContractCache {
  readonly #known = new Map<ContractId, PricedContract>();

  constructor(private readonly repos: ReadRepositories) {}

  async get(id: ContractId): Promise<PricedContract> {
    const known = this.#known.get(id);
    if (known) return known;
    const { contractId, root, pointValue } = await requireContract(id, this.repos);
    const priced = { contractId, root, pointValue };
    this.#known.set(id, priced);
    return priced;
  }
}

async function* adoptionEvents(
  accountId: AccountId,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  const at = await repos.adoptions.instant(accountId);
  if (at !== null) yield { kind: "adoption", at, key: "" };
}

async function* liftEvents(
  accountId: AccountId,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  const events = (await repos.compliance.lifts(accountId)).map(({ at, entry }): ComplianceEvent => {
    const { eventKey: key, tradingDay, at: foundAt, rule, severity: level, threshold } = entry;
    const finding = findingKey({ rule, level, threshold });
    return { kind: "lift", at, key, tradingDay, foundAt, finding };
  });
  yield* events.sort((a, b) => compareEventPlaces(placeOf(a), placeOf(b)));
}

/** At the instant of a mark or a cash movement, all fills come before it; of an adoption, after it. */
function fillPlaceOf({ at, rank, key }: EventPlace): FillPlace {
  if (rank === 0) return { executedAt: at, fillKey: key as FillKey };
  return afterFills(rank < 0 ? ((at - 1) as Instant) : at);
}

async function* fillEvents(
  accountId: AccountId,
  after: EventPlace | null,
  contracts: ContractCache,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  let place: FillPlace | null = after && fillPlaceOf(after);
  for (;;) {
    const page: readonly Fill[] = await repos.fills.page(accountId, place, PAGE);
    const booked = page.filter((fill) => fill.state === "booked");
    const gross = await grossByExit(accountId, booked, repos);
    for (const fill of booked) {
      const contract = await contracts.get(fill.contractId);
      yield fillEvent(fill, contract, gross.get(fill.fillKey) ?? ZERO);
    }
    place = page[page.length - 1] ?? null;
    if (page.length < PAGE) return;
  }
}

async function grossByExit(
  accountId: AccountId,
  fills: readonly Fill[],
  repos: ReadRepositories,
): Promise<ReadonlyMap<FillKey, Money>> {
  const [first] = fills;
  const last = fills[fills.length - 1];
  if (!first || !last) return new Map();
  const to = (last.executedAt + 1) as Instant;
  const matches = await repos.matches.list({ accountId, from: first.executedAt, to });
  const sums = new Map<FillKey, Money>();
  for (const { exitFillKey, grossPnl } of matches) {
    sums.set(exitFillKey, addMoney(sums.get(exitFillKey) ?? ZERO, grossPnl));
  }
  return sums;
}

export function fillEvent(fill: Fill, contract: PricedContract, gross: Money): ComplianceEvent {
  const { commission, fee } = effectiveCosts(fill);
  return {
    kind: "fill",
    at: fill.executedAt,
    key: fill.fillKey,
    contract,
    quantity: sign(fill.side) * fill.quantity,
    price: fill.price,
    gross,
    costs: addMoney(commission ?? ZERO, fee ?? ZERO),
  };
}

export function grossOf(matches: readonly Match[]): Money {
  return addMoney(ZERO, ...matches.map((match) => match.grossPnl));
}

async function* cashEvents(
  accountId: AccountId,
  after: EventPlace | null,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  const query = after === null ? { accountId } : { accountId, from: after.at };
  const movements = await repos.cash.list(query);
  const events = movements.filter(({ voidedAt }) => voidedAt === null).map(cashEvent);
  yield* events.sort((a, b) => compareEventPlaces(placeOf(a), placeOf(b)));
}

/** Of one instant, a reset comes first. */
function cashEvent(movement: CashMovement): ComplianceEvent {
  const { type, at, movementId } = movement;
  const isReset = type === "reset";
  return {
    kind: "cash",
    at,
    key: `${isReset ? 0 : 1}${movementId}`,
    cash: type,
    amount: isReset ? movement.amount : cashEffect(movement),
  };
}

async function* markEvents(
  accountId: AccountId,
  after: EventPlace | null,
  contracts: ContractCache,
  repos: ReadRepositories,
): AsyncGenerator<ComplianceEvent> {
  let place: ContractMark | null = after && {
    at: (after.at - 1) as Instant,
    contractId: LAST_CONTRACT,
    price: 0 as Price,
  };
  for (;;) {
    const page: readonly ContractMark[] = await repos.marks.page(accountId, place, PAGE);
    for (const mark of page) yield markEvent(mark, await contracts.get(mark.contractId));
    place = page[page.length - 1] ?? null;
    if (page.length < PAGE) return;
  }
}

/** Of one instant, marks come by contract, then price. */
export function markEvent(mark: ContractMark, contract: PricedContract): ComplianceEvent {
  const { at, price, contractId } = mark;
  const key = `${contractId}|${String(ABOVE_ANY_PRICE + price).padStart(16, "0")}`;
  return { kind: "mark", at, key, contract, price };
}
