import { expect, it } from "vitest";
import { GatewayEngine } from "../../examples/gateway/gateway-engine.js";
import { gatewayHandler } from "../../examples/gateway/gateway-handler.js";
import { startGateway } from "../../examples/gateway/gateway-server.js";
import { HOUR_US, MINUTE_US } from "../../examples/gateway/gateway-time.js";
import { tradingDateUs } from "../../examples/gateway/trading-week.js";
import { createBlotter, type Instant, ProjectXClient } from "../../src/index.js";
import type { StoreKind } from "../stores.js";
import { Child } from "./child.js";

const ACCOUNT = 26_000_009;
const USER = { userName: "bot", apiKey: "key" };

/** A bot that is killed between an order's intent and its answer learns from the broker what became of it. */
export function describeSubmissionKill(kind: StoreKind): void {
  it(`${kind.name} settles the orders of a process that was killed before their answers`, async () => {
    const open = await kind.open();
    const url = open.url ?? "";
    const accounts = [{ id: ACCOUNT, name: `PRAC-V2-1-${ACCOUNT}`, balance: 150_000 }];
    const startUs = tradingDateUs(0) + 15 * HOUR_US;
    const engine = new GatewayEngine({ seed: 9, startUs, accounts, commissionsInRest: true });
    const gateway = await startGateway(gatewayHandler(engine, USER));
    try {
      await open.blotter.accounts.open({ accountId: `${ACCOUNT}`, startingBalance: 150_000 });
      for (const tag of ["heard", "lost"]) {
        const now = `${engine.nowUs}`;
        const child = new Child("submit-order.ts", url, `${ACCOUNT}`, gateway.url, now, tag);
        await child.printed(1);
        expect(child.lines).toEqual([tag]);
        await child.kill();
      }
      engine.advance(2 * MINUTE_US);

      const broker = new ProjectXClient({ ...USER, baseUrl: gateway.url });
      const clock = { now: () => Math.trunc(engine.nowUs) as Instant };
      const reopened = await createBlotter({ url, broker, clock });
      const { orders, reconciler, positions, trades } = reopened;
      const before = await orders.intents(`${ACCOUNT}`);
      expect(before.map(({ customTag, state }) => [customTag, state])).toEqual([
        ["heard", "sending"],
        ["lost", "sending"],
      ]);
      const { run, intents } = await reconciler.sync(`${ACCOUNT}`);
      expect(run.state).toBe("complete");
      const [order, ...others] = [...engine.orders];
      expect(others).toEqual([]);
      expect(intents).toMatchObject([
        { customTag: "heard", state: "accepted", orderId: `${order?.id}` },
        { customTag: "lost", state: "never_sent", orderId: null },
      ]);
      expect(await orders.orders({ account: `${ACCOUNT}` })).toMatchObject([
        { orderId: `${order?.id}`, customTag: "heard", status: "FILLED", filledQuantity: 2 },
      ]);
      expect(await positions.netQuantity(`${ACCOUNT}`, "MNQZ26")).toBe(2);
      expect(await trades.verify(`${ACCOUNT}`)).toEqual([]);
      expect((await reconciler.sync(`${ACCOUNT}`)).differences).toEqual([]);
      // Neither is sent again by a bot that repeats what it was about to do.
      const send = async () => expect.unreachable("the tag was used");
      for (const customTag of ["heard", "lost"]) {
        const again = { customTag, contract: "CON.F.US.MNQ.Z26", side: "buy" } as const;
        const same = {
          ...again,
          accountId: `${ACCOUNT}`,
          orderType: "market",
          quantity: 2,
        } as const;
        await orders.submit(same, send);
      }
      await reopened.close();
    } finally {
      await gateway.stop();
      await open.dispose();
    }
  });
}
