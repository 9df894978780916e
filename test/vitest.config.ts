import { defineConfig } from "vitest/config";

/** What `npm ci` alone can run: SQLite and PGlite, no server. */
export default defineConfig({
  resolve: { alias: { blotter: new URL("../src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.test.ts"],
    maxWorkers: "100%",
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
