import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseGatewayEvent } from "../../../../src/brokers/projectx/stream.js";
import { parseInstant } from "../../../../src/domain/instant.js";
import { orderRow, positionRow, tradeRow } from "../rows.js";
import {
  json,
  networkError,
  refusal,
  ScriptedGateway,
  silence,
  status,
  success,
  thrownBy,
} from "./scripted-gateway.js";

const FROM = parseInstant("2027-01-05T00:00:00.000001Z", "from");
const TO = parseInstant("2027-01-06T00:00:00Z", "to");
const HOUR_MS = 3_600_000;

let gateway: ScriptedGateway;

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new ScriptedGateway();
});
afterEach(() => vi.useRealTimers());

/** Lets simulated time pass until a call ends, well or badly. */
async function ended<T>(promise: Promise<T>): Promise<T> {
  const settled = promise.then(
    () => {},
    () => {},
  );
  let waiting = true;
  void settled.then(() => {
    waiting = false;
  });
  while (waiting) await vi.advanceTimersByTimeAsync(100);
  return promise;
}

/** A body of which the connection is cut after its first bytes. */
function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"success":true,'));
      controller.error(new Error("terminated"));
    },
  });
}

describe("what the API tells of an account", () => {
  it("is asked for with a span of instants, and logged in for once", async () => {
    gateway.on("Order/search", () => success({ orders: [] }));
    gateway.on("Trade/search", () => success({ trades: [] }));
    const client = gateway.client();
    await ended(Promise.all([client.orders("900", FROM, TO), client.fills("900", FROM, null)]));
    expect(gateway.asked("Auth/loginKey")).toMatchObject([
      { body: { userName: "trader", apiKey: "key-4e1b+secret/0" }, token: null },
    ]);
    expect(gateway.asked("Order/search")).toMatchObject([
      {
        body: {
          accountId: 900,
          startTimestamp: "2027-01-05T00:00:00.000001Z",
          endTimestamp: "2027-01-06T00:00:00Z",
        },
        token: "token-1",
      },
    ]);
    expect(gateway.asked("Trade/search")[0]?.body).toEqual({
      accountId: 900,
      startTimestamp: "2027-01-05T00:00:00.000001Z",
    });
  });

  it("are the events of the stream, but for their source", async () => {
    const orders = [orderRow(), orderRow({ id: "3400000002", status: 8, filledPrice: null })];
    const trades = [tradeRow(), tradeRow({ commissions: 0.25, profitAndLoss: -49, voided: true })];
    gateway.on("Order/search", () => success({ orders }));
    gateway.on("Order/searchOpen", () => success({ orders }));
    gateway.on("Trade/search", () => success({ trades }));
    const client = gateway.client();
    const heard = (event: string, rows: readonly unknown[]) =>
      parseGatewayEvent(event, rows).map((parsed) => {
        if (!("event" in parsed)) throw new Error(parsed.problem.message);
        return { ...parsed.event, input: { ...parsed.event.input, source: "projectx-api" } };
      });
    const orderEvents = heard("GatewayUserOrder", orders);
    expect(await ended(client.orders("900", FROM, TO))).toEqual(orderEvents);
    expect(await ended(client.openOrders("900"))).toEqual(orderEvents);
    expect(await ended(client.fills("900", FROM, TO))).toEqual(heard("GatewayUserTrade", trades));
  });

  it("with an unreadable row among good ones tells it as unreadable, and the others", async () => {
    const bad = tradeRow({ side: 7 });
    gateway.on("Trade/search", () => success({ trades: [tradeRow(), bad, null, tradeRow()] }));
    const events = await ended(gateway.client().fills("900", FROM, TO));
    expect(events.map(({ kind }) => kind)).toEqual(["fill", "unreadable", "unreadable", "fill"]);
    expect(events[1]?.input).toEqual({
      message: "side must be one of the codes 0 Bid, 1 Ask, was 7",
      text: JSON.stringify(bad),
      source: "projectx-api",
    });
    expect(events[2]?.input).toMatchObject({ text: "null" });
  });

  it("survives a row nested beyond what can be written", async () => {
    const nest = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const body = `{"success":true,"errorCode":0,"trades":[${nest},${JSON.stringify(tradeRow())}]}`;
    gateway.on("Trade/search", () => new Response(body));
    const events = await ended(gateway.client().fills("900", FROM, TO));
    expect(events).toMatchObject([
      { kind: "unreadable", input: { text: "(cannot be written as JSON)" } },
      { kind: "fill" },
    ]);
  });

  it("are its open positions", async () => {
    const positions = [positionRow({ type: 2, size: 3 }), positionRow({ size: 0, type: 0 })];
    gateway.on("Position/searchOpen", () => success({ positions }));
    expect(await ended(gateway.client().positions("900"))).toEqual([
      {
        accountId: "900",
        contract: "CON.F.US.MNQ.H27",
        side: "SHORT",
        quantity: 3,
        averagePrice: 21000.5,
        openedAt: "2027-01-05T14:30:00.611387+00:00",
        brokerPositionId: "825000001",
      },
    ]);
  });

  it("never takes a position that cannot be read for none", async () => {
    const positions = [positionRow(), positionRow({ type: 0 })];
    gateway.on("Position/searchOpen", () => success({ positions }));
    const error = await thrownBy(ended(gateway.client().positions("900")));
    expect(error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("type 0 Undefined of 2 contracts: which side?"),
    });
  });

  it("are all accounts with balance and right to trade; an unreadable one is left out aloud", async () => {
    const accounts = [
      { id: 900, name: "PRAC-V2-1-2", balance: 149831.92, canTrade: true, isVisible: true },
      { id: 901, name: "50KTC-V2-1-2", balance: null, canTrade: true },
    ];
    gateway.on("Account/search", () => success({ accounts }));
    expect(await ended(gateway.client().accounts())).toEqual([
      { accountId: "900", accountName: "PRAC-V2-1-2", balance: 149831.92, canTrade: true },
    ]);
    expect(gateway.warnings).toEqual([
      "ProjectX Account/search: a row is left out, balance is missing",
    ]);
    expect(gateway.asked("Account/search")[0]?.body).toEqual({ onlyActiveAccounts: false });
  });

  it("are contracts, found and listed", async () => {
    const row = {
      id: "CON.F.US.MNQ.H27",
      name: "MNQH7",
      description: "Micro E-mini Nasdaq-100: March 2027",
      tickSize: 0.25,
      tickValue: 0.5,
      activeContract: true,
      symbolId: "F.US.MNQ",
    };
    const contract = {
      contractId: "CON.F.US.MNQ.H27",
      contractName: "MNQH7",
      description: "Micro E-mini Nasdaq-100: March 2027",
      tickSize: 0.25,
      tickValue: 0.5,
      isActive: true,
      symbolId: "F.US.MNQ",
    };
    gateway.on("Contract/search", () => success({ contracts: [row, { ...row, tickSize: 0 }] }));
    gateway.on("Contract/available", () => success({ contracts: [row] }));
    gateway.on(
      "Contract/searchById",
      () => success({ contract: row }),
      () => refusal(1),
    );
    const client = gateway.client();
    expect(await ended(client.contracts("MNQ"))).toEqual([contract]);
    expect(await ended(client.availableContracts(true))).toEqual([contract]);
    expect(await ended(client.contract(contract.contractId))).toEqual(contract);
    expect(await thrownBy(ended(client.contract("CON.F.US.XYZ.H27")))).toMatchObject({
      code: "invalid",
      message: "ProjectX refused Contract/searchById: ContractNotFound (1)",
    });
    expect(gateway.asked("Contract/available")[0]?.body).toEqual({ live: true });
  });

  it.each(["", "abc", "-1", "1e3", "9007199254740993"])("refuses account id %j", async (id) => {
    await expect(gateway.client().openOrders(id)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^account id must be a number of ProjectX/),
    });
    expect(gateway.heard).toEqual([]);
  });
});

