import { describe, expect, it } from "vitest";
import {
  exposureAfter,
  exposureAt,
  heldUnits,
  type OpenExposure,
  unrealisedOf,
} from "../../../src/domain/compliance/exposure.js";
import { parseMoney, parsePrice } from "../../../src/domain/money.js";
import { DOLLAR } from "./rule-ledger.js";

const fill = (open: readonly OpenExposure[], quantity: number, price: number, gross = 0) =>
  exposureAfter(open, DOLLAR, {
    quantity,
    price: parsePrice(price, "price"),
    gross: parseMoney(gross, "gross"),
  });
const worth = (open: readonly OpenExposure[], price: number) =>
  unrealisedOf(exposureAt(open, DOLLAR.contractId, parsePrice(price, "price"))) / 1e6;

describe("exposure", () => {
  it("is worth what is left of it: what a partial close realised is no longer open", () => {
    const three = fill(fill([], 2, 100), 1, 110);
    expect(worth(three, 120)).toBe(50);
    // First in, first out: both at 100 are closed, for 20 each.
    const one = fill(three, -2, 120, 40);
    expect(one.map(({ quantity }) => quantity)).toEqual([1]);
    expect(worth(one, 120)).toBe(10);
    expect(worth(one, 100)).toBe(-10);
  });

  it("turns round in one fill, and is gone when it is flat", () => {
    const long = fill([], 1, 100);
    const short = fill(long, -3, 90, -10);
    expect(short.map(({ quantity }) => quantity)).toEqual([-2]);
    expect(worth(short, 90)).toBe(0);
    expect(worth(short, 80)).toBe(20);
    expect(fill(short, 2, 85, 10)).toEqual([]);
  });

  it("weighs a mini as ten micros, long and short alike", () => {
    const open = [
      ...fill([], -3, 1).map((row) => ({ ...row, root: "MNQ" })),
      ...fill([], 2, 1).map((row) => ({ ...row, root: "ES" })),
    ];
    expect(heldUnits(open, 10)).toBe(23);
  });
});
