import { beforeAll, describe, expect, it } from "vitest";
import type { Fill } from "../../src/domain/fill.js";
import type { AccountId, OrderId } from "../../src/domain/ids.js";
import type { ExecutionRange } from "../../src/ports/repositories.js";
import type { RowQuery } from "../../src/ports/row-query.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, MES, MNQ, moment, orderRow } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** Ids of one instant in canonical order: digits by length, then the rest by bytes. */
const CANONICAL = ["9", "10", "100", "B", "a", "a b", "~"];

export function describeFillQueries(subject: Subject): void {
  describe("fills as they are asked for", () => {
    let account: AccountId;
    let fills: readonly Fill[];
    beforeAll(async () => {
      account = await freshAccount(subject().blotter);
      fills = await writeFills(subject, account);
    });
    const store = () => subject().blotter.store;
    const ids = (rows: readonly { readonly fillId: string }[]) => rows.map((row) => row.fillId);
    const list = async (query: Partial<RowQuery>, all?: boolean) =>
      ids(await store().read((r) => r.fills.list({ accountId: account, ...query }, all)));
    const executions = async (range: Partial<ExecutionRange>) => {
      const whole = { accountId: account, contractId: MNQ.contractId, limit: 100, ...range };
      return ids(await store().read((r) => r.fills.executions(whole)));
    };

    it("are booked ones in canonical order, or all", async () => {
      expect(await list({})).toEqual([...CANONICAL, "late", "mes"]);
      expect(await list({}, true)).toEqual([...CANONICAL, "late", "mes", "u1", "u2", "gone"]);
    });

    it("are filtered", async () => {
      expect(await list({ newest: 3 })).toEqual(["~", "late", "mes"]);
      expect(await list({ newest: 3 }, true)).toEqual(["u1", "u2", "gone"]);
      expect(await list({ from: moment(1), to: moment(2) })).toEqual(["late"]);
      expect(await list({ contractIds: [MES.contractId] })).toEqual(["mes"]);
      expect(await list({ strategy: "swing" })).toEqual(["mes"]);
      expect(await list({ strategy: "Swing" })).toEqual([]);
    });

    it("are executions of one contract from, after and before a place", async () => {
      const at = (id: string) => fills.find((fill) => fill.fillId === id) ?? null;
      expect(await executions({})).toEqual([...CANONICAL, "late"]);
      expect(await executions({ limit: 2 })).toEqual(["9", "10"]);
      expect(await executions({ from: at("a") })).toEqual(["a", "a b", "~", "late"]);
      expect(await executions({ after: at("a") })).toEqual(["a b", "~", "late"]);
      expect(await executions({ before: at("B") })).toEqual(["9", "10", "100"]);
      expect(await executions({ after: at("9"), before: at("100") })).toEqual(["10"]);
      expect(await executions({ from: null, after: null, before: null, limit: 1 })).toEqual(["9"]);
      const strategies = await store().read((r) =>
        r.fills.executions({ accountId: account, contractId: MES.contractId, limit: 9 }),
      );
      expect(strategies.map((execution) => execution.strategy)).toEqual(["swing"]);
    });

    it("are pages of any state", async () => {
      const page = (after: Fill | null, limit: number) =>
        store().read((r) => r.fills.page(account, after, limit));
      expect(await page(null, 100)).toEqual(fills);
      expect(await page(fills[8] ?? null, 2)).toEqual(fills.slice(9, 11));
      expect(await page(fills[fills.length - 1] ?? null, 2)).toEqual([]);
    });

    it("are those of an import that was cut off", async () => {
      const unmatched = (limit: number) => store().read((r) => r.fills.unmatched(account, limit));
      expect(ids(await unmatched(9))).toEqual(["u1", "u2"]);
      expect(ids(await unmatched(1))).toEqual(["u1"]);
      const counts = await store().read((r) => r.fills.countUnmatched(account));
      expect(counts).toBe(2);
    });

    it("are of contracts with booked fills", async () => {
      const contracts = await store().read((r) => r.fills.contracts(account));
      expect(contracts).toEqual([MES.contractId, MNQ.contractId]);
      const nobody = "nobody" as AccountId;
      const none = await store().read(async (r) => [
        await r.fills.contracts(nobody),
        await r.fills.list({ accountId: nobody }, true),
        await r.fills.countUnmatched(nobody),
        await r.fills.ofOrder(account, "none" as OrderId),
      ]);
      expect(none).toEqual([[], [], 0, []]);
    });
  });
}

/** In canonical order; written from the last to the first. */
async function writeFills(subject: Subject, account: AccountId): Promise<readonly Fill[]> {
  const mes = { contractId: MES.contractId, symbol: MES.symbol, root: MES.root };
  const [mnqOrder, mesOrder] = [
    orderRow(account, "mnq"),
    orderRow(account, "mes", { ...mes, strategy: "swing" }),
  ];
  const fills = [
    ...CANONICAL.map((id) => fillRow(mnqOrder, id, 0)),
    fillRow(mnqOrder, "late", 1),
    fillRow(mesOrder, "mes", 2),
    fillRow(mnqOrder, "u1", 3, { state: "unmatched" }),
    fillRow(mnqOrder, "u2", 4, { state: "unmatched" }),
    fillRow(mnqOrder, "gone", 5, { state: "void" }),
  ];
  await subject().blotter.store.write(account, async (repos) => {
    for (const order of [mnqOrder, mesOrder]) await repos.orders.insert(order);
    for (const fill of [...fills].reverse()) await repos.fills.insert(fill);
  });
  return fills;
}