describe("a reading call that fails", () => {
  const open = () => ended(gateway.client().openOrders("900"));
  const rows = () => success({ orders: [] });
  const cut = () => new Response('{"success":true,"errorCode":0,"orders":[{"id":1,');

  it.each([
    ["HTTP 500", () => status(500)],
    ["HTTP 503", () => status(503)],
    ["HTTP 408", () => status(408)],
    ["HTTP 429", () => status(429)],
    ["a network error", networkError],
    ["no answer in time", silence],
    ["JSON that is cut off", cut],
    ["no JSON at all", () => new Response("")],
    ["a body that breaks off", () => new Response(brokenOff())],
    ["an envelope without success", () => json({ orders: [] })],
    ["an envelope without rows", () => success({ orders: null })],
  ])("with %s is tried again, aloud", async (_what, failure) => {
    gateway.on("Order/searchOpen", failure, rows);
    expect(await open()).toEqual([]);
    expect(gateway.asked("Order/searchOpen")).toHaveLength(2);
    expect(gateway.warnings).toHaveLength(1);
    expect(gateway.warnings[0]).toMatch(/^ProjectX Order\/searchOpen: .*; try 2 of 6 in 500 ms$/);
  });

  it("again and again pauses twice as long each time, and ends with what was tried", async () => {
    gateway.on(
      "Order/searchOpen",
      () => status(502),
      networkError,
      silence,
      cut,
      () => status(500),
    );
    expect(await thrownBy(open())).toMatchObject({
      code: "unavailable",
      outcome: undefined,
      message:
        "ProjectX Order/searchOpen failed: tried 6 times: HTTP 502; " +
        "fetch failed: connect ECONNREFUSED 127.0.0.1:1; no answer within 15 s; " +
        "an answer of 48 characters that is no JSON; HTTP 500; HTTP 500",
    });
    const at = gateway.asked("Order/searchOpen").map((request) => request.at);
    const pauses = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    expect(pauses).toEqual([500, 1_000, 15_000 + 2_000, 4_000, 8_000]);
  });

  it("varies its pauses between half and whole", async () => {
    gateway.on("Order/searchOpen", () => status(500), rows);
    await ended(gateway.client({ random: () => 0 }).openOrders("900"));
    expect(gateway.warnings[0]).toMatch(/in 250 ms$/);
  });

  it("waits as long as it is told to", async () => {
    gateway.on("Order/searchOpen", () => status(429, { "Retry-After": "7" }), rows);
    await open();
    const [first, second] = gateway.asked("Order/searchOpen");
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(7_000);
  });

  it("waits until the date it is told", async () => {
    vi.setSystemTime("2027-01-05T14:30:00Z");
    const date = "Tue, 05 Jan 2027 14:30:20 GMT";
    gateway.on("Order/searchOpen", () => status(429, { "Retry-After": date }), rows);
    await open();
    expect(gateway.asked("Order/searchOpen")[1]?.at).toBe(Date.parse(date));
  });

  it("gives up when it is told to wait for more than two minutes", async () => {
    gateway.on("Order/searchOpen", () => status(429, { "Retry-After": "3600" }), rows);
    expect(await thrownBy(open())).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("tried 1 times: HTTP 429, retry after 3600 s"),
    });
  });

  it.each([
    [400, "HTTP 400"],
    [403, "HTTP 403"],
    [404, "HTTP 404"],
  ])("with HTTP %i is refused at once", async (code, why) => {
    gateway.on("Order/searchOpen", () => status(code));
    expect(await thrownBy(open())).toMatchObject({
      code: "invalid",
      message: `ProjectX refused Order/searchOpen: ${why}`,
    });
    expect(gateway.asked("Order/searchOpen")).toHaveLength(1);
  });

  it.each([
    [1, "no such account", "AccountNotFound (1), no such account"],
    [1, null, "AccountNotFound (1)"],
    [77, "what?", "error code 77, what?"],
  ])("with the gateway's error %i is refused by its name", async (code, message, why) => {
    gateway.on("Order/searchOpen", () => refusal(code, message));
    expect(await thrownBy(open())).toMatchObject({
      code: "invalid",
      message: `ProjectX refused Order/searchOpen: ${why}`,
    });
  });
});

