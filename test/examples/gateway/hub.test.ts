import { describe, expect, it } from "vitest";
import { MINUTE_US } from "../../../examples/gateway/gateway-time.js";
import { type HubFault, HubFaults } from "../../../examples/gateway/hub-faults.js";
import { HubStandIn } from "../../../examples/gateway/hub-stand-in.js";
import { trade } from "../../../examples/gateway/trading-week.js";
import { ACCOUNT, gatewayAt15, heardFrom, MNQ, placed } from "./worlds.js";

const ALL = ["Account", "Order", "Position", "Trade"] as const;

/** All at once: the trading below does not pause for promises. */
async function subscribe(hub: HubStandIn): Promise<void> {
  const of = ["Orders", "Positions", "Trades"].map((what) =>
    hub.invoke(`Subscribe${what}`, ACCOUNT),
  );
  await Promise.all([hub.invoke("SubscribeAccounts"), ...of]);
}

/** A hub that is subscribed to everything, what was sent, and what came of it. */
async function listening(rates: Partial<Record<HubFault, number>> = {}, seed = 1) {
  const engine = gatewayAt15();
  const faults = new HubFaults(seed, rates);
  const hub = new HubStandIn(engine, faults);
  const heard: string[] = [];
  for (const what of ALL) {
    const event = `GatewayUser${what}`;
    hub.on(event, (payload) => heard.push(JSON.stringify([event, payload])));
  }
  await hub.start();
  await subscribe(hub);
  const events = heardFrom(engine);
  const sent = () => events.map(({ event, payload }) => JSON.stringify([event, payload]));
  const play = () =>
    trade(engine, { seed: 3, accountId: ACCOUNT, firstDay: 1, days: 1, tradesADay: 16 });
  return { engine, hub, heard, sent, play, faults };
}

describe("the hub stand-in", () => {
  it("delivers what was subscribed to and nothing else", async () => {
    const { engine, hub, heard } = await listening();
    await hub.invoke("UnsubscribeOrders", ACCOUNT);
    await hub.invoke("UnsubscribeTrades", ACCOUNT);
    await hub.invoke("SubscribeTrades", ACCOUNT + 1);
    placed(engine);
    expect(heard.map((text) => JSON.parse(text)[0])).toEqual([
      "GatewayUserPosition",
      "GatewayUserAccount",
    ]);
    hub.off("GatewayUserAccount");
    placed(engine);
    expect(heard.map((text) => JSON.parse(text)[0]).slice(2)).toEqual(["GatewayUserPosition"]);
  });

  it("sends quotes of a contract to those who asked for it", async () => {
    const { engine, hub } = await listening();
    placed(engine);
    const quotes: unknown[][] = [];
    hub.on("GatewayQuote", (...args) => quotes.push(args));
    engine.advance(5 * MINUTE_US);
    expect(quotes).toEqual([]);
    await hub.invoke("SubscribeContractQuotes", MNQ);
    engine.advance(30 * MINUTE_US);
    expect(quotes.length).toBeGreaterThan(20);
    for (const [contractId, quote] of quotes) {
      expect(contractId).toBe(MNQ);
      expect(quote).toMatchObject({ symbol: "F.US.MNQ", contract: MNQ });
      const { bestBid, bestAsk } = quote as { bestBid: number; bestAsk: number };
      expect(bestAsk - bestBid).toBe(0.25);
    }
  });

  it("loses its subscriptions, and what happens meanwhile, at a reconnect", async () => {
    const { engine, hub, heard } = await listening();
    const told: string[] = [];
    hub.onreconnecting((error) => told.push(`reconnecting: ${error?.message}`));
    hub.onreconnected((id) => told.push(`reconnected: ${id}`));
    hub.onclose((error) => told.push(`closed: ${error?.message}`));
    hub.disconnect(3 * MINUTE_US);
    expect(hub.state).toBe("Reconnecting");
    await expect(hub.invoke("SubscribeAccounts")).rejects.toThrow("not in the 'Connected' State");
    placed(engine);
    engine.advance(2 * MINUTE_US);
    expect(hub.state).toBe("Reconnecting");
    engine.advance(2 * MINUTE_US);
    expect(hub.state).toBe("Connected");
    placed(engine);
    expect(heard).toEqual([]);
    await subscribe(hub);
    placed(engine);
    expect(heard.length).toBeGreaterThan(3);
    hub.fail(new Error("gone"));
    expect(hub.state).toBe("Disconnected");
    expect(told).toEqual([
      "reconnecting: WebSocket closed with status code: 1006",
      "reconnected: connection-2",
      "closed: gone",
    ]);
    await hub.start();
    expect(hub.connectionId).toBe("connection-3");
  });

  it("goes on when a handler throws, and knows no other methods", async () => {
    const { engine, hub, heard } = await listening();
    hub.on("GatewayUserTrade", () => {
      throw new Error("mine");
    });
    placed(engine);
    expect(hub.handlerErrors).toEqual([new Error("mine")]);
    expect(heard.length).toBeGreaterThan(3);
    await expect(hub.invoke("SubscribeEverything")).rejects.toThrow("Method does not exist");
  });
});

describe("each fault of the hub does what it says and nothing else", () => {
  const sorted = (texts: readonly string[]) => [...texts].sort();

  it("none: everything once, in order", async () => {
    const { play, heard, sent } = await listening();
    play();
    expect(heard.length).toBeGreaterThan(100);
    expect(heard).toEqual(sent());
  });

  it("drop: what is lost is gone, the rest comes in order", async () => {
    const { play, heard, sent, faults } = await listening({ drop: 0.2 });
    play();
    expect(faults.count("drop")).toBeGreaterThan(10);
    expect(heard.length).toBe(sent().length - faults.count("drop"));
    const all = sent();
    let place = -1;
    for (const text of heard) {
      const next = all.indexOf(text, place + 1);
      expect(next).toBeGreaterThan(place);
      place = next;
    }
  });

  it("repeat: some twice, none lost, first tellings in order", async () => {
    const { play, heard, sent, hub, faults } = await listening({ repeat: 0.2 });
    play();
    hub.flush();
    expect(heard.length).toBe(sent().length + faults.count("repeat"));
    expect([...new Set(heard)]).toEqual([...new Set(sent())]);
  });

  it.each(["reorder", "delay"] as const)("%s: each once, in another order", async (fault) => {
    const { play, heard, sent, hub, faults } = await listening({ [fault]: 0.2 });
    play();
    hub.flush();
    expect(faults.count(fault)).toBeGreaterThan(10);
    expect(sorted(heard)).toEqual(sorted(sent()));
    expect(heard).not.toEqual(sent());
  });

  it("delay: comes by the clock, not with the next event", async () => {
    const { engine, heard } = await listening({ delay: 1 });
    placed(engine);
    placed(engine);
    expect(heard).toEqual([]);
    engine.advance(11 * MINUTE_US);
    expect(heard.length).toBeGreaterThan(6);
  });

  it("disconnect: a stretch is lost until somebody subscribes again", async () => {
    const { play, heard, sent, hub, faults } = await listening({ disconnect: 0.02 });
    hub.onreconnected(() => void subscribe(hub));
    play();
    expect(faults.count("disconnect")).toBeGreaterThan(1);
    expect(heard.length).toBeLessThan(sent().length - faults.count("disconnect"));
    const all = new Set(sent());
    expect(heard.every((text) => all.has(text))).toBe(true);
  });
});
