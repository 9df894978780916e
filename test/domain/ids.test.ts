import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountId,
  compareText,
  type FillId,
  fillId,
  fillKey,
  orderId,
  show,
} from "../../src/domain/ids.js";

const printable = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength: 64 })
  .map((codes) => String.fromCharCode(...codes))
  .filter((id) => !/^0\d+$/.test(id));

describe("an id", () => {
  it("is the broker's, verbatim", () => {
    fc.assert(
      fc.property(printable, (id) => {
        expect([accountId(id), orderId(id), fillId(id)]).toEqual([id, id, id]);
      }),
    );
    expect(fillId("PRAC V2 / 1")).toBe("PRAC V2 / 1");
    expect(orderId("0")).toBe("0");
    expect(orderId("0a1")).toBe("0a1");
    expect(orderId("x".repeat(64))).toHaveLength(64);
  });

  it.each(["", "x".repeat(65), " 1", "1 ", "a\nb", "a\tb", "é", "a\u0000b", 12, null, undefined])(
    "cannot be %j",
    (id) => {
      expect(() => orderId(id)).toThrow("order id must be 1-64 printable ASCII characters, was ");
    },
  );

  it.each(["00", "007", "0000000000000000000001"])("of digits cannot begin with 0: %s", (id) => {
    expect(() => fillId(id)).toThrow(`fill id has leading zeros: ${id}`);
  });

  it("that is wrong is named after what it is of", () => {
    expect(() => accountId("")).toThrow(
      'account id must be 1-64 printable ASCII characters, was ""',
    );
    expect(() => orderId("", "parent order id")).toThrow("parent order id must be");
  });
});

describe("the order of fills of one instant", () => {
  const sorted = (...ids: readonly string[]) =>
    ids
      .map((id) => ({ id, key: fillKey(fillId(id), false) }))
      .sort((a, b) => compareText(a.key, b.key))
      .map(({ id }) => id);

  it("is by number for digits, which come before all else, by bytes for the rest", () => {
    const ordered = ["0", "9", "10", "99", "100", "-1", "1-a", "10a", "A", "B", "Z9", "a", "~"];
    expect(sorted(...[...ordered].reverse())).toEqual(ordered);
  });

  it("is that of the numbers, however long", () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 64n - 1n });
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const [x, y] = [a, b].map((n) => fillKey(fillId(String(n)), false));
        expect(Math.sign(compareText(String(x), String(y)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it("never makes two fills one, nor a stand-in and a fill of its id", () => {
    fc.assert(
      fc.property(printable, printable, fc.boolean(), fc.boolean(), (a, b, x, y) => {
        const same = a === b && x === y;
        expect(fillKey(a as FillId, x) === fillKey(b as FillId, y)).toBe(same);
      }),
    );
    expect(fillKey(fillId("7"), true)).not.toBe(fillKey(fillId("7"), false));
  });
});

describe("a value in a message", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);

  it.each([
    [5, "5"],
    [Number.NaN, "NaN"],
    [7n, "7"],
    ["a\u0000b", '"a\\u0000b"'],
    [undefined, "undefined"],
    [{ a: 1 }, '{"a":1}'],
    [{ a: 1n }, "(a value that cannot be written as JSON)"],
    [cycle, "(a value that cannot be written as JSON)"],
    ["x".repeat(99), `"${"x".repeat(96)}...`],
    ["x".repeat(10_000_000), `"${"x".repeat(96)}...`],
    [`${"\u{1f600}".repeat(99)}`, `"${"\u{1f600}".repeat(48)}...`],
    [`a${"\u{1f600}".repeat(99)}`, `"a${"\u{1f600}".repeat(47)}...`],
  ])("%# is quoted, short, and whole characters", (value, text) => expect(show(value)).toBe(text));
});
