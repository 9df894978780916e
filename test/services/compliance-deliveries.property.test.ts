import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter, type FillInput } from "../../src/index.js";
import { freshAccount } from "../contract/fresh-account.js";
import { RiskDesk } from "../contract/risk-desk.js";

let blotter: Blotter;
beforeAll(async () => {
  blotter = await createBlotter({ url: ":memory:" });
});
afterAll(() => blotter.close());

interface Trade {
  readonly day: number;
  readonly minute: number;
  readonly dollars: number;
  readonly contract: "MNQU26" | "MESU26";
}

const trades = fc.array(
  fc.record<Trade>({
    day: fc.integer({ min: 3, max: 6 }),
    minute: fc.integer({ min: 0, max: 59 }),
    dollars: fc.integer({ min: -12, max: 12 }).map((hundreds) => hundreds * 100),
    contract: fc.constantFrom("MNQU26", "MESU26"),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A buy and a sale a second later, each at its place in time. */
function fillsOf(account: string, list: readonly Trade[]): readonly FillInput[] {
  return list.flatMap(({ day, minute, dollars, contract }, i) => {
    const at = (second: number) =>
      `2026-08-0${day}T15:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")}Z`;
    const pointValue = contract === "MNQU26" ? 2 : 5;
    const what = { accountId: account, contract, quantity: 1, commission: 0, fee: 0 } as const;
    const id = (n: number) => String(1_000 + 2 * i + n);
    const entry = { fillId: id(0), orderId: id(0), executedAt: at(2 * i), price: 6_000 };
    const exit = { fillId: id(1), orderId: id(1), executedAt: at(2 * i + 1) };
    return [
      { ...what, ...entry, side: "buy" },
      { ...what, ...exit, side: "sell", price: 6_000 + dollars / pointValue },
    ];
  });
}

async function judged(fills: (account: string) => readonly FillInput[]) {
  const desk = new RiskDesk(blotter, await freshAccount(blotter));
  await blotter.rules.set(desk.account, { name: "topstep-combine-50k-dll" });
  for (const fill of fills(desk.account)) await blotter.orders.recordFill(fill);
  return desk;
}

const stateOf = async (desk: RiskDesk) =>
  (await desk.days()).map(({ accountId: _, ...day }) => day);

/** What stands in the log: found, and not restated since. */
async function standing(desk: RiskDesk): Promise<readonly string[]> {
  const log = await desk.log();
  const gone = new Set(log.map((entry) => entry.refersTo));
  return log
    .filter((entry) => entry.refersTo === null && !gone.has(entry.eventKey))
    .map(({ tradingDay, eventType, threshold }) => `${tradingDay} ${eventType} ${threshold}`)
    .sort();
}

const inOrder = (fills: readonly FillInput[]) =>
  [...fills].sort((a, b) => (String(a.executedAt) < String(b.executedAt) ? -1 : 1));

describe("an account under rules", () => {
  it("in order, however often each fill is told, has one log and one state", async () => {
    await fc.assert(
      fc.asyncProperty(trades, fc.array(fc.nat(15)), async (list, repeats) => {
        const clean = await judged((account) => inOrder(fillsOf(account, list)));
        const again = await judged((account) => {
          const fills = inOrder(fillsOf(account, list));
          return fills.flatMap((fill, i) => [
            fill,
            ...repeats.filter((n) => n <= i).flatMap((n) => fills[n] ?? []),
          ]);
        });
        expect(await stateOf(again)).toEqual(await stateOf(clean));
        expect(await again.keys()).toEqual(await clean.keys());
      }),
      { numRuns: 12 },
    );
  });

  it("late, in any order, has the state of the clean run, and what stands in the log is the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        trades.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(
              list.flatMap((_, i) => [2 * i, 2 * i + 1]),
              { minLength: 2 * list.length },
            ),
          ),
        ),
        async ([list, order]) => {
          const clean = await judged((account) => inOrder(fillsOf(account, list)));
          const late = await judged((account) => {
            const fills = fillsOf(account, list);
            return order.flatMap((n) => fills[n] ?? []);
          });
          expect(await stateOf(late)).toEqual(await stateOf(clean));
          expect(await standing(late)).toEqual(await standing(clean));
          expect(await late.verify()).toEqual([]);
          const before = await stateOf(late);
          await blotter.trades.rebuild(late.account);
          expect(await stateOf(late)).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});
