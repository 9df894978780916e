import { orderRow, positionRow, tradeRow } from "./rows.js";

/** A payload of a hub's event that nobody can read, and what was done to it. */
export interface Malformed {
  readonly event: string;
  readonly args: readonly unknown[];
  readonly what: string;
}

type Random = () => number;
type Make = (random: Random) => unknown;

/** mulberry32: the same numbers for the same seed, from 0 to 1. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const trap = (): never => {
  throw new Error("trap\0\ud800");
};
const TRAPS = { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap } as const;

function cycle(): unknown {
  const ring: Record<string, unknown> = { a: {} };
  ring.a = ring;
  return ring;
}

function deep(): unknown {
  let value: unknown = null;
  for (let depth = 0; depth < 100; depth += 1) value = depth % 2 === 0 ? [value] : { value };
  return value;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

/** Bad wherever a number, a text, an instant or an id is due. */
const BAD: readonly (readonly [string, Make])[] = [
  ["missing", () => undefined],
  ["null", () => null],
  ["an object", () => ({ value: 1 })],
  ["an empty array", () => []],
  ["a symbol", () => Symbol("s")],
  ["a function", () => trap],
  ["a proxy that throws", () => new Proxy({}, TRAPS)],
  ["a revoked proxy", revoked],
  ["a cycle", cycle],
  ["a toJSON that throws", () => ({ toJSON: trap })],
  ["a deep nest", deep],
  ["a date that is none", () => new Date(Number.NaN)],
  ["a map", () => new Map([["a", 1]])],
  ["a huge text", (random) => "x".repeat(random() < 0.02 ? 1_000_000 : 5_000)],
  ["a long text of pairs", (random) => `${random()}${"\u{1f600}".repeat(2_100)}`],
  ["a sparse array beyond reason", () => new Array(4_000_000_000)],
  ["no text at all", () => ""],
];

/** Bad where a number is due, or an id. */
const BAD_NUMBERS: readonly (readonly [string, Make])[] = [
  ...BAD,
  ["true", () => true],
  ["NaN", () => Number.NaN],
  ["infinite", (random) => (random() < 0.5 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)],
  ["2^53", () => 2 ** 53],
  ["beyond 2^53", (random) => 2 ** 53 * (1 + random() * 1e9)],
  ["a huge bigint", () => 10n ** 30n],
  ["a word", (random) => `five ${random()}`],
  ["NUL", () => "\0"],
  ["a lone surrogate", (random) => (random() < 0.5 ? "\ud83d" : "1\ude00")],
];

const NO_ID = [
  ...BAD_NUMBERS,
  ["zero", () => 0],
  ["-0", () => -0],
  ["negative", (random: Random) => -Math.ceil(random() * 1e9)],
  ["a fraction", (random: Random) => random() + 1],
  ["leading zeros", () => "007"],
] as const satisfies readonly (readonly [string, Make])[];

const NO_SIZE = NO_ID.filter(([what]) => what !== "zero" && what !== "-0");
const NO_CODE = NO_ID.filter(([what]) => what !== "zero" && what !== "-0");
const NO_PRICE = NO_ID.filter(([what]) => what !== "negative" && what !== "a fraction");

const NO_INSTANT: readonly (readonly [string, Make])[] = [
  ...BAD_NUMBERS,
  ["no offset", () => "2027-01-05T14:30:00"],
  ["a day that is none", () => "2027-02-30T14:30:00Z"],
  ["a number", () => 1_799_159_400_000],
];

const NO_NAME: readonly (readonly [string, Make])[] = [
  ...BAD,
  ["a number", (random) => random()],
  ["true", () => true],
];

/** What has no JSON form is left out of it, as what is absent: legal where a field is optional. */
const ABSENT = ["missing", "null", "a symbol", "a function", "a date that is none"];

const present = (bad: readonly (readonly [string, Make])[]) =>
  bad.filter(([what]) => !ABSENT.includes(what));

