import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { sqliteHandle } from "../../src/storage/drizzle/handle.js";
import * as schema from "../../src/storage/sqlite/schema.js";
import { sqlitePlan } from "./query-plan.js";
import { type Connect, describeQueryPlans } from "./query-plans.js";
import { sqlitePlace } from "./store-place.js";

const connect: Connect = async (place, onSent) => {
  const database = new Database(place.url.slice("file:".length));
  const logger = { logQuery: (sql: string, values: unknown[]) => onSent({ sql, values }) };
  return {
    handle: sqliteHandle(drizzle({ client: database, logger }), schema, (query, name) =>
      query.prepare(name),
    ),
    async exec(sql) {
      database.exec(sql);
    },
    async plan({ sql, values }) {
      const explain = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`);
      return sqlitePlan(explain.all(...values).map(({ detail }) => detail));
    },
    async close() {
      database.close();
    },
  };
};

describeQueryPlans(sqlitePlace, connect);
