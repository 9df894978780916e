import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FillContent,
  type FillInput,
  type FillState,
  parseFill,
  settleStates,
} from "../../src/domain/fill.js";
import {
  contradictions,
  type FillVersion,
  foldVersions,
  isComplete,
  tellsAll,
} from "../../src/domain/fill-version.js";
import { fill, standIn } from "./order-fills.js";
import { MNQ } from "./order-reports.js";

describe("what is said of a fill", () => {
  const read = (told: Partial<FillInput>) =>
    parseFill(
      {
        accountId: "A",
        fillId: "7",
        orderId: "1",
        contract: "MNQU26",
        side: "buy",
        quantity: 1,
        price: 10.25,
        executedAt: "2026-08-19T14:00:00.1234567Z",
        ...told,
      },
      MNQ,
    );

  it("is kept exactly; unknown costs are not zero", () => {
    expect(read({ fee: 0 })).toMatchObject({
      side: "BUY",
      price: 10_250_000_000,
      commission: null,
      fee: 0,
      revision: 0,
      voided: false,
      standIn: false,
    });
    expect(read({}).executedAt % 1_000_000).toBe(123_456);
  });

  it("may be off the tick when it stands in for others, at their average", () => {
    expect(read({ price: "10.333333333", standIn: true }).price).toBe(10_333_333_333);
  });

  it.each<readonly [Partial<FillInput>, string]>([
    [{ quantity: 0 }, "quantity must be positive, was 0"],
    [{ quantity: -2 }, "quantity must be positive, was -2"],
    [{ quantity: 0.5 }, "quantity must be a whole number of contracts, was 0.5"],
    [{ quantity: Number.NaN }, "quantity must be a whole number of contracts, was NaN"],
    [{ quantity: "1" as never }, 'quantity must be a whole number of contracts, was "1"'],
    [{ price: 10.3 }, "price 10.3 is off the tick of MNQU26 (0.25)"],
    [{ price: Number.NaN }, "price must be a finite number, was NaN"],
    [{ price: "" }, 'price must be a decimal number, was ""'],
    [{ commission: "0.1234567" }, "commission has more than 6 decimals: 0.1234567"],
    [{ revision: -1 }, "revision must be a whole number from 0 or an instant, was -1"],
    [{ revision: "soon" }, "revision must be an ISO-8601 instant"],
    [{ fillId: "" }, "fill id must be 1-64 printable ASCII characters"],
    [{ executedAt: "2026-08-19" }, "execution time must be an ISO-8601 instant"],
  ])("cannot be %j", (told, message) => {
    expect(() => read(told)).toThrow(message);
    expect(() => read(told)).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("two tellings of a fill", () => {
  const { state: _, ...known } = { ...fill("7", 2, "10", 1), commission: null, fee: 0 as never };

  it("contradict where both know, and differ", () => {
    expect(contradictions(known, { ...known, price: 1 as never, quantity: 3 })).toEqual([
      "quantity",
      "price",
    ]);
    expect(contradictions(known, { ...known, commission: 5 as never, fee: null })).toEqual([]);
    expect(contradictions(known, { fee: 5 as never })).toEqual(["fee"]);
  });

  it("are one when the second adds nothing", () => {
    expect(tellsAll(known, { ...known, fee: null })).toBe(true);
    expect(tellsAll(known, { ...known, commission: 0 as never })).toBe(false);
  });
});

/** A version that tells some of the fields that its revision says. */
const FIELDS = ["quantity", "price", "commission", "fee", "executedAt", "orderId"] as const;
const anyVersion: fc.Arbitrary<FillVersion> = fc
  .record({
    revision: fc.nat({ max: 4 }),
    kind: fc.constantFrom("original", "correction", "correction", "void"),
    fields: fc.subarray([...FIELDS]),
  })
  .map(({ revision, kind, fields }) => ({
    accountId: fill("7", 1, "10", 1).accountId,
    fillId: fill("7", 1, "10", 1).fillId,
    standIn: false,
    revision,
    kind: kind as FillVersion["kind"],
    // Every field of a revision has one value, made of its number.
    content: Object.fromEntries(
      FIELDS.map((field, i) => [field, told(fields, field, revision, i)]),
    ),
    reason: null,
    source: "test",
  }));

function told(fields: readonly string[], field: string, revision: number, i: number) {
  return fields.includes(field) ? 1 + i + 10 * revision : null;
}

describe("the versions of a fill", () => {
  it("say the same together in any order, however often each comes", () => {
    const deliveries = fc.array(anyVersion, { minLength: 1, maxLength: 6 }).chain((versions) => {
      const length = versions.length * 2;
      const shuffled = fc.shuffledSubarray([...versions, ...versions], { minLength: length });
      return fc.tuple(fc.constant(versions), shuffled);
    });
    fc.assert(
      fc.property(deliveries, ([versions, delivered]) => {
        expect(foldVersions(delivered)).toEqual(foldVersions(versions));
      }),
      { numRuns: 500 },
    );
  });

  it("are the highest revision's, field by field, and void when any of them is", () => {
    fc.assert(
      fc.property(fc.array(anyVersion, { minLength: 1, maxLength: 6 }), (versions) => {
        const folded = foldVersions(versions);
        for (const field of FIELDS) {
          const knowing = versions.filter(({ content }) => (content[field] ?? null) !== null);
          const highest = Math.max(-1, ...knowing.map(({ revision }) => revision));
          const best = knowing.find(({ revision }) => revision === highest);
          expect(folded.content[field]).toEqual(best?.content[field]);
        }
        expect(folded.voided).toBe(versions.some(({ kind }) => kind === "void"));
      }),
    );
  });

  it("make a fill once all of its execution is known", () => {
    const { orderId, contractId, side, quantity, price, executedAt } = fill("7", 1, "10", 1);
    const whole: Partial<FillContent> = { orderId, contractId, side, quantity, price, executedAt };
    expect(isComplete(whole)).toBe(true);
    for (const field of Object.keys(whole)) {
      expect(isComplete({ ...whole, [field]: null })).toBe(false);
    }
  });
});

describe("a stand-in and the real fills of its order", () => {
  const real = (id: string, quantity: number, state: FillState = "booked") => ({
    ...fill(id, quantity, "10", 1),
    state,
  });
  const states = (...fills: Parameters<typeof settleStates>[0]) =>
    settleStates(fills).map(({ state }) => state);

  it.each([
    ["alone, it counts", [standIn(3, "10")], ["booked"]],
    ["real fills alone count", [real("1", 1), real("2", 2)], ["booked", "booked"]],
    ["some real fills wait", [standIn(3, "10"), real("2", 2)], ["booked", "held"]],
    [
      "all real fills take its place",
      [standIn(3, "10"), real("2", 2), real("3", 1)],
      ["withdrawn", "booked", "booked"],
    ],
    [
      "more than all do so too",
      [real("2", 2), real("3", 2), standIn(3, "10")],
      ["booked", "booked", "withdrawn"],
    ],
    [
      "a void fill has come all the same",
      [standIn(3, "10"), real("2", 2, "void"), real("3", 1)],
      ["withdrawn", "void", "booked"],
    ],
    [
      "a void stand-in lets the others count",
      [{ ...standIn(3, "10"), state: "void" as const }, real("2", 1)],
      ["void", "booked"],
    ],
    [
      "it comes back when a fill leaves the order",
      [{ ...standIn(3, "10"), state: "withdrawn" as const }, real("2", 2)],
      ["booked", "held"],
    ],
    ["an import's rows are taken in", [real("2", 2, "unmatched")], ["booked"]],
  ])("%s", (_, fills, expected) => {
    expect(states(...fills)).toEqual(expected);
    expect(states(...[...fills].reverse())).toEqual([...expected].reverse());
    expect(settleStates(settleStates(fills))).toEqual(settleStates(fills));
  });

  it("are the same rows where nothing changes", () => {
    const settled = settleStates([standIn(3, "10"), real("2", 2)]);
    const again = settleStates(settled);
    expect(again.every((row, i) => row === settled[i])).toBe(true);
  });
});