const NO_OTHER_ID = present(NO_ID).filter(([what]) => what !== "zero" && what !== "-0");
const NO_DOLLARS = [...present(BAD_NUMBERS), ["finer than a millionth", () => 1e-7] as const];
const NO_TAG = present(NO_NAME).filter(([what]) => what !== "no text at all");
const NO_FLAG: readonly (readonly [string, Make])[] = [
  ...present(BAD),
  ["a number", (random) => Math.round(random())],
  ["a word", (random) => (random() < 0.5 ? "true" : "no")],
];

interface Kind {
  readonly event: string;
  readonly row: () => Record<string, unknown>;
  readonly fields: Readonly<Record<string, readonly (readonly [string, Make])[]>>;
}

const KINDS: readonly Kind[] = [
  {
    event: "GatewayUserOrder",
    row: () => orderRow(),
    fields: {
      id: NO_ID.filter(([what]) => !["missing", "null", "zero", "-0"].includes(what)),
      accountId: NO_ID,
      contractId: NO_NAME,
      creationTimestamp: NO_INSTANT,
      status: NO_CODE,
      type: NO_CODE,
      side: NO_CODE,
      size: NO_ID,
      updateTimestamp: present(NO_INSTANT),
      limitPrice: present(BAD_NUMBERS),
      stopPrice: present(BAD_NUMBERS),
      fillVolume: present(NO_SIZE),
      filledPrice: present(BAD_NUMBERS),
      customTag: NO_TAG,
      parentOrderId: NO_OTHER_ID,
      linkedOrderId: NO_OTHER_ID,
    },
  },
  {
    event: "GatewayUserTrade",
    row: () => tradeRow(),
    fields: {
      id: NO_ID,
      accountId: NO_ID,
      contractId: NO_NAME,
      creationTimestamp: NO_INSTANT,
      price: NO_PRICE,
      side: NO_CODE,
      size: NO_ID,
      orderId: NO_ID,
      fees: NO_DOLLARS,
      commissions: NO_DOLLARS,
      profitAndLoss: NO_DOLLARS,
      voided: NO_FLAG,
    },
  },
  {
    event: "GatewayUserPosition",
    row: () => positionRow(),
    fields: {
      id: NO_ID,
      accountId: NO_ID,
      contractId: NO_NAME,
      creationTimestamp: NO_INSTANT,
      type: NO_ID,
      size: NO_SIZE,
      averagePrice: NO_PRICE,
    },
  },
  {
    event: "GatewayUserAccount",
    row: () => ({ id: 900, name: "PRAC", balance: 1, canTrade: true }),
    fields: { id: NO_ID, name: NO_NAME, balance: NO_DOLLARS, canTrade: NO_FLAG },
  },
  {
    event: "GatewayQuote",
    row: () => ({ lastPrice: 1, contract: "X", timestamp: "2027-01-05T14:30:00Z" }),
    fields: { contract: [["missing", () => undefined]], timestamp: NO_INSTANT },
  },
];

/** Bad as a whole payload. */
const BAD_WHOLE = BAD_NUMBERS.filter(([what]) => what !== "an empty array");

/** Payloads without end, no one of which can be read. */
export function* malformedPayloads(random: Random): Generator<Malformed> {
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  for (;;) {
    const kind = pick(KINDS);
    if (random() < 0.1) {
      const [what, make] = pick(BAD_WHOLE);
      const event = random() < 0.1 ? `Gateway${random()}\0\ud800` : kind.event;
      yield { event, args: wrapped(make(random), random()), what: `payload ${what}` };
      continue;
    }
    const [field, bad] = pick(Object.entries(kind.fields));
    const [what, make] = pick(bad);
    const row = kind.row();
    const throwing = random() < 0.02;
    if (throwing) Object.defineProperty(row, field, { get: trap, enumerable: true });
    else row[field] = make(random);
    const how = throwing ? "a getter that throws" : what;
    yield { event: kind.event, args: wrapped(row, random()), what: `${field} ${how}` };
  }
}

/** Bare, in an envelope, or in arrays of either. */
function wrapped(payload: unknown, chance: number): readonly unknown[] {
  if (chance < 0.4) return [payload];
  if (chance < 0.8) return [{ action: 1, data: payload }];
  return chance < 0.9 ? [[payload]] : [[{ action: 0, data: payload }, null]];
}
