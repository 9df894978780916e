import { createBlotter } from "../../src/index.js";

/** Opens a store and closes it; prints what came of it. */
try {
  const blotter = await createBlotter({ url: process.argv[2] ?? "" });
  await blotter.close();
  console.log("opened");
} catch (error) {
  const code = error instanceof Error && "code" in error ? error.code : "";
  console.log(`${code} ${error instanceof Error ? error.message : ""}`);
}
process.stdin.destroy();
