import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { postgresHandle } from "../../src/storage/drizzle/handle.js";
import * as schema from "../../src/storage/postgres/schema.js";
import { postgresPlan } from "./query-plan.js";
import { type Connect, describeQueryPlans } from "./query-plans.js";
import { postgresPlace } from "./store-place.js";

const connect: Connect = async (place, onSent) => {
  // The books are small: without this, reading a whole table would always be the cheapest.
  const options = "-c TimeZone=UTC -c enable_seqscan=off";
  const client = new pg.Client({ connectionString: place.url, options });
  await client.connect();
  const logger = { logQuery: (sql: string, values: unknown[]) => onSent({ sql, values }) };
  return {
    handle: postgresHandle(drizzle({ client, logger }), schema),
    async exec(sql) {
      await client.query(sql);
    },
    async plan({ sql, values }) {
      const { rows } = await client.query(`explain (format json) ${sql}`, [...values]);
      return postgresPlan(rows[0]["QUERY PLAN"][0].Plan);
    },
    close: () => client.end(),
  };
};

describeQueryPlans(postgresPlace, connect);
