import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { FILE_FORMATS, OLD_PROGRAM } from "../../src/brokers/formats.js";
import { Output } from "../../src/cli/output.js";
import { buildProgram } from "../../src/cli/program.js";
import { BlotterError, type ErrorCode } from "../../src/domain/errors.js";
import { runBlotter } from "./run-blotter.js";

/** Opening a store where only the command line is looked at is a mistake of the command. */
const open = () => Promise.reject(new Error("the store was opened"));
const run = (...args: string[]) => runBlotter(args, { open });

describe("wrong usage exits 2 with one line on stderr, before a store is opened", () => {
  test.each([
    ["an unknown command", ["ordes"], /unknown command 'ordes'.*orders/],
    ["an unknown option", ["orders", "--colour"], /unknown option '--colour'/],
    ["too many arguments", ["orders", "17"], /too many arguments/],
    ["a missing argument", ["import"], /missing required argument 'format'/],
    ["no files", ["import", "topstepx-orders"], /missing required argument 'file'/],
    ["an unknown format", ["import", "excel", "a.csv"], /'excel' is invalid.*topstepx-orders/],
    ["a limit that is no number", ["fills", "--limit", "x"], /whole number from 1/],
    ["a limit of 0", ["fills", "--limit", "0"], /whole number from 1/],
    ["a limit that is a fraction", ["fills", "--limit", "1.5"], /whole number from 1/],
    ["a day that does not exist", ["fills", "--from", "2026-02-30"], /--from.*no moment in time/],
    ["an instant without an offset", ["fills", "--to", "2026-02-03T10:00"], /--to.*offset/],
    ["an empty filter", ["fills", "--account", ""], /must not be empty/],
    ["two output forms", ["fills", "--json", "--csv"], /cannot be used with/],
    ["an unknown level", ["trades", "--level", "day"], /match, trade, position/],
    ["an unknown account type", ["accounts", "add", "A", "--type", "x"], /evaluation, funded/],
    [
      "a balance that is no number",
      ["accounts", "add", "A", "--starting-balance", "5k"],
      /decimal/,
    ],
    ["a void without an account", ["void", "F1"], /--account/],
    ["a product without a value", ["contracts", "add", "XY", "--tick-size", "1"], /--point-value/],
    ["a root in small letters", ["contracts", "add", "xy", "--tick-size", "1"], /capital letters/],
    ["differences on record of a file", ["reconcile", "--list", "--from", "a.json"], /--from/],
    ["two kinds of record", ["reconcile", "--list", "--runs"], /--list/],
    ["--target without --simulate", ["report", "--target", "9"], /--target is for --simulate/],
    [
      "--max-loss without --simulate",
      ["report", "--max-loss", "9"],
      /--max-loss is for --simulate/,
    ],
    [
      "--max-loss-basis without --simulate",
      ["report", "--max-loss-basis", "eod"],
      /--max-loss-basis is for --simulate/,
    ],
    ["--lock-at without --simulate", ["report", "--lock-at", "9"], /--lock-at is for --simulate/],
    [
      "--daily-loss without --simulate",
      ["report", "--daily-loss", "9"],
      /--daily-loss is for --simulate/,
    ],
    ["--seed without --simulate", ["report", "--seed", "1"], /--seed is for --simulate/],
    ["--paths without --simulate", ["report", "--paths", "9"], /--paths is for --simulate/],
    ["--horizon without --simulate", ["report", "--horizon", "9"], /--horizon is for --simulate/],
    [
      "a simulation's option for a page",
      ["report", "--html", "a.html", "--seed", "2"],
      /--simulate/,
    ],
    [
      "rows chosen for JSON",
      ["export", "--format", "json", "--table", "trades"],
      /--table is for --format csv/,
    ],
    ["raw texts in JSON", ["export", "--format", "json", "--raw"], /--raw is for --format csv/],
    ["replacing no file", ["export", "--format", "csv", "--force"], /--force is for --out/],
    ["an unknown kind of store", ["orders", "--db", "mysql://a"], /store url must be/],
    ["an empty store", ["orders", "--db", ""], /store url must be/],
    [
      "filters that missing fills have not",
      ["orders", "--missing-fills", "--from", "2026-01-01"],
      /--from/,
    ],
  ])("%s", async (_what, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^blotter: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("no command at all shows the help on stderr", async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: blotter");
  });

  test("a password is never shown", async () => {
    const { code, stderr } = await run("orders", "--db", "postgers://me:secret@host/db");
    expect(code).toBe(2);
    expect(stderr).not.toContain("secret");
  });
});

describe("failures exit 1 with one line on stderr", () => {
  const failing = (error: unknown) => runBlotter(["orders"], { open: () => Promise.reject(error) });

  test.each<ErrorCode>([
    "not_found",
    "conflict",
    "invalid",
    "nested",
    "unavailable",
    "corrupt",
    "unsupported",
  ])("code %s", async (errorCode) => {
    const { code, stderr } = await failing(new BlotterError(errorCode, "this was\n  found"));
    expect({ code, stderr }).toEqual({ code: 1, stderr: "blotter: this was found\n" });
  });

  test("an error nobody expected, without its stack", async () => {
    const { code, stderr } = await failing(new TypeError("x is undefined"));
    expect(code).toBe(1);
    expect(stderr).toBe(
      "blotter: failed unexpectedly: x is undefined (BLOTTER_DEBUG=1 shows where)\n",
    );
  });

  test("control characters of a message do not reach the terminal", async () => {
    const { stderr } = await failing(new BlotterError("invalid", "was \u001b[2Jx"));
    expect(stderr).toBe("blotter: was \\x1b[2Jx\n");
  });

  test("files that cannot be read are named before a store is made", async () => {
    expect(await run("import", "topstepx-orders", "/no/such.csv")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'blotter: cannot read "/no/such.csv": there is no such file\n',
    });
    expect((await run("import", "topstepx-orders", "/")).stderr).toMatch(/it is a folder/);
    expect((await run("import", "topstepx-orders", "-", "-")).stderr).toMatch(/only once/);
  });
});

