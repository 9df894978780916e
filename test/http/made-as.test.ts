import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "../../src/http/endpoints.js";
import { A1, fillMadeBooks } from "./made-books.js";
import { type Served, serveBooks } from "./served.js";

let served: Served;

beforeAll(async () => {
  served = await serveBooks();
  await fillMadeBooks(served.blotter);
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
