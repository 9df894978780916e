import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { csvHeader, csvLines } from "../../src/cli/csv.js";
import { Output } from "../../src/cli/output.js";
import { pairsText, tableText } from "../../src/cli/table.js";
import { moneyText, plainNumber } from "../../src/cli/text.js";

describe("numbers for people", () => {
  test.each([
    [0, "0"],
    [-12.5, "-12.5"],
    [0.0000005, "0.0000005"],
    [-0.000000001, "-0.000000001"],
    [1e9, "1000000000"],
    [24822.125, "24822.125"],
  ])("%d is %s", (value, text) => expect(plainNumber(value)).toBe(text));

  test.each([
    [0, "0.00"],
    [-1485.5, "-1485.50"],
    [0.205, "0.205"],
    [0.0000005, "0.0000005"],
  ])("%d dollars are %s", (value, text) => expect(moneyText(value)).toBe(text));
});

describe("CSV", () => {
  const fields = ["a", "b"];

  test("is a header and a line for each row, with plain decimals and empty cells for null", () => {
    const rows = [
      { a: 0.0000005, b: null },
      { b: true, a: "x" },
    ];
    expect(csvHeader(fields) + csvLines(fields, rows)).toBe("a,b\n0.0000005,\nx,true\n");
  });

  test("quotes what needs it", () => {
    expect(csvLines(fields, [{ a: 'say "hi", you', b: "two\nlines" }])).toBe(
      '"say ""hi"", you","two\nlines"\n',
    );
  });

  test.each(["=1+1", "+A1", "-1+1", "--5", "@SUM(A1)", "\tx", "\rx"])(
    "a text that starts as %j is no formula",
    (text) => expect(csvLines(["a"], [{ a: text }])).toMatch(/^"?'[=+\-@\t\r]/),
  );

  test.each(["\0x", "\t=1", "-12.5.1", "+1e5"])("nor is %j", (text) =>
    expect(csvLines(["a"], [{ a: text }])).toMatch(/^"?'/),
  );

  test.each(["-12.50", "+1", "-3", "a=1", "5-1", ""])("%j is left alone", (text) =>
    expect(csvLines(["a"], [{ a: text }])).toBe(`${text}\n`),
  );

  test("raw, every text is as it is", () => {
    expect(csvLines(["a", "b"], [{ a: "=1+1", b: "@x" }], true)).toBe("=1+1,@x\n");
  });

  test("negative numbers stay numbers", () => {
    expect(csvLines(fields, [{ a: -12.5, b: -3 }])).toBe("-12.5,-3\n");
  });
});

describe("tables", () => {
  test("numbers stand to the right, empty columns go, times are UTC to the second", () => {
    const text = tableText(
      [
        { title: "Closed (UTC)", field: "at", kind: "time" },
        { title: "Symbol", field: "symbol", kind: "text" },
        { title: "Net", field: "net", kind: "money" },
        { title: "Strategy", field: "strategy", kind: "text" },
      ],
      [
        { at: "2026-08-19T14:16:01.406128Z", symbol: "MNQU26", net: -1485.5, strategy: null },
        { at: "2026-08-19T14:16:02Z", symbol: "6EU26", net: 3, strategy: null },
      ],
    );
    expect(text).toBe(
      [
        "Closed (UTC)         Symbol       Net",
        "2026-08-19 14:16:01  MNQU26  -1485.50",
        "2026-08-19 14:16:02  6EU26       3.00",
        "",
      ].join("\n"),
    );
  });

  test("a broker's text cannot steer the terminal", () => {
    expect(pairsText([["note", "\u001b[31mred\nnew line"]])).toBe(
      "note  \\x1b[31mred\\x0anew line\n",
    );
  });
});

describe("writing", () => {
  test("keeps the order and waits for a slow reader", async () => {
    const slow = new Slow();
    const output = new Output(slow);
    for (let i = 0; i < 100; i++) void output.write(`${i}\n`);
    await output.flush();
    expect(slow.text).toBe(Array.from({ length: 100 }, (_, i) => `${i}\n`).join(""));
  });

  test("ends quietly when the reader goes away", async () => {
    const output = new Output(new Failing("EPIPE"));
    await output.write("x");
    await output.write("y");
    await expect(output.flush()).resolves.toBeUndefined();
  });

  test("any other failure is told", async () => {
    const output = new Output(new Failing("ENOSPC"));
    await output.write("x");
    await expect(output.flush()).rejects.toThrow("ENOSPC");
  });
});

class Slow extends Writable {
  text = "";

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    setImmediate(done);
  }
}

class Failing extends Writable {
  constructor(private readonly code: string) {
    super();
  }

  override _write(_chunk: Buffer, _encoding: string, done: (error: Error) => void): void {
    done(Object.assign(new Error(this.code), { code: this.code }));
  }
}
