import fc from "fast-check";
import type { CashInput, FillInput, MarkInput } from "../../src/index.js";

/**
 * Random facts of an account under rules. Their instants lie on a grid, so that many are equal.
 *
 * Prices need care: one that is told while nothing is open, or that widens no extreme and changes no figure, is not
 * kept, and what is not kept is no fact. So MNQ is only bought and MES only sold, one trade after the other; each
 * mark lies beyond its entries and all earlier marks of its trade, and is told between its trade's entries and its
 * exit: whatever else comes late, it then is kept. M2K has no marks, and its fills come in any order, exits before
 * their entries too.
 */
export type Fact = Place &
  (
    | { readonly kind: "fill"; readonly input: Omit<FillInput, "accountId"> }
    | { readonly kind: "cash"; readonly input: Omit<CashInput, "account"> }
    | { readonly kind: "mark"; readonly input: MarkInput }
  );

interface Place {
  /** Half hours since the start. */
  readonly at: number;
  /** Orders what has the same instant: fills by key, then cash, then marks. */
  readonly key: string;
  /** Keys of facts that have to be told before. */
  readonly needs: readonly string[];
}

const START = Date.parse("2026-08-03T13:00:00Z");
const STEP_MS = 30 * 60_000;
const LIFE = 110;
const PRICE = 20_000;

const POINT = { MNQU26: 2, MESU26: 5, M2KU26: 5 } as const;
type Name = keyof typeof POINT;

const hundreds = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 100);

const trade = fc.record({
  gap: fc.integer({ min: 1, max: 20 }),
  length: fc.integer({ min: 1, max: 8 }),
  /** Two fills of one instant, or one. */
  entries: fc.integer({ min: 1, max: 2 }),
  /** Won or lost by each contract. */
  result: hundreds(-14, 14),
  cost: fc.constantFrom(0, 0.37, 1.24),
  /** Up or down, so many dollars each, at so many half hours: the first may have the instant of the entry. */
  marks: fc.record({
    up: fc.boolean(),
    steps: fc.array(hundreds(1, 6), { maxLength: 3 }),
  }),
});
type Trade = typeof trade extends fc.Arbitrary<infer T> ? T : never;

const looseTrade = fc.record({
  entryAt: fc.nat(LIFE),
  length: fc.nat(30),
  isLong: fc.boolean(),
  result: hundreds(-12, 12),
  cost: fc.constantFrom(0, 0.62),
});
type LooseTrade = typeof looseTrade extends fc.Arbitrary<infer T> ? T : never;

const movement = fc.record({
  type: fc.constantFrom("payout" as const, "payout" as const, "deposit" as const),
  at: fc.nat(LIFE),
  amount: hundreds(1, 20),
});

const reset = fc.record({
  type: fc.constant("reset" as const),
  at: fc.nat(LIFE),
  amount: hundreds(490, 510),
});

/** In canonical order. */
export const facts = factsWith(movement);

/** Some of an account that begins anew, once or more often. */
export const factsWithResets = factsWith(fc.oneof(movement, movement, reset));

type CashStep = Pick<CashInput, "type"> & { readonly at: number; readonly amount: number };

function factsWith(movement: fc.Arbitrary<CashStep>): fc.Arbitrary<readonly Fact[]> {
  return fc
    .record({
      nasdaq: fc.array(trade, { maxLength: 4, size: "max" }),
      spoos: fc.array(trade, { maxLength: 4, size: "max" }),
      loose: fc.array(looseTrade, { maxLength: 3, size: "max" }),
      cash: fc.array(movement, { maxLength: 3, size: "max" }),
    })
    .map(({ nasdaq, spoos, loose, cash }) =>
      [
        ...tradesOf("MNQU26", nasdaq, 1_000),
        ...tradesOf("MESU26", spoos, 2_000),
        ...loose.flatMap(looseFills),
        ...cash.map((input, i): Fact => {
          const moved = { ...input, at: instant(input.at), movementId: `c${i}` };
          return { kind: "cash", at: input.at, key: `2 ${i}`, needs: [], input: moved };
        }),
      ].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)),
    )
    .filter((list) => list.length > 0);
}

const instant = (at: number) => new Date(START + at * STEP_MS).toISOString();

function fill(
  contract: Name,
  [at, id]: readonly [at: number, id: number],
  what: Pick<FillInput, "side" | "quantity" | "price"> & { readonly cost: number },
  needs: readonly string[] = [],
): Fact {
  const { cost, ...order } = what;
  const ids = { fillId: String(id), orderId: String(id), executedAt: instant(at) };
  const costs = { commission: cost, fee: cost / 2 };
  return {
    kind: "fill",
    at,
    key: `1 ${id}`,
    needs,
    input: { ...ids, contract, ...order, ...costs },
  };
}

/** One after the other, never two at once: the entries, the marks, then the exit of them all. */
function tradesOf(contract: Name, trades: readonly Trade[], firstId: number): readonly Fact[] {
  const isLong = contract === "MNQU26";
  const direction = isLong ? 1 : -1;
  const told: Fact[] = [];
  let at = 0;
  for (const [i, { gap, length, entries, result, cost, marks }] of trades.entries()) {
    const entryAt = at + gap;
    at = entryAt + length;
    const id = firstId + 10 * i;
    const opened = Array.from({ length: entries }, (_, n) => {
      const bought = { side: isLong ? "buy" : "sell", quantity: 1, price: PRICE, cost } as const;
      return fill(contract, [entryAt, id + n], bought);
    });
    const entryKeys = opened.map(({ key }) => key);
    const seen = marks.steps.slice(0, length).map((_, n, steps): Fact => {
      const moved = steps.slice(0, n + 1).reduce((sum, dollars) => sum + dollars, 0);
      const price = PRICE + (marks.up ? moved : -moved) / POINT[contract];
      const place = { at: entryAt + n, key: `3 ${contract} ${id + n}`, needs: entryKeys };
      return { kind: "mark", ...place, input: { contract, price, at: instant(place.at) } };
    });
    const price = PRICE + (direction * result) / POINT[contract];
    const closed = { side: isLong ? "sell" : "buy", quantity: entries, price, cost } as const;
    const needs = [...entryKeys, ...seen.map(({ key }) => key)];
    told.push(...opened, ...seen, fill(contract, [at, id + 9], closed, needs));
  }
  return told;
}

function looseFills({ entryAt, length, isLong, result, cost }: LooseTrade, i: number): Fact[] {
  const id = 3_000 + 10 * i;
  const moved = (isLong ? result : -result) / POINT.M2KU26;
  const [entry, exit] = isLong ? (["buy", "sell"] as const) : (["sell", "buy"] as const);
  const one = { quantity: 1, cost };
  return [
    fill("M2KU26", [entryAt, id], { ...one, side: entry, price: 2_000 }),
    fill("M2KU26", [entryAt + length, id + 1], { ...one, side: exit, price: 2_000 + moved }),
  ];
}

/** Another order in which the facts may be told: each time, of those that may come next, the one that is picked. */
export function lateOrder(list: readonly Fact[], picks: readonly number[]): readonly Fact[] {
  const waiting = [...list];
  const told: Fact[] = [];
  while (waiting.length > 0) {
    const keys = new Set(told.map(({ key }) => key));
    const ready = waiting.filter(({ needs }) => needs.every((key) => keys.has(key)));
    const next = ready[(picks[told.length % picks.length] ?? 0) % ready.length];
    if (!next) throw new Error("facts wait for each other");
    waiting.splice(waiting.indexOf(next), 1);
    told.push(next);
  }
  return told;
}
