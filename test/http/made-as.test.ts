import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "../../src/http/endpoints.js";
import { type Served, serveBooks, trade } from "./served.js";

let served: Served;

const A1 = "A1";

/** A real trade, then one whose entry a synthetic fill stands for, then an open synthetic position. */
beforeAll(async () => {
  served = await serveBooks();
  const { accounts, orders } = served.blotter;
  await accounts.open({ accountId: A1, startingBalance: 50_000 });
  await trade(served.blotter, A1, [1]);
  const shared = { accountId: A1, contract: "MNQU26", quantity: 1, price: 20_000 };
  const made = async (id: string, at: string) =>
    orders.recordFill({
      ...shared,
      side: "BUY",
      origin: "synthetic",
      fillId: `synthetic-${id}`,
      orderId: `synthetic-${id}`,
      executedAt: `2026-08-19T${at}:00Z`,
    });
  await made("1", "15:00");
  const executedAt = "2026-08-19T15:05:00Z";
  await orders.recordFill({ ...shared, side: "SELL", fillId: "out", orderId: "out", executedAt });
  await made("2", "15:10");
});
afterAll(() => served.close());

// The endpoints' own tests hold the answers to their schemas.
const rows = async (path: string) =>
  (await served.json(`/api${path}`)) as readonly Readonly<Record<string, unknown>>[];

describe("what no broker told", () => {
  it.each(["/trades", "/performance/results"])(
    "is told by %s when it is asked for",
    async (path) => {
      for (const level of ["match", "trade", "position"]) {
        const asked = await rows(`${path}?level=${level}&madeAs=true`);
        expect(asked.map(({ madeAs }) => madeAs)).toEqual(["synthetic", null]);
        const settled = await rows(`${path}?level=${level}`);
        expect(asked.map(({ madeAs: _, ...row }) => row)).toEqual(settled);
        const { response } = ENDPOINTS.find(({ route }) => route === path) ?? {};
        expect(response?.parse(asked)).toEqual(asked);
      }
      expect((await served.get(`/api${path}?madeAs=maybe`)).status).toBe(400);
    },
  );

  it("is told of one trade, of its orders and fills, and of open positions", async () => {
    const [made, real] = await rows("/trades");
    const record = async (row: typeof made) =>
      served.json(`/api/accounts/${A1}/trades/${encodeURIComponent(String(row?.tradeId))}`);
    expect(await record(made)).toMatchObject({
      madeAs: "synthetic",
      fills: [{ origin: "synthetic" }, { origin: "broker" }],
      orders: [{ origin: "synthetic" }, { origin: "broker" }],
    });
    expect(await record(real)).toMatchObject({ madeAs: null });
    expect(await rows("/positions")).toMatchObject([{ origin: "synthetic", madeAs: "synthetic" }]);
  });

  it("is counted in the figures", async () => {
    const counted = async (query: string) => served.json(`/api/performance${query}`);
    expect(await counted("")).toMatchObject({ onSyntheticFills: 1, trades: { count: 2 } });
    expect(await counted("?side=SHORT")).toMatchObject({ onSyntheticFills: 0 });
  });
});
