import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  divideHalfEven,
  exactSum,
  formatFixed,
  parseFixed,
  scaledProduct,
} from "../../src/domain/decimal.js";
import { MONEY_SCALE, PRICE_SCALE, parseMoney, parsePrice } from "../../src/domain/money.js";
import { anyMoney, anyPrice } from "./exact-amounts.js";

const read = (value: string | number, scale = 6) => parseFixed(value, scale, "amount");

describe("text and back", () => {
  it.each([
    ["money to a billion dollars, six decimals", anyMoney, MONEY_SCALE],
    ["prices to a million points, nine decimals", anyPrice, PRICE_SCALE],
  ] as const)("loses nothing: %s", (_, amounts, scale) => {
    fc.assert(
      fc.property(amounts, (fixed) => {
        const text = formatFixed(fixed, scale);
        expect(parseFixed(text, scale, "amount")).toBe(fixed);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [5, 7, "0.0000005"],
    [-5, 7, "-0.0000005"],
    [0, 6, "0"],
    [-1_500_000, 6, "-1.5"],
    [1_000_000, 6, "1"],
    [10_000_000, 6, "10"],
    [1_000_000_000_000_000, 6, "1000000000"],
  ])("%i at scale %i is %s", (fixed, scale, text) => {
    expect(formatFixed(fixed, scale)).toBe(text);
  });

  it.each([
    ["1", 1_000_000],
    ["+1.50", 1_500_000],
    ["-.5", -500_000],
    ["7.", 7_000_000],
    [" 0012.25 ", 12_250_000],
    ["1e3", 1_000_000_000],
    ["5e-7", null],
    ["25E-2", 250_000],
    ["0.1234560000", 123_456],
    ["-0", 0],
    ["-0.0000000001", null],
  ])("%j reads as %s millionths", (text, fixed) => {
    if (fixed === null) expect(() => read(text)).toThrow("amount has more than 6 decimals");
    else expect(read(text)).toBe(fixed);
  });
});

describe("numbers", () => {
  it("are taken with the noise of binary arithmetic", () => {
    expect(parsePrice(4396.900000000001, "price")).toBe(parsePrice("4396.9", "price"));
    expect(parsePrice(0.1 + 0.2, "price")).toBe(parsePrice("0.3", "price"));
    expect(parseMoney(1.1 * 3, "pnl")).toBe(3_300_000);
    expect(parseMoney(-0, "pnl")).toBe(0);
    expect(Object.is(parseMoney(-0, "pnl"), 0)).toBe(true);
  });

  it("are refused with digits that are no noise", () => {
    expect(() => parseMoney(0.1234567, "fee")).toThrow("fee has more than 6 decimals: 0.1234567");
    expect(() => parsePrice(1e-10, "price")).toThrow("price has more than 9 decimals: 1e-10");
    expect(() => parsePrice(4396.9000001234, "price")).toThrow("more than 9 decimals");
  });

  it("are the same as their text, for every amount that has one", () => {
    fc.assert(
      fc.property(anyMoney, (fixed) => {
        expect(parseMoney(Number(formatFixed(fixed, MONEY_SCALE)), "amount")).toBe(fixed);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is no amount", () => {
  it.each(["", " ", ".", "-", "abc", "1,5", "1.2.3", "0x10", "1e", "Infinity", "NaN", "--1", "$1"])(
    "%j is refused as no decimal",
    (text) => {
      expect(() => read(text)).toThrow(
        `amount must be a decimal number, was ${JSON.stringify(text)}`,
      );
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "%s is refused as not finite",
    (value) => {
      expect(() => read(value)).toThrow(`amount must be a finite number, was ${value}`);
    },
  );

  it.each(["1e400", "1e100", "99999999999", "-99999999999", 1e21])(
    "%s is out of range",
    (value) => {
      expect(() => read(value)).toThrow(`amount is out of range: ${value}`);
    },
  );

  it("has the code invalid", () => {
    expect(() => read("abc")).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("arithmetic", () => {
  it("rounds half to even, on either side of zero", () => {
    const tenths = [-25n, -15n, -5n, -4n, 4n, 5n, 6n, 15n, 25n, 35n, 36n];
    const rounded = tenths.map((n) => Number(divideHalfEven(n, 10n)));
    expect(rounded).toEqual([-2, -2, 0, 0, 0, 0, 1, 2, 2, 4, 4]);
  });

  it("rounds to the nearest, and ties to even, for any fraction", () => {
    const numerator = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const divisor = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(numerator, divisor, (n, d) => {
        const q = divideHalfEven(n, d);
        const twiceOff = 2n * (n - q * d);
        const off = twiceOff < 0n ? -twiceOff : twiceOff;
        expect(off < d || (off === d && q % 2n === 0n)).toBe(true);
      }),
    );
  });

  it("multiplies exactly where a double could not", () => {
    const factors = [999_999_999_999_999, 7, 1_000_000];
    expect(scaledProduct(factors, 1_000_000, "P&L")).toBe(6_999_999_999_999_993);
    expect(scaledProduct([3, 5], 10, "P&L")).toBe(2);
    expect(scaledProduct([-3, 5], 10, "P&L")).toBe(-2);
    expect(Object.is(scaledProduct([0, -5], 10, "P&L"), 0)).toBe(true);
  });

  it("refuses results that are no longer exact", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(exactSum(most - 1, 1)).toBe(most);
    expect(() => exactSum(most, 1)).toThrow("sum is out of range");
    expect(() => scaledProduct([most, 2], 1, "P&L")).toThrow("P&L is out of range");
  });
});
