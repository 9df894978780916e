import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recogniseFormat } from "../../examples/export-files.js";
import { gatewayHandler } from "../../examples/gateway/gateway-handler.js";
import { PaperBroker } from "../../examples/paper-broker.js";

const TIMEOUT_MS = 300_000;
let directory: string;

beforeAll(() => {
  execFileSync(process.execPath, [".build/web.mjs", "--when-needed"]);
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "blotter-start-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  database: string,
  files: readonly string[] = [],
  onStderr: (text: string, process: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "examples/start.ts", ...files], {
    env: { ...process.env, BLOTTER_DB: `file:${join(directory, database)}` },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
    onStderr(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** How the dashboard's page and data answer. */
async function answersOf(url: string): Promise<readonly number[]> {
  const answers = [await fetch(url), await fetch(`${url}api/accounts`)];
  return answers.map(({ status }) => status);
}

const tables = (output: string): string => output.slice(output.indexOf("Newest orders"));
const section = (output: string, title: string): string =>
  output.slice(output.indexOf(title)).split("\n\n")[0] ?? "";

describe("npm start", { timeout: TIMEOUT_MS }, () => {
  it("trades a week, shows the books and ends; again, and it is the next week", async () => {
    const first = await start("books.db");
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/^Traded from 2026-11-02 to 2026-11-06: \d+ wins, \d+ losses\./);
    expect(first.stdout).toContain("The books agree with the broker.");
    const rules = ["warned: ", "violated: ", "locked out: ", "let in again; "].join(".*\\n.*");
    expect(first.stdout).toMatch(new RegExp(rules));
    for (const title of ["Newest orders", "Newest trades", "Totals"]) {
      expect(section(first.stdout, title)).toContain("│");
    }
    const second = await start("books.db");
    expect(second.stdout).toMatch(/^Traded from 2026-11-09 to 2026-11-13: /);
  });

  it("serves the dashboard while it trades, and with --serve until it is interrupted", async () => {
    let asked: Promise<readonly unknown[]> | null = null;
    const ended = await start("served.db", ["--serve"], (stderr, child) => {
      const [, url] = /The dashboard is at (http:\S+)\n/.exec(stderr) ?? [];
      if (url !== undefined) asked ??= answersOf(url);
      if (stderr.includes("until Ctrl-C")) child.kill("SIGINT");
    });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Newest trades");
    expect(await asked).toEqual([200, 200]);
  });

  it("killed on the way and started again, shows what an undisturbed run shows", async () => {
    const killed = await start("killed.db", [], (stderr, child) => {
      if (stderr.includes("2026-11-04")) child.kill("SIGKILL");
    });
    expect(killed.code).toBeNull();
    const [again, whole] = [await start("killed.db"), await start("whole.db")];
    expect(tables(again.stdout)).toBe(tables(whole.stdout));
  });

  it("imports export files instead and shows the same trades", async () => {
    const traded = await start("books.db");
    const { orders, trades } = await restRows();
    const files = [join(directory, "a.json"), join(directory, "b.json")] as const;
    await writeFile(files[0], JSON.stringify({ orders, success: true, errorCode: 0 }));
    await writeFile(files[1], JSON.stringify(trades, null, 2));

    const imported = await start("imported.db", files);
    expect(imported).toMatchObject({ code: 0 });
    for (const title of ["Newest orders", "Open positions", "Newest trades"]) {
      expect(section(imported.stdout, title)).toBe(section(traded.stdout, title));
    }
    const again = await start("imported.db", files);
    expect(again.stdout.match(/\d+ new/g)).toEqual(["0 new", "0 new", "0 new", "0 new"]);
  });

  it("says what is wrong with a file, and touches nothing", async () => {
    const path = join(directory, "notes.txt");
    await writeFile(path, "bought two, sold two\n");
    for (const [file, message] of [
      [path, /notes\.txt is none of topstepx-orders, .*\n$/],
      [join(directory, "missing.csv"), /^cannot read .*missing\.csv: .*\n$/],
    ] as const) {
      const { code, stdout, stderr } = await start("books.db", [file]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(message);
      expect(stderr.split("\n")).toHaveLength(2);
    }
  });
});

describe("the format of an export file", () => {
  it.each([
    [
      "topstepx-orders",
      "\uFEFFId,AccountName,ExecutePrice,PositionDisposition,CreationDisposition\r\n",
    ],
    ["tradovate-fills", "_id,_orderId,Fill ID,Order ID,Timestamp,B/S,Quantity,Price,commission\n"],
    ["projectx-orders", '[{"id":1,"contractId":"CON.F.US.MNQ.Z26","limitPrice":null}]'],
    ["projectx-trades", '{"trades":[{"contractId":"CON.F.US.MNQ.Z26","price":1,"orderId":2}]}'],
  ])("%s is told by its content", async (format, text) => {
    const path = join(directory, "export");
    await writeFile(path, text);
    expect((await recogniseFormat(path)).name).toBe(format);
  });

  it("sends the owner of a TopstepX Trades export to the Orders export", async () => {
    const path = join(directory, "trades.csv");
    await writeFile(path, "Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL\n");
    await expect(recogniseFormat(path)).rejects.toThrow("needs the Orders export");
  });
});

/** The first week as the gateway's REST interface tells it. */
async function restRows() {
  const broker = new PaperBroker(1);
  broker.passWeeks(1);
  const keys = { userName: "test", apiKey: "test-key" };
  const handler = gatewayHandler(broker.engine, keys);
  const ask = async (path: string, body: object, token = ""): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}` };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const answer: unknown = await (
      await handler(new Request(`http://gateway${path}`, init))
    ).json();
    // Every answer of the gateway is an object.
    return answer as Record<string, unknown>;
  };
  const { token } = await ask("/api/Auth/loginKey", keys);
  const all = { accountId: broker.accountId, startTimestamp: "2020-01-01T00:00:00Z" };
  const { orders } = await ask("/api/Order/search", all, String(token));
  const { trades } = await ask("/api/Trade/search", all, String(token));
  return { orders, trades };
}
