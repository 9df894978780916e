import { defineConfig } from "vitest/config";

if (!process.env.TEST_DATABASE_URL) {
  throw new Error(
    "test:postgres needs TEST_DATABASE_URL, the url of a server on which databases may be made and dropped: postgres://postgres@127.0.0.1:5432/test",
  );
}

/** The suites that need a Postgres server. Each file makes databases of its own on it. */
export default defineConfig({
  resolve: { alias: { blotter: new URL("../src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.postgres.ts"],
    maxWorkers: "100%",
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
