import type { HubConnection as SignalRConnection } from "@microsoft/signalr";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  attachTo,
  attachToMarket,
  type UserHubOptions,
} from "../../../src/brokers/projectx/hub.js";
import type {
  HubConnection,
  HubGap,
  HubTrouble,
} from "../../../src/brokers/projectx/hub-connection.js";
import { epochMsToInstant } from "../../../src/domain/instant.js";
import type { BrokerEvent } from "../../../src/ports/broker.js";
import type { Reconciler } from "../../../src/ports/reconciler.js";
import { orderRow, positionRow, tradeRow } from "./rows.js";

const START = Date.parse("2027-01-05T14:30:00Z");
const at = (ms: number) => epochMsToInstant(START + ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(START);
});
afterEach(() => vi.useRealTimers());

/** A connection whose other end is the test. */
class FakeConnection implements HubConnection {
  state = "Connected";
  readonly invoked: unknown[][] = [];
  /** What `invoke` does; the test may replace it. */
  answer: (method: string) => Promise<unknown> = () => Promise.resolve();
  readonly #handlers = new Map<string, Set<(...args: unknown[]) => void>>();
  readonly #callbacks: Record<"lost" | "closed" | "back", (() => void)[]> = {
    lost: [],
    closed: [],
    back: [],
  };

  on(method: string, handler: (...args: unknown[]) => void): void {
    const known = this.#handlers.get(method) ?? new Set();
    this.#handlers.set(method, known.add(handler));
  }

  off(method: string, handler: (...args: unknown[]) => void): void {
    this.#handlers.get(method)?.delete(handler);
  }

  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    this.invoked.push([method, ...args]);
    return this.answer(method);
  }

  onreconnecting(callback: () => void): void {
    this.#callbacks.lost.push(callback);
  }

  onreconnected(callback: () => void): void {
    this.#callbacks.back.push(callback);
  }

  onclose(callback: () => void): void {
    this.#callbacks.closed.push(callback);
  }

  tell(event: string, ...args: unknown[]): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(...args);
  }

  happen(what: "lost" | "closed" | "back"): void {
    this.state = what === "back" ? "Connected" : "Reconnecting";
    for (const callback of this.#callbacks[what]) callback();
  }

  get handlers(): number {
    return [...this.#handlers.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

/** An attachment, and all that it told. */
function attached(options: Partial<UserHubOptions> = {}, connection = new FakeConnection()) {
  const handled: BrokerEvent[] = [];
  const gaps: HubGap[] = [];
  const errors: { error: unknown; trouble: HubTrouble }[] = [];
  const intake = {
    handle: async (event: BrokerEvent) => {
      handled.push(event);
      return { outcome: "recorded" } as const;
    },
  };
  const hub = attachTo(connection, intake, {
    accountIds: ["900", "901"],
    onGap: (gap) => void gaps.push(gap),
    onError: (error, trouble) => void errors.push({ error, trouble }),
    ...options,
  });
  return { connection, intake, hub, handled, gaps, errors };
}

const passed = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

const SUBSCRIBED = [
  ["SubscribeAccounts"],
  ["SubscribeOrders", 900],
  ["SubscribePositions", 900],
  ["SubscribeTrades", 900],
  ["SubscribeOrders", 901],
  ["SubscribePositions", 901],
  ["SubscribeTrades", 901],
];

describe("the user hub", () => {
  it("is a HubConnection of SignalR", () => {
    const fits = (real: SignalRConnection): HubConnection => real;
    expect(fits).toBeTypeOf("function");
  });

  it("is subscribed to for each account when the connection stands", async () => {
    const { connection } = attached();
    await passed();
    expect(connection.invoked).toEqual(SUBSCRIBED);
  });

  it("is subscribed to on demand when the connection is started later", async () => {
    const connection = new FakeConnection();
    connection.state = "Disconnected";
    const { hub, gaps } = attached({}, connection);
    await passed();
    expect(connection.invoked).toEqual([]);
    connection.state = "Connected";
    await hub.subscribe();
    expect(connection.invoked).toEqual(SUBSCRIBED);
    expect(gaps).toEqual([]);
  });

  it("hands on what it tells, in order", async () => {
    const { connection, handled } = attached();
    connection.tell("GatewayUserOrder", { action: 1, data: orderRow({ status: 6 }) });
    connection.tell("GatewayUserTrade", [{ action: 0, data: tradeRow() }, tradeRow({ id: 2 })]);
    connection.tell("GatewayUserPosition", { action: 1, data: positionRow() });
    connection.tell("GatewayUserAccount", { action: 1, data: { id: 900, name: "PRAC" } });
    await passed();
    expect(handled.map(({ kind }) => kind)).toEqual([
      "order",
      "fill",
      "fill",
      "position",
      "account",
    ]);
  });

  it("hands over a burst without waiting for what is being written", () => {
    const handled: BrokerEvent[] = [];
    const intake = {
      handle: (event: BrokerEvent) => {
        handled.push(event);
        return new Promise<never>(() => {});
      },
    };
    const connection = new FakeConnection();
    attachTo(connection, intake, { accountIds: ["900"] });
    for (let id = 1; id <= 50; id += 1) connection.tell("GatewayUserTrade", tradeRow({ id }));
    expect(handled.map((event) => event.kind === "fill" && event.input.fillId)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(index + 1)),
    );
  });

  it("hands on what makes no sense as unreadable", async () => {
    const { connection, handled, errors } = attached();
    connection.tell("GatewayUserTrade", { action: 0, data: { id: "?" } });
    connection.tell("GatewayUserTrade");
    await passed();
    expect(handled).toMatchObject([
      { kind: "unreadable", input: { text: '{"id":"?"}', source: "projectx-stream" } },
      { kind: "unreadable" },
    ]);
    expect(errors).toEqual([]);
  });

  it("reports an event that could not be handled, with the event, and goes on", async () => {
    const { connection, intake, errors, handled } = attached();
    const failed = new Error("database is locked");
    const handle = vi.spyOn(intake, "handle").mockRejectedValueOnce(failed);
    handle.mockImplementationOnce(() => {
      throw failed;
    });
    for (const id of [1, 2, 3]) connection.tell("GatewayUserTrade", tradeRow({ id }));
    await passed();
    const ids = errors.map(({ error, trouble: { doing, event } }) => {
      expect([error, doing]).toEqual([failed, "handling"]);
      return event?.kind === "fill" && event.input.fillId;
    });
    expect(ids.toSorted()).toEqual(["1", "2"]);
    expect(handled).toHaveLength(1);
  });

  it("never throws into SignalR, not even the bot's own onError", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { connection, intake } = attached({
      onError: () => {
        throw new Error("no");
      },
    });
    vi.spyOn(intake, "handle").mockRejectedValue(new Error("database is locked"));
    connection.tell("GatewayUserTrade", tradeRow());
    await passed();
    expect(warned.mock.calls.map(([message]) => message)).toEqual([
      "ProjectX hub, handling: database is locked",
      "ProjectX hub, handling: no",
    ]);
    warned.mockRestore();
  });

  it("warns of the process what nobody wants to hear", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const connection = new FakeConnection();
    const intake = { handle: () => Promise.reject(new Error("database is locked")) };
    attachTo(connection, intake, { accountIds: [] });
    connection.tell("GatewayUserTrade", tradeRow());
    await passed();
    expect(warned).toHaveBeenCalledWith("ProjectX hub, handling: database is locked");
    warned.mockRestore();
  });

  it("is not for accounts that are no numbers", () => {
    expect(() => attached({ accountIds: ["PRAC-V2"] })).toThrow(/^account id must be a/);
  });
});

