import fc from "fast-check";

/**
 * Random days of trading, small enough to read when one fails: two accounts, three contracts, a few
 * orders with a few fills each, and what the broker says of them, with a place in time for every
 * message.
 */

export const CONTRACTS = [
  market("MNQU26", "CON.F.US.MNQ.U26", "MNQ", "2", 250_000_000n, 80_000n),
  market("6JU26", "CON.F.US.JY6.U26", "6J", "12500000", 500n, 13_400n),
  // Crude has traded below zero.
  market("MCLV26", "CON.F.US.MCLE.V26", "MCL", "100", 10_000_000n, 0n),
] as const;

export interface Market {
  readonly symbol: string;
  readonly contractId: string;
  readonly root: string;
  readonly pointValue: string;
  /** 1e-9 points. */
  readonly tick: bigint;
  /** The price that random prices lie around, in ticks. */
  readonly baseTicks: bigint;
}

function market(
  symbol: string,
  contractId: string,
  root: string,
  pointValue: string,
  tick: bigint,
  baseTicks: bigint,
): Market {
  return { symbol, contractId, root, pointValue, tick, baseTicks };
}

/** Few, so that many fills share one; around the session's roll and a change of the clocks. */
export const MOMENTS: readonly number[] = [
  "2026-03-06T22:59:59.999Z",
  "2026-03-06T23:00:00Z",
  "2026-03-08T21:59:59.5Z",
  "2026-03-08T22:30:00Z",
  "2026-03-09T14:30:00Z",
  "2026-03-09T14:30:00.001Z",
  "2026-03-10T02:00:00Z",
].map((text) => Date.parse(text) * 1000 + (text.includes(".") ? 1 : 0));

/** A point in the order of delivery. */
const place = fc.nat({ max: 999 });
const places = (minLength: number, maxLength: number) => fc.array(place, { minLength, maxLength });

/** Most of the trading is in one book, so that its queue of lots gets long. */
function mostlyFirst(count: number) {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat({ max: count - 1 }) },
  );
}

/** Millionths of a dollar, often indivisible by the quantity. */
const cost = fc.oneof(
  fc.constantFrom(0, 1, 370_000, 740_000, 1_000_000),
  fc.integer({ min: 0, max: 9_999_999 }),
);

const execution = {
  quantity: fc.integer({ min: 1, max: 5 }),
  ticks: fc.integer({ min: -6, max: 6 }),
  moment: fc.nat({ max: MOMENTS.length - 1 }),
};

const order = fc.record({
  account: mostlyFirst(2),
  market: mostlyFirst(CONTRACTS.length),
  /** Orders buy and sell by turns, but for these. */
  turned: mostlyFirst(2).map((choice) => choice === 1),
  strategy: fc.constantFrom(null, "alpha", "beta"),
  ending: fc.constantFrom("FILLED" as const, "CANCELLED" as const),
  /** When it is reported pending, working and ended; each may be told twice. */
  reports: fc.tuple(places(1, 2), places(1, 2), places(1, 2)),
  /** Which of the three reports names the strategy. */
  namedBy: fc.nat({ max: 2 }),
});

const correction = fc.record({
  revision: fc.integer({ min: 1, max: 4 }),
  dated: fc.boolean(),
  quantity: fc.option(execution.quantity, { freq: 1 }),
  ticks: fc.option(execution.ticks, { freq: 1 }),
  moment: fc.option(execution.moment, { freq: 1 }),
  commission: fc.option(cost, { freq: 1 }),
  fee: fc.option(cost, { freq: 1 }),
  /** Counts through the orders of the same account and contract. */
  movesTo: fc.option(fc.nat({ max: 7 }), { freq: 1 }),
  at: places(1, 2),
});

const fill = fc.record({
  order: fc.noBias(fc.nat({ max: 9 })),
  idStyle: fc.nat({ max: 3 }),
  ...execution,
  commission: cost,
  fee: cost,
  /** Each telling, and what it knows of the costs. */
  told: fc.array(fc.record({ at: place, commission: fc.boolean(), fee: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  voids: fc.oneof({ weight: 5, arbitrary: places(0, 0) }, { weight: 1, arbitrary: places(1, 2) }),
  corrections: fc.oneof(
    { weight: 2, arbitrary: fc.array(correction, { maxLength: 0 }) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(correction, {
        minLength: 1,
        maxLength: 3,
        selector: ({ revision, dated }) => `${revision} ${dated}`,
      }),
    },
  ),
});

export const world = fc.record({
  orders: fc.noBias(fc.array(order, { minLength: 2, maxLength: 10, size: "max" })),
  fills: fc.noBias(fc.array(fill, { minLength: 1, maxLength: 36, size: "max" })),
  /** Where to stop and look before the last message. */
  pause: place,
});

type Generated<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
export type World = Generated<typeof world>;
export type WorldOrder = Generated<typeof order>;
export type WorldFill = Generated<typeof fill>;
export type WorldCorrection = Generated<typeof correction>;
