import { expect, it } from "vitest";
import type { Side } from "../../src/domain/codes.js";
import { ProductCatalog } from "../../src/domain/contract.js";
import { matchFifo } from "../../src/domain/fifo.js";
import { type AccountId, fillId, fillKey, orderId } from "../../src/domain/ids.js";
import { type Instant, parseInstant } from "../../src/domain/instant.js";
import {
  comparePlaces,
  type Execution,
  FLAT,
  type LotQueue,
  remaining,
} from "../../src/domain/lot.js";
import { type Match, priceSlice } from "../../src/domain/match.js";
import {
  formatMoney,
  formatPrice,
  type Money,
  parseMoney,
  parsePrice,
} from "../../src/domain/money.js";
import { closedFigures } from "../../src/domain/trade.js";

/**
 * A ledger a trader can read, and a test that it is true:
 *
 *     scenario("reverse", `
 *       before  buy 2 @ 5000.00   buy 1 @ 5001.00
 *       fill    sell 4 @ 5002.00
 *       closed  2 @ 5000.00 +$20.00   1 @ 5001.00 +$5.00
 *       after   sell 1 @ 5002.00`)
 *
 * Items stand apart by two spaces or more; a line without a word goes on with the line before. The
 * contract is MESU26, at $5 a point, unless a line `contract` names another.
 *
 *     before, fill   #ID buy N @ PRICE costs $1.50 at SECOND    fills; #ID, costs and at are optional;
 *                    `costs ?` are unknown; a second later than the fill before, if not said
 *     closed         N @ ENTRY +$GROSS costs $1.50 seen LOW..HIGH    what the fills of `fill` closed;
 *                    `costs $0.50?` are known in part; costs and seen are optional
 *     trade          N @ ENTRY to EXIT +$GROSS worst -$X best +$Y    all that was closed, as one trade
 *     after          flat, or the lots left: buy N @ PRICE
 */
export function scenario(name: string, text: string): void {
  it(name, () => {
    const ledger = readLedger(text);
    const contract = new ProductCatalog().resolve(ledger.get("contract")?.[0] ?? "MESU26", START);
    const before = run(FLAT, fillsOf(ledger.get("before") ?? [], 0));
    const fills = fillsOf(ledger.get("fill") ?? [], 1_000);
    const { queue, slices } = run(before.queue, fills);
    const matches = slices.map((slice) => priceSlice(slice, ACCOUNT, contract, "position"));

    const closed = ledger.get("closed") ?? [];
    expect(matches.map((match, i) => shownMatch(match, closed[i] ?? ""))).toEqual(closed);
    const trade = ledger.get("trade");
    if (trade) expect([shownTrade(matches, contract.pointValue)]).toEqual(trade);
    const lots = queue.lots.map(
      (lot) =>
        `${shownSide(lot.execution.side)} ${remaining(lot)} @ ${points(lot.execution.price)}`,
    );
    expect(lots.length === 0 ? ["flat"] : lots).toEqual(ledger.get("after"));
  });
}

const ACCOUNT = "ledger" as AccountId;
const START = parseInstant("2026-08-19T14:00:00Z", "start");
const WORDS = ["contract", "before", "fill", "closed", "trade", "after"];

type Ledger = ReadonlyMap<string, readonly string[]>;

function readLedger(text: string): Ledger {
  const ledger = new Map<string, string[]>();
  let word = "";
  for (const line of text.split("\n").map((l) => l.trim())) {
    const [first = "", ...rest] = line.split(/\s{2,}/);
    if (first === "") continue;
    const starts = WORDS.includes(first);
    if (starts) word = first;
    const items = ledger.get(word) ?? [];
    ledger.set(word, [...items, ...(starts ? rest : [first, ...rest])]);
  }
  if (!ledger.has("after")) throw new Error("a scenario ends with a line `after`");
  return ledger;
}

const FILL = /^(?:#(\S+) )?(buy|sell) (\d+) @ (\S+)(?: costs (\S+))?(?: at (\d+))?$/;

/** Fills in canonical order, whatever their order in the text. */
function fillsOf(items: readonly string[], firstId: number): readonly Execution[] {
  return items
    .map((item, index) => {
      const [, id, side = "", quantity, price = "", costs, second] = FILL.exec(item) ?? [];
      if (side === "") throw new Error(`no fill: ${item}`);
      const told = fillId(id ?? String(firstId + index + 1));
      return execution(told, side === "buy" ? "BUY" : "SELL", Number(quantity), price, {
        second: Number(second ?? firstId + index),
        commission: costs === "?" ? null : money(costs ?? "$0"),
      });
    })
    .sort(comparePlaces);
}

/** A fill of its own order, `second` seconds after the start. */
function execution(
  id: ReturnType<typeof fillId>,
  side: Side,
  quantity: number,
  price: string,
  { second, commission }: { readonly second: number; readonly commission: Money | null },
): Execution {
  return {
    fillId: id,
    fillKey: fillKey(id, false),
    orderId: orderId(`order-${id}`),
    side,
    quantity,
    price: parsePrice(price, "price"),
    commission,
    fee: parseMoney(0, "fee"),
    costsModelled: false,
    executedAt: (START + second * 1_000_000) as Instant,
    strategy: null,
  };
}

function run(queue: LotQueue, fills: readonly Execution[]) {
  let state = queue;
  const slices = fills.flatMap((fill) => {
    const matched = matchFifo(state, fill);
    state = matched.queue;
    return matched.slices;
  });
  return { queue: state, slices };
}

/** Costs and extremes are shown where the ledger speaks of them. */
function shownMatch(match: Match, expected: string): string {
  const costs = `${match.commissions === null ? "" : dollars(match.commissions)}${match.costsKnown ? "" : "?"}`;
  return [
    `${match.quantity} @ ${points(match.entryPrice)} ${signedDollars(match.grossPnl)}`,
    expected.includes("costs") ? ` costs ${costs}` : "",
    expected.includes("seen") ? ` seen ${points(match.lowPrice)}..${points(match.highPrice)}` : "",
  ].join("");
}

function shownTrade(matches: readonly Match[], pointValue: Money): string {
  const figures = closedFigures(matches, pointValue);
  const { quantity, entryPrice, exitPrice, grossPnl, mae, mfe } = figures;
  return [
    `${quantity} @ ${points(entryPrice)} to ${points(exitPrice)} ${signedDollars(grossPnl)}`,
    `worst ${signedDollars(mae)} best ${signedDollars(mfe)}`,
  ].join(" ");
}

const money = (text: string): Money => parseMoney(text.replace("$", ""), "costs");
const shownSide = (side: Side): string => (side === "BUY" ? "buy" : "sell");

/** At least two decimals, as traders write. */
function atLeastCents(text: string): string {
  const [whole, fraction = ""] = text.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

const points = (price: Parameters<typeof formatPrice>[0]): string =>
  atLeastCents(formatPrice(price));
const dollars = (amount: Money): string =>
  `${amount < 0 ? "-" : ""}$${atLeastCents(formatMoney(amount).replace("-", ""))}`;
const signedDollars = (amount: Money): string => `${amount < 0 ? "" : "+"}${dollars(amount)}`;