describe("a connection that was lost", () => {
  it("is subscribed to again, and the gap is told", async () => {
    const { connection, gaps } = attached();
    await passed(1_000);
    connection.tell("GatewayUserTrade", tradeRow());
    await passed(20_000);
    connection.happen("lost");
    await passed(90_000);
    expect(gaps).toEqual([]);
    connection.invoked.length = 0;
    connection.happen("back");
    await passed();
    expect(connection.invoked).toEqual(SUBSCRIBED);
    expect(gaps).toEqual([{ from: at(21_000), to: at(111_000), lastHeardAt: at(1_000) }]);
  });

  it("has last been heard when it was subscribed to, if nothing came since", async () => {
    const { connection, gaps } = attached();
    await passed(5_000);
    connection.happen("lost");
    connection.happen("back");
    await passed();
    connection.happen("lost");
    await passed(1_000);
    connection.happen("back");
    await passed();
    expect(gaps.map(({ lastHeardAt }) => lastHeardAt)).toEqual([at(0), at(5_000)]);
  });

  it("tells the gap only when all subscriptions stand, however often that fails", async () => {
    const { connection, gaps, errors } = attached();
    await passed();
    connection.happen("lost");
    let failures = 0;
    connection.answer = async (method) => {
      if (method !== "SubscribeTrades" || failures === 3) return;
      failures += 1;
      throw new Error(`no ${failures}`);
    };
    connection.happen("back");
    await passed(6_999);
    expect(gaps).toEqual([]);
    await passed(1);
    expect(gaps).toEqual([{ from: at(0), to: at(7_000), lastHeardAt: at(0) }]);
    expect(errors.map(({ error, trouble }) => [String(error), trouble])).toEqual(
      [1, 2, 3].map((n) => [`Error: no ${n}`, { doing: "subscribing", event: null }]),
    );
  });

  it("that is lost again while it subscribes is one gap", async () => {
    const { connection, gaps, errors } = attached();
    await passed();
    connection.happen("lost");
    await passed(10_000);
    connection.answer = () => new Promise((_, reject) => setTimeout(reject, 3_000));
    connection.happen("back");
    await passed(1_000);
    connection.happen("lost");
    connection.answer = () => Promise.resolve();
    await passed(10_000);
    connection.happen("back");
    await passed();
    expect(gaps).toEqual([{ from: at(0), to: at(21_000), lastHeardAt: at(0) }]);
    expect(errors).toEqual([]);
  });

  it("that is lost again while a gap is filled is a gap once more, from the first loss", async () => {
    const gaps: HubGap[] = [];
    const { connection } = attached({
      onGap: async (gap) => {
        gaps.push(gap);
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      },
    });
    await passed();
    connection.happen("lost");
    connection.happen("back");
    await passed(1_000);
    connection.happen("lost");
    await passed(1_000);
    connection.happen("back");
    await passed(60_000);
    expect(gaps).toEqual([
      { from: at(0), to: at(0), lastHeardAt: at(0) },
      { from: at(0), to: at(5_000), lastHeardAt: at(0) },
    ]);
  });

  it("whose gap cannot be filled reports that, and is tried again", async () => {
    const gaps: HubGap[] = [];
    const { connection, errors } = attached({
      onGap: (gap) => {
        gaps.push(gap);
        if (gaps.length < 3) throw new Error("the gateway does not answer");
      },
    });
    await passed(1_000);
    connection.happen("lost");
    connection.happen("back");
    await passed(60_000);
    expect(gaps).toHaveLength(3);
    expect(errors).toHaveLength(2);
  });

  it("has its accounts compared with the broker, before anything else is done about the gap", async () => {
    const done: unknown[] = [];
    const sync: Reconciler["sync"] = async (account, options) => {
      done.push([account, options?.reason, options?.gap]);
      // Nobody looks at the report.
      return undefined as never;
    };
    const { connection } = attached({
      accountIds: ["7", "8"],
      reconciler: { sync },
      onGap: () => void done.push("gap"),
    });
    await passed(1_000);
    connection.happen("lost");
    await passed(1_000);
    connection.happen("back");
    await passed();
    const gap = { from: at(0), to: at(2_000) };
    expect(done).toEqual([["7", "reconnect", gap], ["8", "reconnect", gap], "gap"]);
  });

  it("that is lost again while its gap cannot be filled has one gap, from the first loss", async () => {
    const failed = new Error("the gateway does not answer");
    const gaps: HubGap[] = [];
    const { connection, errors } = attached({
      onGap: (gap) => {
        gaps.push(gap);
        if (gaps.length === 1) throw failed;
      },
    });
    await passed(1_000);
    connection.happen("lost");
    connection.happen("back");
    await passed(500);
    expect(errors).toEqual([{ error: failed, trouble: { doing: "filling a gap", event: null } }]);
    connection.tell("GatewayUserTrade", tradeRow());
    connection.happen("lost");
    connection.happen("back");
    await passed(1_000);
    expect(gaps.map(({ from, lastHeardAt }) => [from, lastHeardAt])).toEqual([
      [at(1_000), at(0)],
      [at(1_000), at(0)],
    ]);
  });

  it("that was closed and started anew is a gap, too", async () => {
    const { connection, hub, gaps } = attached();
    await passed(1_000);
    connection.happen("lost");
    await passed(1_000);
    connection.happen("closed");
    await passed(60_000);
    await hub.subscribe();
    expect(gaps).toEqual([{ from: at(1_000), to: at(62_000), lastHeardAt: at(0) }]);
  });
});

