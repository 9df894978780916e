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

/** Few, so that many fills share one; around the session's roll, a change of the clocks, and a year's end. */
export const MOMENTS: readonly number[] = [
  "2025-12-31T20:00:00Z",
  "2026-02-27T15:00:00Z",
  "2026-03-06T22:59:59.999Z",
  "2026-03-06T23:00:00Z",
  "2026-03-08T21:59:59.5Z",
  "2026-03-08T22:30:00Z",
  "2026-03-09T14:30:00Z",
  "2026-03-09T14:30:00.001Z",
  "2026-03-09T14:30:00.002Z",
  "2026-03-09T14:31:00Z",
  "2026-03-10T02:00:00Z",
  "2026-04-01T15:00:00Z",
].map((text) => Date.parse(text) * 1000 + (text.includes(".") ? 1 : 0));

/** A point in the order of delivery. */
export const place = fc.nat({ max: 999 });
const places = (minLength: number, maxLength: number) => fc.array(place, { minLength, maxLength });

/** What kind of trading to make up. */
interface Shape {
  /** Out of nine choices of account and contract, how many are the first. */
  readonly inFirstBook: number;
  readonly maxQuantity: number;
  /** Prices lie this many ticks around the base. */
  readonly spreadTicks: number;
  /** Chances of a fill to be corrected, and to be taken back, out of ten. */
  readonly corrected: number;
  readonly voided: number;
}

/** Sometimes the first of several, sometimes any of them. */
function oftenFirst(often: number, count: number) {
  return fc.oneof(
    { weight: often, arbitrary: fc.constant(0) },
    { weight: 9 - often, arbitrary: fc.nat({ max: count - 1 }) },
  );
}

/** None as often as not, else what `some` makes. */
function outOfTen<T>(chances: number, none: fc.Arbitrary<T>, some: fc.Arbitrary<T>) {
  return fc.oneof({ weight: 10 - chances, arbitrary: none }, { weight: chances, arbitrary: some });
}

/** Millionths of a dollar, often indivisible by the quantity. */
const cost = fc.oneof(
  fc.constantFrom(0, 1, 370_000, 740_000, 1_000_000),
  fc.integer({ min: 0, max: 9_999_999 }),
);

const executionOf = ({ maxQuantity, spreadTicks }: Shape) => ({
  quantity: fc.integer({ min: 1, max: maxQuantity }),
  ticks: fc.oneof(fc.constant(0), fc.integer({ min: -spreadTicks, max: spreadTicks })),
  moment: fc.nat({ max: MOMENTS.length - 1 }),
});

const orderOf = ({ inFirstBook }: Shape) =>
  fc.record({
    account: oftenFirst(inFirstBook, 2),
    market: oftenFirst(inFirstBook, CONTRACTS.length),
    /** Orders buy and sell by turns, but for these. */
    turned: oftenFirst(8, 2).map((choice) => choice === 1),
    strategy: fc.constantFrom(null, "alpha", "beta"),
    ending: fc.constantFrom("FILLED" as const, "CANCELLED" as const),
    /** When it is reported pending, working and ended; each may be told twice. */
    reports: fc.tuple(places(1, 2), places(1, 2), places(1, 2)),
    /** Which of the three reports names the strategy. */
    namedBy: fc.nat({ max: 2 }),
  });

function correctionOf(shape: Shape) {
  const { quantity, ticks, moment } = executionOf(shape);
  return fc.record({
    revision: fc.integer({ min: 1, max: 4 }),
    dated: fc.boolean(),
    quantity: fc.option(quantity, { freq: 2 }),
    ticks: fc.option(ticks, { freq: 2 }),
    moment: fc.option(moment, { freq: 2 }),
    commission: fc.option(cost, { freq: 2 }),
    fee: fc.option(cost, { freq: 2 }),
    /** Counts through the orders of the same account and contract. */
    movesTo: fc.option(fc.nat({ max: 7 }), { freq: 2 }),
    at: places(1, 2),
  });
}

function fillOf(shape: Shape) {
  const correction = correctionOf(shape);
  const corrections = fc.uniqueArray(correction, {
    minLength: 1,
    maxLength: 3,
    selector: ({ revision, dated }) => `${revision} ${dated}`,
  });
  const uncorrected = fc.array(correction, { maxLength: 0 });
  return fc.record({
    order: fc.noBias(fc.nat({ max: 9 })),
    idStyle: fc.nat({ max: 3 }),
    ...executionOf(shape),
    commission: cost,
    fee: cost,
    /** Each telling, and what it knows of the costs. */
    told: fc.array(fc.record({ at: place, commission: fc.boolean(), fee: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    }),
    voids: outOfTen(shape.voided, places(0, 0), places(1, 2)),
    corrections: outOfTen(shape.corrected, uncorrected, corrections),
  });
}

const worldOf = (shape: Shape, maxFills: number) =>
  fc.record({
    orders: fc.noBias(fc.array(orderOf(shape), { minLength: 2, maxLength: 10, size: "max" })),
    fills: fc.noBias(fc.array(fillOf(shape), { minLength: 1, maxLength: maxFills, size: "max" })),
    /** Where to stop and look before the last message. */
    pause: place,
  });

/** Several books, prices and sizes of all kinds. */
export const wideWorld = worldOf(
  { inFirstBook: 7, maxQuantity: 5, spreadTicks: 6, corrected: 3, voided: 2 },
  36,
);

/**
 * One book of like fills that are corrected again and again: queues of lots come to look the same
 * by different ways, which is where re-matching may stop too early.
 */
export const narrowWorld = worldOf(
  { inFirstBook: 9, maxQuantity: 2, spreadTicks: 1, corrected: 7, voided: 1 },
  12,
);

type Generated<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
export type World = Generated<typeof wideWorld>;
export type WorldOrder = World["orders"][number];
export type WorldFill = World["fills"][number];
export type WorldCorrection = WorldFill["corrections"][number];
