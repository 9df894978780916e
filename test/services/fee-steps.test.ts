import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter, plainFill, plainTrade } from "../../src/index.js";
import type { Repositories } from "../../src/ports/repositories.js";
import type { Store, WriteScope } from "../../src/ports/store.js";
import { numberedFill } from "../contract/numbered-fills.js";

const ACCOUNT = "A";
/** More than one page of a restatement. */
const FILLS = 1_200;
const TABLE = { broker: "desk", root: "MNQ", validFrom: "2026-08-01", feePerSide: "0.123457" };

describe("a fee table for many fills", () => {
  let blotter: Blotter;
  let store: CutStore;

  beforeAll(async () => {
    blotter = await createBlotter({ url: ":memory:" });
    await blotter.accounts.open({ accountId: ACCOUNT });
    const numbers = Array.from({ length: FILLS }, (_, n) => n);
    await Promise.all(numbers.map((n) => blotter.orders.recordFill(numberedFill(ACCOUNT, "w", n))));
    store = new CutStore(blotter.store);
  }, 60_000);
  afterAll(() => blotter.close());

  const unfinished = async () =>
    new Set((await blotter.trades.verify(ACCOUNT)).map(({ table }) => table));

  it("restates them in steps; what is cut off is named by verify, and finished by the same call", async () => {
    const own = await createBlotter({ store });
    await own.fees.set(TABLE);
    // The account's choice, and the first step.
    store.writesLeft = 2;
    await expect(own.fees.use(ACCOUNT, "desk")).rejects.toThrow("cut off");
    expect(await unfinished()).toEqual(new Set(["fills"]));
    const begun = (await blotter.orders.fills()).filter((fill) => fill.modelledFee !== null);
    // A whole step, and nothing of the next.
    expect(begun.length).toBe(1_000);

    store.writesLeft = Number.POSITIVE_INFINITY;
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

/** A store that goes away after some units of work. */
class CutStore implements Store {
  writesLeft = Number.POSITIVE_INFINITY;

  constructor(private readonly inner: Store) {}

  get capabilities() {
    return this.inner.capabilities;
  }

  async write<T>(scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T> {
    if (this.writesLeft <= 0) throw new Error("cut off");
    this.writesLeft -= 1;
    return this.inner.write(scope, work);
  }

  read: Store["read"] = (query) => this.inner.read(query);
  inspect: Store["inspect"] = () => this.inner.inspect();

  /** The store inside belongs to the test. */
  async close(): Promise<void> {}
}
