import { afterEach, describe, expect, it } from "vitest";
import type { GatewayEngine } from "../../../examples/gateway/gateway-engine.js";
import { gatewayHandler, type HandlerOptions } from "../../../examples/gateway/gateway-handler.js";
import { type RunningGateway, startGateway } from "../../../examples/gateway/gateway-server.js";
import { DAY_US, MINUTE_US } from "../../../examples/gateway/gateway-time.js";
import { type RestFault, RestFaults } from "../../../examples/gateway/rest-faults.js";
import { hasShared, leftOut, readShared } from "../../proof/shared-data.js";
import { ACCOUNT, gatewayAt15, MNQ, placed, tradedWorld } from "./worlds.js";

const USER = { userName: "bot", apiKey: "key" };
const PATHS = ["Account/search", "Order/searchOpen", "Trade/search", "Position/searchOpen"];

/** Calls a gateway with a token of its own. */
async function client(engine: GatewayEngine, options: Partial<HandlerOptions> = {}) {
  const handler = gatewayHandler(engine, { ...USER, ...options });
  const raw = (path: string, body: unknown, token = "") =>
    handler(
      new Request(`http://gateway/api/${path}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
  const { token } = await bodyOf(await raw("Auth/loginKey", USER));
  return { raw, token, call: async (path: string, body: unknown) => raw(path, body, token) };
}

describe("the gateway's REST interface", () => {
  it("asks for a token, which the key gives and a day ends", async () => {
    const engine = gatewayAt15();
    const { raw, call, token } = await client(engine);
    const wrong = await bodyOf(await raw("Auth/loginKey", { ...USER, apiKey: "other" }));
    expect(wrong).toEqual({ token: null, success: false, errorCode: 3, errorMessage: null });
    const ask = { onlyActiveAccounts: true };
    expect((await raw("Account/search", ask)).status).toBe(401);
    expect((await raw("Account/search", ask, "token-77")).status).toBe(401);
    expect(await bodyOf(await call("Account/search", ask))).toMatchObject({
      accounts: [{ id: ACCOUNT, balance: 150_000, canTrade: true, isVisible: true }],
      success: true,
      errorCode: 0,
      errorMessage: null,
    });
    engine.advance(DAY_US - MINUTE_US);
    const renewed = await bodyOf(await call("Auth/validate", {}));
    engine.advance(2 * MINUTE_US);
    expect((await call("Account/search", ask)).status).toBe(401);
    expect((await raw("Account/search", ask, renewed.newToken)).status).toBe(200);
    expect(renewed.newToken).not.toBe(token);
    await raw("Auth/logout", "", renewed.newToken);
    expect((await raw("Account/search", ask, renewed.newToken)).status).toBe(401);
  });

  it("refuses a body that is none, an unknown path, and an account that it does not have", async () => {
    const { call } = await client(gatewayAt15());
    for (const body of ["", "{", "[]", "7", { accountId: "7" }, { accountId: 1.5 }]) {
      expect((await call("Order/searchOpen", body)).status).toBe(400);
    }
    const when = { accountId: ACCOUNT, startTimestamp: "yesterday" };
    expect((await call("Order/search", when)).status).toBe(400);
    expect((await call("Order/guess", {})).status).toBe(404);
    expect(await bodyOf(await call("Trade/search", { accountId: 1 }))).toEqual({
      trades: null,
      success: false,
      errorCode: 1,
      errorMessage: null,
    });
  });

  it("places, changes and cancels an order, and closes what it bought", async () => {
    const { call } = await client(gatewayAt15());
    const json = async (path: string, body: object) =>
      bodyOf(await call(path, { accountId: ACCOUNT, ...body }));
    const order = {
      contractId: MNQ,
      type: 1,
      side: 0,
      size: 1,
      limitPrice: 20_000,
      customTag: "t",
    };
    const { orderId, ...answer } = await json("Order/place", order);
    expect(answer).toEqual({ success: true, errorCode: 0, errorMessage: null });
    await json("Order/modify", { orderId, limitPrice: 20_000.25 });
    const { orders } = await json("Order/searchOpen", {});
    expect(orders).toMatchObject([{ id: orderId, limitPrice: 20_000.25, customTag: "t" }]);
    expect(await json("Order/cancel", { orderId })).toMatchObject({ success: true });
    expect(await json("Order/cancel", { orderId })).toMatchObject({ success: false, errorCode: 3 });

    await json("Order/place", { contractId: MNQ, type: 2, side: 1, size: 2 });
    expect((await json("Position/searchOpen", {})).positions).toMatchObject([{ type: 2, size: 2 }]);
    await json("Position/partialCloseContract", { contractId: MNQ, size: 1 });
    await json("Position/closeContract", { contractId: MNQ });
    expect((await json("Position/searchOpen", {})).positions).toEqual([]);
  });

  it("finds rows by when they were made, the newest first", async () => {
    const { engine } = tradedWorld(4, 2);
    const { call } = await client(engine);
    const ids = async (path: string, body: object) => {
      const answer = await bodyOf(await call(path, { accountId: ACCOUNT, ...body }));
      return answer.trades ?? answer.orders;
    };
    const all = await ids("Trade/search", {});
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => b - a));
    const third = all.at(3)?.creationTimestamp;
    expect((await ids("Trade/search", { startTimestamp: third })).map(({ id }) => id)).toEqual(
      all.slice(0, 4).map(({ id }) => id),
    );
    expect((await ids("Trade/search", { endTimestamp: third })).map(({ id }) => id)).toEqual(
      all.slice(3).map(({ id }) => id),
    );
    const orders = await ids("Order/search", { startTimestamp: "2026-11-03T00:00:00Z" });
    expect(orders.length).toBeGreaterThan(10);
    expect(orders.every(({ creationTimestamp }) => creationTimestamp > "2026-11-03")).toBe(true);
  });

  it("lists contracts", async () => {
    const { call } = await client(gatewayAt15());
    const one = await bodyOf(await call("Contract/searchById", { contractId: MNQ }));
    expect(one.contract).toMatchObject({ name: "MNQZ6", tickSize: 0.25, tickValue: 0.5 });
    const none = await bodyOf(await call("Contract/searchById", { contractId: "CON" }));
    expect(none).toMatchObject({ success: false, errorCode: 1 });
    const found = await bodyOf(await call("Contract/search", { live: false, searchText: "crude" }));
    expect(found.contracts).toMatchObject([
      { id: "CON.F.US.MCLE.Z26" },
      { id: "CON.F.US.MCLE.H27" },
    ]);
  });

  it("lets 200 calls a minute through", async () => {
    let nowMs = 0;
    const { call } = await client(gatewayAt15(), { limitClockMs: () => nowMs });
    const ask = { onlyActiveAccounts: true };
    for (let made = 1; made < 200; made += 1) await call("Account/search", ask);
    const refused = await call("Account/search", ask);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
    nowMs = 60_000;
    expect((await call("Account/search", ask)).status).toBe(200);
  });

  if (hasShared("broker-data/projectx/trade-search.json")) {
    it("answers with the fields of the broker's real rows, no more and no fewer", async () => {
      const { engine } = tradedWorld(4, 3);
      const { call } = await client(engine);
      const when = { accountId: ACCOUNT, startTimestamp: "2026-01-01T00:00:00Z" };
      const { trades } = await bodyOf(await call("Trade/search", when));
      const { orders } = await bodyOf(await call("Order/search", when));
      const { contracts } = await bodyOf(await call("Contract/available", { live: false }));
      expect(shapes(trades)).toEqual(shapes(real("trade-search")));
      expect(shapes(contracts)).toEqual(shapes(real("contract-available")));
      expect(shapes(orders)).toEqual(shapes(real("order-search")));
    });

    it("answers with the models that the interface description has", async () => {
      const { engine } = tradedWorld(4, 3);
      placed(engine);
      const { call } = await client(engine);
      const definitions = JSON.parse(readShared("broker-data/projectx/openapi.json")).definitions;
      const rows = [
        ["TradingAccountModel", "Account/search", "accounts"],
        ["HalfTradeModel", "Trade/search", "trades"],
        ["PositionModel", "Position/searchOpen", "positions"],
        ["ContractModel", "Contract/available", "contracts"],
      ] as const;
      for (const [model, path, field] of rows) {
        const body = { accountId: ACCOUNT, onlyActiveAccounts: true, live: false };
        const [row = {}] = (await bodyOf(await call(path, body)))[field];
        const properties = Object.keys(definitions[model].properties);
        expect([model, Object.keys(row).sort()]).toEqual([model, properties.sort()]);
      }
    });
  } else leftOut("the shape of real rows", "broker-data/projectx/trade-search.json");
});

describe("each fault of REST does what it says and nothing else", () => {
  const ask = { onlyActiveAccounts: true };
  const order = { accountId: ACCOUNT, contractId: MNQ, type: 2, side: 0, size: 1 };

  /** A client that has logged in already, and whose every call is hit. */
  async function struck(fault: RestFault) {
    const engine = gatewayAt15();
    const faults = new RestFaults(1, { [fault]: 1 }, 9);
    faults.stop();
    const { call, raw } = await client(engine, { faults });
    faults.start();
    const rows = () => [...engine.orders].length;
    return { call, raw, rows, faults };
  }

  it.each([
    ["tooMany", 429, "9"],
    ["serverError", 500, null],
    ["expiredToken", 401, null],
  ] as const)("%s is an answer, and nothing is done", async (fault, status, retryAfter) => {
    const { call, rows, faults } = await struck(fault);
    const answer = await call("Order/place", order);
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([status, retryAfter]);
    expect([rows(), faults.count(fault)]).toEqual([0, 1]);
    faults.stop();
    const after = await call("Account/search", ask);
    expect(after.status).toBe(fault === "expiredToken" ? 401 : 200);
  });

  it("truncated is half an answer to a call that was done", async () => {
    const { call, rows } = await struck("truncated");
    const answer = await call("Order/place", order);
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
    expect(rows()).toBe(1);
  });

  it("timeout is silence until the caller gives up, and nothing is done", async () => {
    const engine = gatewayAt15();
    const faults = new RestFaults(1, { timeout: 1 });
    const handler = gatewayHandler(engine, { ...USER, faults });
    const signal = AbortSignal.timeout(5);
    const request = new Request("http://gateway/api/Order/place", { method: "POST", signal });
    await expect(handler(request)).rejects.toMatchObject({ name: "TimeoutError" });
    expect([...engine.orders]).toEqual([]);
  });

  it("lostAnswer and neverArrived look alike, but only one made the order", async () => {
    const [lost, never] = [await struck("lostAnswer"), await struck("neverArrived")];
    for (const { call } of [lost, never]) {
      await expect(call("Order/place", order)).rejects.toThrow("fetch failed");
      expect((await call("Account/search", ask)).status).toBe(200);
    }
    expect([lost.rows(), never.rows()]).toEqual([1, 0]);
  });

  it("hits as often as its rate, on calls that the seed decides", () => {
    const hits = (seed: number) => {
      const faults = new RestFaults(seed, { serverError: 0.2, tooMany: 0.1 });
      return Array.from({ length: 2_000 }, () => faults.next("/api/Trade/search"));
    };
    expect(hits(1)).toEqual(hits(1));
    expect(hits(2)).not.toEqual(hits(1));
    const share = (fault: RestFault) => hits(1).filter((hit) => hit === fault).length / 2_000;
    expect(share("tooMany")).toBeCloseTo(0.1, 1);
    expect(share("serverError")).toBeCloseTo(0.18, 1);
    expect(new Set(hits(1))).toEqual(new Set([null, "tooMany", "serverError"]));
  });
});

describe("a gateway behind a socket", () => {
  const running: RunningGateway[] = [];
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.stop();
  });

  it("answers as the function does, and breaks the connection where an answer is lost", async () => {
    const engine = gatewayAt15();
    const faults = new RestFaults(3, { lostAnswer: 1 });
    const gateway = await startGateway(gatewayHandler(engine, { ...USER, faults }));
    running.push(gateway);
    const post = (path: string, body: object, token = "") =>
      fetch(`${gateway.url}/api/${path}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
    const { token } = await bodyOf(await post("Auth/loginKey", USER));
    const order = { accountId: ACCOUNT, contractId: MNQ, type: 2, side: 0, size: 1 };
    await expect(post("Order/place", order, token)).rejects.toThrow("fetch failed");
    const open = await bodyOf(await post("Position/searchOpen", { accountId: ACCOUNT }, token));
    expect(open.positions).toMatchObject([{ size: 1 }]);
    for (const path of PATHS) expect((await post(path, {})).status).toBe(401);
    expect(await (await fetch(`${gateway.url}/api/Status/ping`)).text()).toBe("pong");
  });
});

interface Row {
  readonly id: number;
  readonly creationTimestamp: string;
}

/** The fields of answers; each answer has some of them. */
interface Body {
  readonly token: string;
  readonly newToken: string;
  readonly orderId: number;
  readonly success: boolean;
  readonly contract: Row;
  readonly accounts: readonly Row[];
  readonly contracts: readonly Row[];
  readonly orders: readonly Row[];
  readonly positions: readonly Row[];
  readonly trades: readonly Row[];
}

/** The tests below say what is in it. */
const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body;

const real = (name: string): Row[] => JSON.parse(readShared(`broker-data/projectx/${name}.json`));

/** The distinct sets of fields that rows have. */
function shapes(rows: readonly Row[]): Set<string> {
  return new Set(rows.map((row) => Object.keys(row).sort().join(" ")));
}