describe("the session", () => {
  const accounts = () => success({ accounts: [] });

  it("is not opened when the login is refused", async () => {
    gateway.on("Auth/loginKey", () => refusal(3));
    expect(await thrownBy(ended(gateway.client().accounts()))).toMatchObject({
      code: "invalid",
      message: "ProjectX refused Auth/loginKey: InvalidCredentials (3)",
    });
    expect(gateway.heard).toHaveLength(1);
  });

  it("is opened again after a login that failed", async () => {
    gateway.on("Account/search", accounts);
    gateway.on(
      "Auth/loginKey",
      () => refusal(8),
      () => success({ token: "t" }),
    );
    expect(await ended(gateway.client().accounts())).toEqual([]);
    expect(gateway.warnings[0]).toMatch(/UnknownError \(8\); try 2 of 6/);
  });

  it("is exchanged before a day is over, once for all that need it", async () => {
    gateway.on("Account/search", accounts);
    gateway.on("Auth/validate", () => success({ newToken: "token-fresh" }));
    const client = gateway.client();
    await ended(client.accounts());
    await vi.advanceTimersByTimeAsync(19 * HOUR_MS);
    await ended(client.accounts());
    expect(gateway.asked("Auth/validate")).toEqual([]);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    await ended(Promise.all([client.accounts(), client.accounts()]));
    expect(gateway.asked("Auth/validate")).toMatchObject([{ token: "token-1" }]);
    expect(gateway.asked("Account/search").map(({ token }) => token)).toEqual([
      "token-1",
      "token-1",
      "token-fresh",
      "token-fresh",
    ]);
    expect(gateway.asked("Auth/loginKey")).toHaveLength(1);
  });

  it.each([
    ["is refused", () => refusal(3)],
    ["is unauthorised", () => status(401)],
    ["brings no token", () => success({ newToken: null })],
  ])("is opened anew when its exchange %s", async (_what, answer) => {
    gateway.on("Account/search", accounts);
    gateway.on("Auth/validate", answer);
    const client = gateway.client();
    await ended(client.accounts());
    await vi.advanceTimersByTimeAsync(23 * HOUR_MS);
    await ended(client.accounts());
    expect(gateway.asked("Account/search")[1]?.token).toBe("token-2");
  });

  it("is used on while its exchange has no answer, until it ends", async () => {
    gateway.on("Account/search", accounts);
    gateway.on("Auth/validate", () => status(500));
    const client = gateway.client();
    await ended(client.accounts());
    await vi.advanceTimersByTimeAsync(21 * HOUR_MS);
    await ended(client.accounts());
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    await ended(client.accounts());
    const tokens = gateway.asked("Account/search").map(({ token }) => token);
    expect(tokens).toEqual(["token-1", "token-1", "token-2"]);
  });

  it("that ended early is opened anew, once for all calls that were turned away", async () => {
    gateway.on("Account/search", ({ token }) => (token === "token-1" ? status(401) : accounts()));
    const client = gateway.client();
    await ended(Promise.all([client.accounts(), client.accounts(), client.accounts()]));
    expect(gateway.asked("Auth/loginKey")).toHaveLength(2);
    expect(gateway.asked("Account/search")).toHaveLength(6);
  });

  it("is not opened again for a call that comes back late with the old token", async () => {
    const late = () =>
      new Promise<Response>((resolve) => setTimeout(() => resolve(status(401)), 5_000));
    gateway.on("Account/search", () => status(401), late, accounts);
    const client = gateway.client();
    await ended(Promise.all([client.accounts(), client.accounts()]));
    expect(gateway.asked("Auth/loginKey")).toHaveLength(2);
  });

  it("that is turned away twice is the end", async () => {
    gateway.on("Account/search", () => status(401));
    expect(await thrownBy(ended(gateway.client().accounts()))).toMatchObject({
      code: "invalid",
      message: "ProjectX refused Account/search: HTTP 401, the session is not accepted",
    });
    expect(gateway.asked("Account/search")).toHaveLength(2);
  });

  it("gives its token to the hubs", async () => {
    expect(await ended(gateway.client().accessToken())).toBe("token-1");
  });
});
