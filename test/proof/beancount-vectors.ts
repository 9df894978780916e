import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import type { OpenStore } from "./imported.js";
import { readShared } from "./shared-data.js";
import { bookVector, type VectorFill } from "./vector-account.js";

interface Case {
  readonly name: string;
  readonly input: { readonly openLots: readonly Lot[]; readonly exits: readonly Exit[] };
  readonly expected: Expected;
}
interface Lot {
  readonly id: number;
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly price: number;
  readonly time: string;
}
interface Exit {
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly price?: number;
}
interface Expected {
  readonly method: "FIFO" | "LIFO";
  readonly error?: string;
  readonly consumedLots?: readonly Slice[];
  readonly closed?: readonly Slice[];
  readonly remainingLots?: readonly { readonly quantity: number; readonly price: number }[];
  readonly remaining?: readonly { readonly quantity: number; readonly price: number }[];
  readonly consumedCost?: number;
  readonly remainingCost?: number;
  readonly derived?: { readonly ifExitPrice: number; readonly realisedPnl: number };
}
interface Slice {
  readonly quantity: number;
  readonly entryPrice: number;
  readonly entryTime: string;
}

const PRODUCT = { tickSize: "0.01", pointValue: "1" };
const EXIT_PRICE = 120;

/**
 * Beancount's FIFO bookings: the lots are told out of the order of their dates, as upstream does
 * on purpose. Eleven of its cases are FIFO. Eight fit as they stand; in two it refuses a sale
 * beyond what is held, where we reverse; in one it books a quantity of 0, which we refuse.
 */
export function describeBeancount(open: OpenStore): void {
  // The shape of the file is told in its README.
  const file = JSON.parse(readShared("vectors/beancount_booking.json")) as {
    readonly cases: readonly Case[];
  };
  const cases = file.cases.filter((one) => one.expected.method === "FIFO");
  const empty = cases.filter((one) => one.input.exits.some((exit) => exit.quantity === 0));
  const beyond = cases.filter((one) => one.expected.error !== undefined);
  const fitting = cases.filter((one) => !empty.includes(one) && !beyond.includes(one));

  describe("beancount, FIFO", () => {
    let blotter: Blotter;
    beforeAll(async () => {
      blotter = await open();
    });
    afterAll(() => blotter?.close());

    it("has 11 cases: 8 that fit, 2 converted to a reversal, 1 to a refusal", () => {
      expect([fitting.length, beyond.length, empty.length]).toEqual([8, 2, 1]);
    });

    it.each(fitting.map((one, index) => [one.name, one, `BC${index}`] as const))(
      "%s",
      async (_, one, account) => {
        const { closed, left } = await bookVector(blotter, account, fillsOf(one), PRODUCT);
        const { consumedLots, remainingLots, derived } = one.expected;
        expect(closed.map(sliceOf)).toEqual(consumedLots ?? one.expected.closed);
        expect(left.map(({ quantity, price }) => ({ quantity, price }))).toEqual(
          byDate(remainingLots ?? one.expected.remaining ?? [], one),
        );
        const costs = {
          consumedCost: cost(closed, "entryPrice"),
          remainingCost: cost(left, "price"),
        };
        if (consumedLots) expect(one.expected).toMatchObject(costs);
        if (derived) {
          expect(derived.ifExitPrice).toBe(EXIT_PRICE);
          const gross = closed.reduce((sum, slice) => sum + slice.grossPnl, 0);
          expect(cents(gross)).toBe(derived.realisedPnl);
        }
      },
    );

    it.each(beyond.map((one, index) => [one.name, one, `BR${index}`] as const))(
      "%s, converted: a sale beyond the lots closes all of them and opens the rest short",
      async (_, one, account) => {
        const { closed, left } = await bookVector(blotter, account, fillsOf(one), PRODUCT);
        const held = quantity(one.input.openLots);
        expect(quantity(closed)).toBe(held);
        const rest = quantity(one.input.exits) - held;
        expect(left).toMatchObject([{ direction: "short", quantity: rest, price: EXIT_PRICE }]);
      },
    );

    it.each(empty.map((one, index) => [one.name, one, `BE${index}`] as const))(
      "%s, converted: a quantity of 0 is refused, and the lots stay as they are",
      async (_, one, account) => {
        const exits = fillsOf(one).slice(one.input.openLots.length);
        await bookVector(blotter, account, fillsOf(one).slice(0, -exits.length), PRODUCT);
        for (const { id, time, ...fill } of exits) {
          const input = { ...fill, accountId: account, fillId: id, orderId: id, contract: account };
          await expect(
            blotter.orders.recordFill({ ...input, executedAt: time }),
          ).rejects.toMatchObject({ code: "invalid", message: /quantity must be positive, was 0/ });
        }
        const [position] = await blotter.positions.open({ account });
        expect(position?.quantity).toBe(quantity(one.input.openLots));
        expect(await blotter.trades.matches({ account })).toEqual([]);
      },
    );
  });
}

/** The lots as they are listed, then the exits, a day apart, after the last lot. */
function fillsOf(one: Case): readonly VectorFill[] {
  const { openLots, exits } = one.input;
  const newest = Math.max(...openLots.map((lot) => Date.parse(lot.time)));
  return [
    ...openLots.map((lot) => ({ ...lot, id: String(lot.id) })),
    ...exits.map((exit, index) => ({
      price: EXIT_PRICE,
      ...exit,
      id: `exit-${index}`,
      time: new Date(newest + (index + 1) * 86_400_000).toISOString(),
    })),
  ];
}

function sliceOf(slice: Slice): Slice {
  const { quantity, entryPrice, entryTime } = slice;
  return { quantity, entryPrice, entryTime };
}

/** Upstream lists what is left as it listed the lots; ours come oldest first. */
function byDate(
  lots: readonly { readonly quantity: number; readonly price: number }[],
  one: Case,
): readonly { readonly quantity: number; readonly price: number }[] {
  const time = (price: number) =>
    one.input.openLots.find((lot) => lot.price === price)?.time ?? "9999";
  return [...lots]
    .sort((a, b) => (time(a.price) < time(b.price) ? -1 : 1))
    .map(({ quantity, price }) => ({ quantity, price }));
}

function cost<K extends string>(
  rows: readonly (Readonly<Record<K, number>> & { readonly quantity: number })[],
  price: K,
): number {
  return cents(rows.reduce((sum, row) => sum + row.quantity * row[price], 0));
}

const quantity = (rows: readonly { readonly quantity: number }[]): number =>
  rows.reduce((sum, row) => sum + row.quantity, 0);

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;
