import fc from "fast-check";
import type { Blotter, FeeInput } from "../../src/index.js";
import { MONEY_DECIMALS, toText, toUnits } from "../oracle/exact.js";
import { type OracleFill, sessionDay } from "../oracle/oracle-fill.js";
import type { Delivery } from "./deliveries.js";
import { deliver } from "./tell.js";

/** Root, first day, commission and fee per side: what the table of a world says at its end. */
const FINAL = [
  ["MNQ", "2026-03-01", "0.333333", "0.37"],
  ["MNQ", "2026-03-09", "0.25", "0.36"],
  ["6J", "2026-03-09", null, "1.62"],
  ["MCL", "2026-03-07", "0.125", null],
] as const;

/** Where in the story the accounts ask for the table, and where each entry gets its last figures. */
export const feeMoments = fc.record({
  asked: fc.array(fc.nat({ max: 999 }), { minLength: 2, maxLength: 2 }),
  settled: fc.array(fc.nat({ max: 999 }), { minLength: FINAL.length, maxLength: FINAL.length }),
});

interface Moments {
  readonly asked: readonly number[];
  readonly settled: readonly number[];
}

/** Hands a story over, and in between sets the fee table of its accounts, each entry wrong at first. */
export async function deliverWithFees(
  blotter: Blotter,
  story: readonly Delivery[],
  accounts: readonly string[],
  { asked, settled }: Moments,
): Promise<void> {
  const broker = brokerOf(accounts);
  await blotter.fees.set(entry(broker, 0, { commissionPerSide: "9", feePerSide: "9" }));
  const doings = [
    ...accounts.map((account, i) => ({
      at: asked[i] ?? 0,
      run: () => blotter.fees.use(account, broker),
    })),
    ...FINAL.map(([, , commissionPerSide, feePerSide], i) => ({
      at: settled[i] ?? 0,
      run: () => blotter.fees.set(entry(broker, i, { commissionPerSide, feePerSide })),
    })),
    ...story.map((message) => ({ at: message.at, run: () => deliver(blotter, message) })),
  ];
  for (const doing of doings.sort((a, b) => a.at - b.at)) await doing.run();
}

function entry(broker: string, index: number, figures: Partial<FeeInput>): FeeInput {
  const [root = "", validFrom = ""] = FINAL[index] ?? [];
  return { broker, root, validFrom, ...figures };
}

const brokerOf = (accounts: readonly string[]) => `fees-${accounts[0]}`;

/** A fill as the oracle reads it, with what the table says in the end. */
export function modelledFor(accounts: readonly string[]): (fill: OracleFill) => OracleFill {
  return (fill) => {
    if (!accounts.includes(fill.accountId)) return fill;
    const day = sessionDay(fill.executedAt);
    const valid = FINAL.filter(([root, from]) => root === fill.root && from <= day);
    const [, , commission = null, fee = null] = valid.at(-1) ?? [];
    const times = (perSide: string | null) =>
      perSide === null
        ? null
        : toText(toUnits(perSide, MONEY_DECIMALS) * BigInt(fill.quantity), MONEY_DECIMALS);
    return { ...fill, modelled: { commission: times(commission), fee: times(fee) } };
  };
}
