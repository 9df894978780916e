import { describe, expect, test } from "vitest";
import { readSnapshotFiles } from "../../../src/brokers/projectx/snapshot-files.js";
import { formatInstant, parseInstant } from "../../../src/domain/instant.js";
import { accountRow, orderRow, positionRow, tradeRow } from "../../cli/projectx-files.js";

const NOW = parseInstant("2026-09-01T00:00:00Z", "now");

const read = (...contents: readonly unknown[]) =>
  readSnapshotFiles(
    contents.map((content, i) => ({ name: `${i + 1}.json`, open: () => once(content) })),
    NOW,
  );

async function* once(content: unknown): AsyncIterable<string> {
  yield typeof content === "string" ? content : JSON.stringify(content);
}

/** What is told of account 7. */
async function told(...contents: readonly unknown[]) {
  const history = (await read(...contents)).get("7");
  if (history === undefined) throw new Error("account 7 is not named");
  return history;
}

describe("files of the gateway's rows", () => {
  test("of any kind, bare or in an envelope, are one history of an account", async () => {
    const history = await told(
      { orders: [orderRow(1, 1), orderRow(2, 5)], success: true },
      [tradeRow(1, 1), tradeRow(2, 5)],
      { positions: [positionRow()], success: true },
      [accountRow(50_000)],
    );
    expect(history.orders.map((event) => event.kind)).toEqual(["order", "order"]);
    expect(history.fills.map((event) => event.kind)).toEqual(["fill", "fill"]);
    expect(history).toMatchObject({ tellsOrders: true, tellsFills: true });
    expect(history.positions).toMatchObject([{ accountId: "7", side: "LONG", quantity: 1 }]);
    expect(history.accounts).toMatchObject([{ accountId: "7", balance: 50_000 }]);
  });

  test("speak of the time that both orders and fills span, and end just after the newest", async () => {
    const { from, to } = await told(
      [orderRow(1, 1), orderRow(9, 40)],
      [tradeRow(3, 10), tradeRow(2, 5)],
    );
    expect(formatInstant(from)).toBe("2026-08-19T14:05:00Z");
    expect(formatInstant(to)).toBe("2026-08-19T14:10:00.000001Z");
    const apart = await told([orderRow(1, 1)], [tradeRow(3, 10)]);
    expect(apart.to).toBe(apart.from);
    expect(await told([positionRow()])).toMatchObject({ from: NOW, to: NOW });
  });

  test("say nothing of what they do not hold", async () => {
    expect(await told([tradeRow(1, 1)])).toMatchObject({
      tellsOrders: false,
      tellsFills: true,
      positions: null,
      accounts: null,
    });
  });

  test("an empty answer of positions is flat for the one account that the others name", async () => {
    const none = { positions: [], success: true };
    expect((await told([tradeRow(1, 1)], none)).positions).toEqual([]);
    const other = tradeRow(2, 2, { accountId: 8 });
    expect((await told([tradeRow(1, 1), other], none)).positions).toBeNull();
    expect((await told([accountRow(1)], none)).positions).toEqual([]);
  });

  test("keep a row that cannot be read as what it is", async () => {
    const { orders } = await told([orderRow(1, 1), orderRow(2, 2, { size: 0 })]);
    expect(orders.map((event) => event.kind)).toEqual(["order", "unreadable"]);
  });

  test.each([
    ["a refused request", { success: false, errorCode: 3, errorMessage: "no" }, /refused.*"no"/],
    ["another envelope", { name: 1 }, /2\.json must be an array/],
    ["rows of another kind", [{ tickSize: 1 }], /2\.json, row 1 is no order/],
    ["rows of nobody", [orderRow(1, 1, { accountId: null })], /2\.json, row 1: accountId/],
    ["a position of no side", [positionRow({ type: 0 })], /2\.json, row 1: .*which side/],
    ["an account without a balance", [{ ...accountRow(1), balance: null }], /balance is missing/],
    ["no JSON", "[1, 2", /cut off/],
  ])("are refused with the place of %s", async (_what, content, message) => {
    await expect(read([tradeRow(1, 1)], content)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(message),
    });
  });
});
