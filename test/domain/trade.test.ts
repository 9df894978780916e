import { describe, expect, it } from "vitest";
import { type Price, parsePrice } from "../../src/domain/money.js";
import { averagePrice, closedFigures } from "../../src/domain/trade.js";
import { scenario } from "./scenario.js";

describe("the worst and the best of a trade", () => {
  scenario(
    "lie between its own prices when nothing else was seen",
    `before  buy 1 @ 5000.00
     fill    sell 1 @ 5004.00
     closed  1 @ 5000.00 +$20.00 seen 5000.00..5004.00
     trade   1 @ 5000.00 to 5004.00 +$20.00 worst +$0.00 best +$20.00
     after   flat`,
  );

  scenario(
    "come from every fill seen while a lot was open",
    `before  buy 1 @ 5000.00   buy 1 @ 4990.00   buy 1 @ 5008.00
     fill    sell 3 @ 5002.00
     closed  1 @ 5000.00 +$10.00 seen 4990.00..5008.00
             1 @ 4990.00 +$60.00 seen 4990.00..5008.00
             1 @ 5008.00 -$30.00 seen 5002.00..5008.00
     trade   3 @ 4999.333333333 to 5002.00 +$40.00 worst -$140.00 best +$130.00
     after   flat`,
  );

  scenario(
    "of a short are the other way round",
    `before  sell 2 @ 5000.00   sell 1 @ 5010.00
     fill    buy 3 @ 4995.00
     closed  2 @ 5000.00 +$50.00 seen 4995.00..5010.00
             1 @ 5010.00 +$75.00 seen 4995.00..5010.00
     trade   3 @ 5003.333333333 to 4995.00 +$125.00 worst -$100.00 best +$125.00
     after   flat`,
  );

  scenario(
    "of a loser that never was ahead",
    `before  buy 1 @ 5000.00
     fill    sell 1 @ 4998.00
     closed  1 @ 5000.00 -$10.00
     trade   1 @ 5000.00 to 4998.00 -$10.00 worst -$10.00 best +$0.00
     after   flat`,
  );

  scenario(
    "begin anew with the lot that a reversal opens",
    `before  buy 1 @ 4900.00
     fill    sell 2 @ 5000.00   buy 1 @ 4999.00
     closed  1 @ 4900.00 +$500.00 seen 4900.00..5000.00
             1 @ 5000.00 +$5.00 seen 4999.00..5000.00
     after   flat`,
  );
});

describe("averages", () => {
  const average = (...parts: readonly (readonly [number, string])[]) =>
    averagePrice(
      parts.map(([quantity, price]) => ({ quantity, price: parsePrice(price, "price") })),
      ({ price }) => price,
    );

  it("weigh by contracts", () => {
    expect(average([2, "5000"], [1, "5001"])).toBe(parsePrice("5000.333333333", "price"));
    expect(average([1, "-2"], [3, "2"])).toBe(parsePrice("1", "price"));
    expect(average([7, "5000.25"])).toBe(parsePrice("5000.25", "price"));
  });

  it("round half to even at the ninth decimal, on either side of zero", () => {
    const nano = 1 as Price;
    const halves = [
      [0, 1, 0],
      [1, 2, 2],
      [2, 3, 2],
      [-1, 0, 0],
      [-2, -1, -2],
    ] as const;
    for (const [a, b, rounded] of halves) {
      const parts = [a, b].map((price) => ({ quantity: 1, price: (price * nano) as Price }));
      expect(averagePrice(parts, ({ price }) => price)).toBe(rounded);
    }
  });

  it("of nothing are refused", () => {
    expect(() => closedFigures([], 1 as never)).toThrow(RangeError);
  });
});
