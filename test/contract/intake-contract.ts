import { describe, expect, it } from "vitest";
import type { BrokerEvent } from "../../src/index.js";
import { Desk, fillInput, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

/** What a live bot hands over, in bursts and in whatever state. */
export function describeIntake(subject: Subject): void {
  describe("the intake", () => {
    const fill = (
      desk: Desk,
      at: number,
      id: string,
      order: string,
      trade: string,
    ): BrokerEvent => ({
      kind: "fill",
      input: fillInput(desk.account, at, id, order, trade),
    });

    it("takes a burst in few units of work, and answers each event", async () => {
      const desk = await Desk.open(subject().blotter);
      const { intake } = desk.blotter;
      const burst = Array.from({ length: 60 }, (_, i) =>
        fill(desk, i, `${i + 1}`, `o${i}`, i % 2 === 0 ? "buy 1 @ 20000" : "sell 1 @ 20001"),
      );
      const outcomes = await Promise.all([...burst, ...burst].map((event) => intake.handle(event)));
      const count = (kind: string) => outcomes.filter(({ outcome }) => outcome === kind).length;
      expect([count("recorded"), count("known")]).toEqual([60, 60]);
      expect(await desk.blotter.trades.trades({ account: desk.account })).toHaveLength(30);
      const matched = new Set<number>();
      for (const event of await eventsOf(desk)) {
        if (event.type === "trade.closed") matched.add(event.recordedAt);
      }
      // Two bursts at the most: the first event may have gone ahead of the others.
      expect(matched.size).toBeLessThanOrEqual(2);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("keeps what makes no sense in quarantine, and the rest of its burst in the books", async () => {
      const desk = await Desk.open(subject().blotter);
      const { intake } = desk.blotter;
      const outcomes = await Promise.all([
        intake.handle(fill(desk, 1, "1", "a", "buy 1 @ 20000")),
        intake.handle({
          kind: "fill",
          input: { ...fillInput(desk.account, 2, "2", "b", "buy 1 @ 2"), price: 0.1 },
        }),
        intake.handle({
          kind: "unreadable",
          input: { message: "no id", text: `{"account":"${desk.account}"}`, source: "test" },
        }),
        // Of an order that is a sale: found out only inside the unit of work.
        intake.handle({
          kind: "order",
          input: {
            accountId: desk.account,
            orderId: "a",
            contract: "MNQU26",
            side: "sell",
            createdAt: secondsAfterOpen(0),
          },
        }),
        intake.handle(fill(desk, 3, "3", "c", "sell 1 @ 20004")),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual([
        "recorded",
        "quarantined",
        "quarantined",
        "quarantined",
        "recorded",
      ]);
      expect(await desk.net()).toBe(0);
      expect(await desk.blotter.trades.trades({ account: desk.account })).toHaveLength(1);
    });

    it("takes the broker's word on an account that was opened under another name", async () => {
      const { blotter, account } = await Desk.open(subject().blotter);
      const input = { accountId: account, accountName: `PRAC-V2-${account}` };
      const told = { balance: "49848.64", canTrade: false };
      expect(await blotter.intake.handle({ kind: "account", input, told })).toEqual({
        outcome: "known",
      });
      const { lastReport, account: stored } = await blotter.accounts.summary(account);
      expect(lastReport).toMatchObject({ brokerBalance: 49_848_640_000, brokerCanTrade: false });
      expect(stored.accountName).toBe(account);
      const waiting = await blotter.quarantine.list();
      expect(waiting.filter((entry) => entry.accountId === account)).toEqual([]);
    });

    it("opens accounts, takes prices, and keeps the broker's name of a position", async () => {
      const desk = await Desk.open(subject().blotter);
      const { intake, marks } = desk.blotter;
      await intake.handle({ kind: "account", input: { accountId: `${desk.account}-b` } });
      expect((await desk.blotter.accounts.get(`${desk.account}-b`)).accountType).toBe("practice");
      await intake.handle(fill(desk, 1, "1", "a", "buy 1 @ 20000"));
      const quote = { contract: "CON.F.US.MNQ.U26", price: 20_006, at: secondsAfterOpen(2) };
      await intake.handle({ kind: "quote", input: quote });
      await marks.flush();
      const [valued] = await desk.blotter.positions.valued({ account: desk.account });
      expect(valued?.price?.unrealizedPnl).toBe(12_000_000);
      const position = {
        accountId: desk.account,
        contract: "MNQU26",
        side: "LONG" as const,
        quantity: 1,
        averagePrice: 20_000,
        openedAt: secondsAfterOpen(1),
        brokerPositionId: "825",
      };
      expect(await intake.handle({ kind: "position", input: position })).toEqual({
        outcome: "known",
      });
      await intake.handle(fill(desk, 3, "2", "b", "sell 1 @ 20007"));
      const [trade] = await desk.blotter.trades.trades({ account: desk.account });
      expect(trade?.mfe).toBe(14_000_000);
    });
  });

  async function eventsOf(desk: Desk) {
    return desk.blotter.store.read((repos) => repos.outbox.after(desk.account, 0, 10_000));
  }
}
