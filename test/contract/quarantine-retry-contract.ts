import { describe, expect, it } from "vitest";
import type { BrokerEvent, FileFormat } from "../../src/index.js";
import { Desk, fillInput } from "./desk.js";
import { moment } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** A file whose rows are these events. */
function told(events: readonly BrokerEvent[]): FileFormat {
  return {
    name: "made-up",
    description: "events of a test",
    async *read() {
      for (const [i, event] of events.entries()) {
        yield { row: i + 1, text: JSON.stringify(event), events: [event], problem: null };
      }
    },
  };
}

const FILE = {
  name: "made-up.json",
  async *open() {
    yield "";
  },
};

let made = 0;

export function describeQuarantineRetry(subject: Subject): void {
  describe("what waits in quarantine", () => {
    it("for a contract is booked when the contract's product is added", async () => {
      const desk = await Desk.open(subject().blotter);
      const { blotter, account } = desk;
      made += 1;
      const root = `ZQ${made}X`;
      const input = fillInput(account, 1, "1", "o", "buy 2 @ 100", { contract: `${root}U26` });
      const events = [{ kind: "fill", input }] as const;
      await expect(blotter.importer.import(told(events), [FILE])).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringContaining(root),
      });
      const report = await blotter.importer.import(told(events), [FILE], { keepGoing: true });
      expect(report).toMatchObject({ rows: 1, quarantined: 1, fills: { new: 0 } });
      const waits = (await blotter.quarantine.list()).filter((e) => e.accountId === account);
      expect(waits).toMatchObject([{ reason: "unknown_contract", status: "waiting", count: 1 }]);
      await blotter.contracts.add({ root, tickSize: 1, pointValue: 10 });
      const id = waits[0]?.quarantineId ?? "";
      expect((await blotter.quarantine.get(id)).status).toBe("resolved");
      expect(await blotter.positions.netQuantity(account, `${root}U26`)).toBe(2);
    });

    it("for an account is booked when the account is opened", async () => {
      const { blotter } = subject();
      made += 1;
      const account = `opened-late-${made}`;
      const input = fillInput(account, 1, "1", "o", "sell 2 @ 20000");
      const quarantineId = `waits-for-${account}`;
      const payload = JSON.stringify(input);
      await blotter.store.write("global", (repos) =>
        repos.quarantine.put({
          quarantineId,
          accountId: account,
          reason: "unknown_account",
          message: "unknown account",
          source: "test",
          kind: "fill",
          payload,
          payloadLength: payload.length,
          count: 1,
          firstSeenAt: moment(0),
          lastSeenAt: moment(0),
          status: "waiting",
        }),
      );
      const retried = await blotter.quarantine.retry(quarantineId);
      expect(retried).toEqual({ resolved: 0, stillWaiting: 1 });
      await blotter.accounts.open({ accountId: account });
      expect((await blotter.quarantine.get(quarantineId)).status).toBe("resolved");
      expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(-2);
    });

    it("is found by its id, or not at all", async () => {
      const { quarantine } = subject().blotter;
      const missing = { code: "not_found", message: expect.stringContaining("no-such-id") };
      await expect(quarantine.get("no-such-id")).rejects.toMatchObject(missing);
      await expect(quarantine.discard("no-such-id")).rejects.toMatchObject(missing);
    });
  });

  describe("opening an account and adding a product", () => {
    it("again with the same facts does nothing, with others is a conflict", async () => {
      const desk = await Desk.open(subject().blotter);
      const { accounts, contracts } = desk.blotter;
      const accountId = desk.account;
      const again = await accounts.open({ accountId, startingBalance: 50_000 });
      expect(again).toEqual(await accounts.get(accountId));
      expect(await accounts.open({ accountId })).toEqual(again);
      const other = accounts.open({ accountId, startingBalance: 1 });
      await expect(other).rejects.toMatchObject({ code: "conflict" });
      const product = { root: "NQ", tickSize: 1, pointValue: 1 };
      await expect(contracts.add(product)).rejects.toMatchObject({ code: "conflict" });
    });

    it("finds accounts by id, then by a name that only one has", async () => {
      const { accounts } = subject().blotter;
      made += 1;
      const [a, b, c] = ["a", "b", "c"].map((letter) => `named-${letter}-${made}`);
      const name = `Shared ${made}`;
      for (const accountId of [a, b]) {
        await accounts.open({ accountId: accountId ?? "", accountName: name });
      }
      await accounts.open({ accountId: c ?? "", accountName: a ?? "" });
      expect((await accounts.get(a ?? "")).accountName).toBe(name);
      await expect(accounts.get(name)).rejects.toMatchObject({ code: "conflict" });
    });
  });
}
