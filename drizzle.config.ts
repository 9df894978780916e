import { defineConfig } from "drizzle-kit";

/** The dialect follows the url: `BLOTTER_DB=postgres://... npm run db:migrate`. */
const url = process.env.BLOTTER_DB || "file:./trading_bot.db";

const postgres = {
  dialect: "postgresql",
  schema: "./src/storage/postgres/schema.ts",
  out: "./drizzle/postgres",
  strict: true,
} as const;

function configOf(storeUrl: string) {
  if (/^postgres(ql)?:/.test(storeUrl)) {
    return defineConfig({ ...postgres, dbCredentials: { url: storeUrl } });
  }
  if (storeUrl.startsWith("pglite:")) {
    const directory = storeUrl.slice("pglite:".length);
    return defineConfig({ ...postgres, driver: "pglite", dbCredentials: { url: directory } });
  }
  return defineConfig({
    dialect: "sqlite",
    schema: "./src/storage/sqlite/schema.ts",
    out: "./drizzle/sqlite",
    strict: true,
    dbCredentials: { url: storeUrl.replace(/^file:/, "") },
  });
}

export default configOf(url);
