import type { FillInput } from "../../src/domain/fill.js";
import type { OrderInput } from "../../src/domain/order.js";
import type { FillCorrection, FillVoid } from "../../src/ports/services.js";
import { PRICE_DECIMALS, toText } from "../oracle/exact.js";
import type { Telling, ToldFacts } from "../oracle/fold-oracle.js";
import { isoOf } from "../oracle/oracle-fill.js";
import {
  CONTRACTS,
  type Market,
  MOMENTS,
  type World,
  type WorldCorrection,
  type WorldFill,
  type WorldOrder,
} from "./ledger-world.js";

/** One message of the broker, as the services take it, and as the oracle reads it. */
export type Delivery = { readonly at: number } & (
  | { readonly kind: "order"; readonly input: OrderInput }
  | { readonly kind: "fill"; readonly input: FillInput; readonly told: Telling }
  | { readonly kind: "correction"; readonly input: FillCorrection; readonly told: Telling }
  | { readonly kind: "void"; readonly input: FillVoid; readonly told: Telling }
);

export interface PlacedOrder {
  readonly accountId: string;
  readonly orderId: string;
  readonly market: Market;
  readonly side: "BUY" | "SELL";
  readonly source: WorldOrder;
}

/** The orders of a world under their ids; `accounts` are the two account ids. */
export function placedOrders(world: World, accounts: readonly string[]): readonly PlacedOrder[] {
  return world.orders.map((source, index) => ({
    accountId: pick(accounts, source.account),
    orderId: index % 2 === 0 ? `${90 + index * 7}` : `order-${index}`,
    market: pick(CONTRACTS, source.market),
    side: (index % 2 === 0) !== source.turned ? "BUY" : "SELL",
    source,
  }));
}

/** All messages, in the order in which they come. */
export function deliveries(world: World, orders: readonly PlacedOrder[]): readonly Delivery[] {
  const all = [
    ...orders.flatMap((order) => orderReports(order)),
    ...world.fills.flatMap((fill, index) => fillMessages(fill, index, orders)),
  ];
  return all.sort((a, b) => a.at - b.at);
}

const CREATED = Date.parse("2026-03-06T22:50:00Z") * 1000;

function orderReports(order: PlacedOrder): readonly Delivery[] {
  const { accountId, orderId, market, side, source } = order;
  const statuses = ["PENDING", "WORKING", source.ending] as const;
  return statuses.flatMap((status, stage) => {
    const input: OrderInput = {
      accountId,
      orderId,
      contract: market.symbol,
      side,
      orderType: "LIMIT",
      quantity: 100,
      limitPrice: priceText(market, stage),
      status,
      createdAt: isoOf(CREATED),
      updatedAt: isoOf(CREATED + stage * 1_000_000),
      ...(source.namedBy === stage && source.strategy ? { strategy: source.strategy } : {}),
    };
    return pick(source.reports, stage).map((at): Delivery => ({ kind: "order", at, input }));
  });
}

function fillMessages(
  fill: WorldFill,
  index: number,
  orders: readonly PlacedOrder[],
): readonly Delivery[] {
  const order = pick(orders, fill.order % orders.length);
  const key = { accountId: order.accountId, fillId: fillIdOf(fill, index) };
  const originals = fill.told.map((telling): Delivery => {
    const facts = {
      orderId: order.orderId,
      side: order.side,
      quantity: fill.quantity,
      price: priceText(order.market, fill.ticks),
      executedAt: pick(MOMENTS, fill.moment),
      commission: telling.commission ? moneyText(fill.commission) : null,
      fee: telling.fee ? moneyText(fill.fee) : null,
    };
    const input = {
      ...key,
      ...facts,
      contract: order.market.symbol,
      executedAt: isoOf(facts.executedAt),
    };
    return {
      kind: "fill",
      at: telling.at,
      input,
      told: { ...key, kind: "fill", revision: 0, facts },
    };
  });
  const voids = fill.voids.map((at): Delivery => {
    const told: Telling = { ...key, kind: "void", revision: 0, facts: {} };
    return { kind: "void", at, input: { ...key, reason: "busted" }, told };
  });
  const corrections = fill.corrections.flatMap((c) => correctionMessages(c, key, order, orders));
  return [...originals, ...voids, ...corrections];
}

function correctionMessages(
  correction: WorldCorrection,
  key: { readonly accountId: string; readonly fillId: string },
  order: PlacedOrder,
  orders: readonly PlacedOrder[],
): readonly Delivery[] {
  const { quantity, ticks, moment, commission, fee, movesTo } = correction;
  const siblings = orders.filter(
    (other) => other.accountId === order.accountId && other.market === order.market,
  );
  const target = movesTo === null ? null : pick(siblings, movesTo % siblings.length);
  const facts: ToldFacts = {
    ...(target ? { orderId: target.orderId, side: target.side } : {}),
    ...(quantity === null ? {} : { quantity }),
    ...(ticks === null ? {} : { price: priceText(order.market, ticks) }),
    ...(moment === null ? {} : { executedAt: pick(MOMENTS, moment) }),
    ...(commission === null ? {} : { commission: moneyText(commission) }),
    ...(fee === null ? {} : { fee: moneyText(fee) }),
  };
  const { executedAt, ...rest } = facts;
  const revision = revisionOf(correction);
  const input = {
    ...key,
    ...rest,
    ...(executedAt === undefined ? {} : { executedAt: isoOf(executedAt) }),
    revision: revisionInput(revision),
  };
  const told: Telling = { ...key, kind: "correction", revision, facts };
  return correction.at.map((at): Delivery => ({ kind: "correction", at, input, told }));
}

/** A count, or an instant in microseconds: those are higher than every count. */
function revisionOf({ revision, dated }: WorldCorrection): number {
  return dated ? pick(MOMENTS, revision) : revision;
}

/** A revision as the services take it: a small number as it is, an instant as text. */
export function revisionInput(revision: number): number | string {
  return revision < 1_000_000 ? revision : isoOf(revision);
}

/** Ids of all kinds, so that the order of ids within one instant is put to the test. */
function fillIdOf(fill: WorldFill, index: number): string {
  const styles = [`${index + 1}`, `${1000 - index}`, `x-${index}`, `${index + 1}A`];
  return pick(styles, fill.idStyle);
}

export function priceText(market: Market, ticks: number): string {
  return toText((market.baseTicks + BigInt(ticks)) * market.tick, PRICE_DECIMALS);
}

const moneyText = (micros: number): string => toText(BigInt(micros), 6);

export function pick<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index} of ${items.length}`);
  return item;
}
