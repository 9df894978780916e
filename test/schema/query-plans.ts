import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import type { AccountId, ContractId, OrderId } from "../../src/domain/ids.js";
import type { Instant } from "../../src/domain/instant.js";
import { MEASURED_FIELDS, MEASURED_SUMS } from "../../src/services/result-measures.js";
import type { Handle } from "../../src/storage/drizzle/handle.js";
import { runWork } from "../../src/storage/drizzle/unit-of-work.js";
import { methodsOf, sendEveryQuery, watched } from "./every-query.js";
import { fillBooks } from "./filled-books.js";
import {
  brokenRules,
  GROWING_TABLES,
  type PlanStep,
  type SentStatement,
  wastedReads,
} from "./query-plan.js";
import type { PlaceKind, StorePlace } from "./store-place.js";

/** A connection of the test's own to filled books. */
export interface PlanningConnection {
  readonly handle: Handle;
  exec(sql: string): Promise<void>;
  plan(statement: SentStatement): Promise<readonly PlanStep[]>;
  close(): Promise<void>;
}

export type Connect = (
  place: StorePlace,
  onSent: (statement: SentStatement) => void,
) => Promise<PlanningConnection>;

/** Asks an engine how it would run every statement that the repositories send. */
export function describeQueryPlans(kind: PlaceKind, connect: Connect): void {
  describe(`queries on ${kind.name}`, () => {
    const sent = new Map<string, SentStatement>();
    const called = new Set<string>();
    let methods: readonly string[] = [];
    let place: StorePlace;
    let connection: PlanningConnection;

    beforeAll(async () => {
      place = await kind.make();
      const blotter = await createBlotter({ url: place.url });
      await fillBooks(blotter);
      await blotter.close();
      connection = await connect(place, (statement) => sent.set(statement.sql, statement));
      await connection.exec("begin");
      // Ids of the filled books.
      const subject = {
        accountId: "A1" as AccountId,
        contractId: "CON.F.US.MNQ.U26" as ContractId,
        orderId: "11" as OrderId,
        at: 1_785_763_860_000_000 as Instant,
      };
      await runWork(connection.handle, subject.at, async (repos) => {
        methods = methodsOf(repos);
        await sendEveryQuery(watched(repos, called), subject);
      });
      await connection.exec("rollback");
    });

    afterAll(async () => {
      await connection?.close();
      await place?.dispose();
    });

    it("come from every method of every repository", () => {
      expect(methods.length).toBeGreaterThan(60);
      expect(methods.filter((method) => !called.has(method))).toEqual([]);
    });

    it("touch every table that grows", () => {
      const statements = [...sent.keys()].join("\n");
      const untouched = [...GROWING_TABLES].filter((name) => !statements.includes(`"${name}"`));
      expect(untouched).toEqual([]);
    });

    it("read tables that grow by an index, and with an account or a limit", async () => {
      const broken: string[] = [];
      let steps = 0;
      for (const statement of sent.values()) {
        const plan = await connection.plan(statement);
        steps += plan.length;
        broken.push(...brokenRules(statement.sql, plan));
      }
      expect(broken).toEqual([]);
      expect(steps).toBeGreaterThan(sent.size / 2);
    });

    it("would be found out if they read a table without its index", async () => {
      const asks = [
        "select id from fills where price > 5 and quantity < 9",
        "select id from trades",
      ];
      for (const sql of asks) {
        const plan = await connection.plan({ sql, values: [] });
        expect(brokenRules(sql, plan), sql).toHaveLength(1);
      }
      const sql = "select order_id from orders order by account_id, order_id";
      const plan = await connection.plan({ sql, values: [] });
      expect(brokenRules(sql, plan)).toEqual([expect.stringMatching(/orders/)]);
    });

    it("take what statistics measure from an index that holds it", async () => {
      await connection.exec("begin");
      for (const [level, index] of [
        ["trade", "trades_exit"],
        ["position", "positions_closed"],
      ] as const) {
        sent.clear();
        await runWork(connection.handle, 0 as Instant, ({ results }) =>
          results.columns({ accountId: "A1" as AccountId, level }, MEASURED_FIELDS, MEASURED_SUMS),
        );
        const [statement = { sql: "", values: [] }] = sent.values();
        const steps = await connection.plan(statement);
        expect(steps, statement.sql).toMatchObject([{ index, isCovered: true }]);
      }
      await connection.exec("rollback");
    });

    // Postgres plans by what it knows of the rows, here few; SQLite the same way every time.
    if (kind.dialect === "sqlite") {
      it("read no more of an account than they ask for", async () => {
        const wasted: string[] = [];
        for (const statement of sent.values()) {
          wasted.push(...wastedReads(statement.sql, await connection.plan(statement)));
        }
        expect(wasted).toEqual([]);
      });
    }
  });
}
