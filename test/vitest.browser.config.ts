import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

if (!existsSync("/usr/bin/chromium")) {
  throw new Error("test:browser needs /usr/bin/chromium: apt-get install chromium");
}

/** The dashboard in a real browser. */
export default defineConfig({
  resolve: { alias: { blotter: new URL("../src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.browser.ts"],
    maxWorkers: 1,
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