describe("a connection that was closed at once", () => {
  it("is a gap from then on", async () => {
    const { connection, hub, gaps } = attached();
    await passed(1_000);
    connection.happen("closed");
    await passed(1_000);
    await hub.subscribe();
    expect(gaps).toEqual([{ from: at(1_000), to: at(2_000), lastHeardAt: at(0) }]);
  });
});

describe("detaching", () => {
  it("removes the handlers, waits for what is in flight, and may be said twice", async () => {
    const connection = new FakeConnection();
    let release = (): void => {};
    const handle = vi.fn(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return { outcome: "recorded" } as const;
    });
    const hub = attachTo(connection, { handle }, { accountIds: ["900"] });
    await passed();
    connection.tell("GatewayUserTrade", tradeRow());
    let detached = false;
    const both = Promise.all([hub.detach(), hub.detach()]).then(() => {
      detached = true;
    });
    connection.tell("GatewayUserTrade", tradeRow());
    expect([connection.handlers, handle.mock.calls.length]).toEqual([0, 1]);
    await passed(60_000);
    expect(detached).toBe(false);
    release();
    await both;
  });

  it("leaves alone the handlers of others", async () => {
    const { connection, hub } = attached();
    const others = vi.fn();
    connection.on("GatewayUserTrade", others);
    await hub.detach();
    connection.tell("GatewayUserTrade", tradeRow());
    expect(others).toHaveBeenCalledTimes(1);
  });

  it("ends tries to subscribe, also one without an answer, and what SignalR still says", async () => {
    const { connection, hub, gaps, errors } = attached();
    await passed();
    connection.happen("lost");
    connection.answer = () => Promise.reject(new Error("no"));
    connection.happen("back");
    await passed(10_000);
    const before = errors.length;
    await hub.detach();
    connection.happen("lost");
    connection.happen("back");
    await hub.subscribe();
    await passed(60_000);
    expect([gaps, errors.length - before]).toEqual([[], 0]);

    const silent = new FakeConnection();
    silent.answer = () => new Promise(() => {});
    const { hub: waiting } = attached({}, silent);
    await passed();
    expect(silent.invoked).toHaveLength(1);
    await waiting.detach();
  });
});

describe("the market hub", () => {
  const CONTRACT = "CON.F.US.MNQ.H27";

  it("is subscribed to for each contract and tells quotes of it", async () => {
    const connection = new FakeConnection();
    const handle = vi.fn(async () => ({ outcome: "known" }) as const);
    const hub = attachToMarket(connection, { handle }, { contractIds: [CONTRACT] });
    const timestamp = "2027-01-05T14:30:00.348+00:00";
    connection.tell("GatewayQuote", CONTRACT, { lastPrice: 21000.25, timestamp });
    await passed();
    expect(connection.invoked).toEqual([["SubscribeContractQuotes", CONTRACT]]);
    expect(handle.mock.calls).toEqual([
      [{ kind: "quote", input: { contract: CONTRACT, price: 21000.25, at: timestamp } }],
    ]);
    connection.happen("lost");
    connection.happen("back");
    await passed();
    expect(connection.invoked).toHaveLength(2);
    await hub.detach();
    expect(connection.handlers).toBe(0);
  });

  it("is not for no contract at all", () => {
    const handle = async () => ({ outcome: "known" }) as const;
    expect(() => attachToMarket(new FakeConnection(), { handle }, { contractIds: [] })).toThrow(
      /needs a contract id/,
    );
  });
});
