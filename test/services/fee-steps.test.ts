import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter, plainFill, plainTrade } from "../../src/index.js";
import { FailingStore } from "../contract/failing-store.js";
import { numberedFill } from "../contract/numbered-fills.js";

const ACCOUNT = "A";
/** More than two pages of a restatement. */
const FILLS = 2_300;
const TABLE = { broker: "desk", root: "MNQ", validFrom: "2026-08-01", feePerSide: "0.123457" };

describe("a fee table for many fills", () => {
  let blotter: Blotter;
  let store: FailingStore;

  beforeAll(async () => {
    blotter = await createBlotter({ url: ":memory:" });
    await blotter.accounts.open({ accountId: ACCOUNT });
    const numbers = Array.from({ length: FILLS }, (_, n) => n);
    await Promise.all(numbers.map((n) => blotter.orders.recordFill(numberedFill(ACCOUNT, "w", n))));
    store = new FailingStore(blotter.store);
  }, 60_000);
  afterAll(() => blotter.close());

  const unfinished = async () =>
    new Set((await blotter.trades.verify(ACCOUNT)).map(({ table }) => table));

  it("restates them in steps; what is cut off is named by verify, and finished by the same call", async () => {
    const own = await createBlotter({ store });
    store.failAfter(5_000);
    await own.fees.set(TABLE);
    await expect(own.fees.use(ACCOUNT, "desk")).rejects.toThrow("cut off");
    expect(await unfinished()).toEqual(new Set(["fills"]));
    const begun = (await blotter.orders.fills()).filter((fill) => fill.modelledFee !== null);
    // Whole steps, and not all of them.
    expect([1_000, 2_000]).toContain(begun.length);

    store.failAfter(Number.POSITIVE_INFINITY);
    expect(await own.fees.use(ACCOUNT, "desk")).toEqual({
      accounts: [ACCOUNT],
      fills: FILLS - begun.length,
    });
    expect(await unfinished()).toEqual(new Set());
    const fills = await blotter.orders.fills();
    for (const { quantity, modelledFee } of fills) expect(modelledFee).toBe(123_457 * quantity);
    await own.close();
  }, 60_000);

  it("leaves the books as if the table had been there before the first fill", async () => {
    const before = await createBlotter({ url: ":memory:" });
    await before.accounts.open({ accountId: ACCOUNT });
    await before.fees.set(TABLE);
    await before.fees.use(ACCOUNT, "desk");
    const numbers = Array.from({ length: FILLS }, (_, n) => n);
    await Promise.all(numbers.map((n) => before.orders.recordFill(numberedFill(ACCOUNT, "w", n))));
    const rows = async ({ orders, trades, accounts }: Blotter) => [
      (await orders.fills()).map(plainFill),
      (await trades.trades()).map(plainTrade),
      await accounts.days(ACCOUNT),
    ];
    expect(await rows(blotter)).toEqual(await rows(before));
    await before.close();
  }, 60_000);
});