describe("help", () => {
  test("--version", async () => {
    expect(await run("--version")).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });

  test("every command has a sentence, and so has every option and argument", async () => {
    const commands = everyCommand();
    expect(commands.filter(([name]) => !name.includes(" ")).map(([name]) => name)).toEqual([
      "migrate",
      "import",
      "accounts",
      "account",
      "adopt",
      "cash",
      "snapshots",
      "close-day",
      "contracts",
      "orders",
      "fills",
      "trades",
      "positions",
      "mark",
      "rules",
      "risk",
      "compliance",
      "report",
      "note",
      "void",
      "fees",
      "settle",
      "quarantine",
      "reconcile",
      "verify",
      "rebuild",
      "compare",
      "doctor",
      "backup",
      "backups",
      "restore",
      "export",
      "copy",
      "serve",
    ]);
    for (const [name, command] of commands) {
      expect(command.description(), name).toMatch(/^[A-Z].*\.$/);
      for (const part of [...command.options, ...command.registeredArguments]) {
        expect(part.description, `${name} ${part.name()}`).not.toBe("");
      }
      const { code, stdout, stderr } = await run(...name.split(" "), "--help");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`Usage: blotter ${name}`);
      expect(stdout).toContain("--db <url>");
    }
  });
});

function everyCommand(): readonly (readonly [string, Command])[] {
  const nowhere = { write: () => true, on: () => undefined };
  const program = buildProgram({
    version: "0",
    formats: FILE_FORMATS,
    oldProgram: OLD_PROGRAM,
    open,
    openBackups: open,
    copy: open,
    broker: () => Promise.reject(new Error("no broker is asked")),
    readHistory: () => Promise.reject(new Error("no files are read")),
    onInterrupt: () => () => {},
    checkUrl: () => {},
    loadServer: () => Promise.reject(new Error("no server in this test")),
    untilStopped: () => Promise.resolve(),
    stdin: () => process.stdin,
    interrupted: () => Promise.resolve(),
    out: new Output(nowhere),
    err: new Output(nowhere),
    setExitCode: () => {},
  });
  const below = (command: Command, path: string): (readonly [string, Command])[] =>
    command.commands.flatMap((child) => {
      const name = `${path}${child.name()}`;
      return [[name, child] as const, ...below(child, `${name} `)];
    });
  return below(program, "");
}
