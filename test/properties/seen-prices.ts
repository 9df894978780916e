import fc from "fast-check";
import type { Blotter } from "../../src/index.js";
import { isoOf } from "../oracle/oracle-fill.js";
import { pick, priceText } from "./deliveries.js";
import { CONTRACTS, MOMENTS, place } from "./ledger-world.js";

/** Prices of the market that are seen between the messages of a world, late ones among them. */
export const seenPrices = fc.array(
  fc.record({
    kind: fc.constant("price" as const),
    at: place,
    market: fc.oneof(fc.constant(0), fc.nat({ max: CONTRACTS.length - 1 })),
    moment: fc.nat({ max: MOMENTS.length - 1 }),
    ticks: fc.integer({ min: -4, max: 4 }),
  }),
  { maxLength: 12, size: "max" },
);

type SeenPrice = typeof seenPrices extends fc.Arbitrary<readonly (infer Price)[]> ? Price : never;

/** Each of the accounts that holds the contract sees it. */
export async function seePrice(
  blotter: Blotter,
  { market, moment, ticks }: SeenPrice,
  accounts: readonly string[],
): Promise<void> {
  const of = pick(CONTRACTS, market);
  const mark = {
    contract: of.symbol,
    price: priceText(of, ticks),
    at: isoOf(pick(MOMENTS, moment)),
  };
  for (const account of accounts) await blotter.marks.record(mark, account);
}
