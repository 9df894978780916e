import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ordersExport } from "./made-up-orders.js";

const exec = promisify(execFile);
const MAIN = ["--import", "tsx", "src/cli/main.ts"];
const MANY = 3000;

let folder: string;
let db: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-main-"));
  db = `file:${join(folder, "books.db")}`;
  const path = join(folder, "orders.csv");
  writeFileSync(path, ordersExport(Array.from({ length: MANY }, cancelledOrder)));
  await exec("node", [...MAIN, "import", "topstepx-orders", path, "--db", db]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cancelledOrder(_: unknown, i: number) {
  return { id: 10_000 + i, contract: "MNQU6", side: "Bid", size: 1, at: "10:00:00" } as const;
}

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect((await exec("node", [...MAIN, "--version"])).stdout).toBe(`${version}\n`);
}, 30_000);

test("a long list arrives whole through a pipe that is read slowly", async () => {
  const child = spawn("node", [...MAIN, "orders", "--json", "--db", db]);
  let text = "";
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout) {
    text += chunk;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(JSON.parse(text)).toHaveLength(MANY);
}, 30_000);

test("a reader that goes away ends it quietly", async () => {
  const pipeline = `node ${MAIN.join(" ")} orders --json --db "${db}" | head -n 1`;
  const { stdout, stderr } = await exec("bash", ["-o", "pipefail", "-c", pipeline]);
  expect({ stdout, stderr }).toEqual({ stdout: "[\n", stderr: "" });
}, 30_000);

test("a disk that is full is told", async () => {
  const command = `node ${MAIN.join(" ")} orders --json --db "${db}" > /dev/full`;
  await expect(exec("bash", ["-c", command])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^blotter: [^\n]*ENOSPC[^\n]*\n$/),
  });
}, 30_000);
