import { describe, expect, it } from "vitest";
import { ProductCatalog, requireOnTick, snapToTick } from "../../src/domain/contract.js";
import { parseInstant } from "../../src/domain/instant.js";
import { formatMoney, formatPrice, parsePrice } from "../../src/domain/money.js";
import { parseProduct } from "../../src/domain/product.js";
import { LISTED } from "./listed-products.js";

const catalog = new ProductCatalog();
const at = (text: string) => parseInstant(text, "row");
const IN_2026 = at("2026-08-19T14:00:00Z");
const understood = (text: string, instant = IN_2026) => catalog.resolve(text, instant);

describe("the listed products", () => {
  it("are these and no others", () => {
    const roots = catalog.all().map(({ root }) => root);
    expect([...roots].sort()).toEqual(LISTED.map(([root]) => root).sort());
    expect(roots).toHaveLength(51);
  });

  it.each(LISTED)("%s (%s, %s): tick %s, %s dollars a tick, %s a point", (...product) => {
    const [root, code, exchange, tick, tickValue, pointValue] = product;
    const contract = understood(`${root}Z26`);
    expect(contract).toEqual(understood(`CON.F.US.${code}.Z26`));
    expect([contract.root, contract.exchange]).toEqual([root, exchange]);
    expect(formatPrice(contract.tickSize)).toBe(tick);
    expect(formatPrice(contract.tickValue)).toBe(tickValue);
    expect(formatMoney(contract.pointValue)).toBe(pointValue);
    expect(Number(tick) * Number(pointValue)).toBeCloseTo(Number(tickValue), 9);
  });
});

describe("the ways to name a contract", () => {
  it.each(["MNQU6", "MNQU26", "CON.F.US.MNQ.U26", " MNQU26 "])("%j is MNQU26", (text) => {
    expect(understood(text)).toMatchObject({
      contractId: "CON.F.US.MNQ.U26",
      symbol: "MNQU26",
      root: "MNQ",
    });
  });

  it.each([
    ["ENQU26", "NQU26", "CON.F.US.ENQ.U26"],
    ["NQU6", "NQU26", "CON.F.US.ENQ.U26"],
    ["CON.F.US.EP.H27", "ESH27", "CON.F.US.EP.H27"],
    ["6EZ26", "6EZ26", "CON.F.US.EU6.Z26"],
    ["EU6Z26", "6EZ26", "CON.F.US.EU6.Z26"],
    ["M6EM6", "M6EM26", "CON.F.US.M6E.M26"],
    ["M2KU6", "M2KU26", "CON.F.US.M2K.U26"],
    ["ZNU6", "ZNU26", "CON.F.US.TYA.U26"],
    ["NQMU26", "QMU26", "CON.F.US.NQM.U26"],
    ["NQM26", "NQM26", "CON.F.US.ENQ.M26"],
  ])("%s is %s", (text, symbol, contractId) => {
    expect(understood(text)).toMatchObject({ symbol, contractId });
  });

  it("knows all twelve months", () => {
    const months = [..."FGHJKMNQUVXZ"];
    const symbols = months.map((month) => understood(`CL${month}6`).symbol);
    expect(symbols).toEqual(months.map((month) => `CL${month}26`));
    const others = [..."ABCDEILOPRSTWY"];
    for (const letter of others)
      expect(() => understood(`CL${letter}6`)).toThrow("unknown contract");
  });
});

describe("a one-digit year", () => {
  it.each([
    ["2026-08-19T14:00:00Z", "MNQU5", "MNQU25"],
    ["2026-08-19T14:00:00Z", "MNQU6", "MNQU26"],
    ["2026-08-19T14:00:00Z", "MNQU9", "MNQU29"],
    ["2026-08-19T14:00:00Z", "MNQU0", "MNQU30"],
    ["2026-08-19T14:00:00Z", "MNQU4", "MNQU34"],
    ["2019-12-30T14:00:00Z", "MNQH0", "MNQH20"],
    ["2020-01-02T14:00:00Z", "MNQZ9", "MNQZ19"],
    ["2029-12-31T14:00:00Z", "MNQH0", "MNQH30"],
    ["2030-01-02T14:00:00Z", "MNQZ9", "MNQZ29"],
    ["2016-08-19T14:00:00Z", "MNQU6", "MNQU16"],
    ["2036-08-19T14:00:00Z", "MNQU6", "MNQU36"],
    ["2099-12-31T14:00:00Z", "MNQH0", "MNQH00"],
  ])("in a row of %s: %s is %s", (instant, text, symbol) => {
    expect(understood(text, at(instant)).symbol).toBe(symbol);
  });

  it("is of the row, and two digits need none", () => {
    expect(understood("MNQU16", at("2036-08-19T14:00:00Z")).symbol).toBe("MNQU16");
  });
});

describe("what names no contract", () => {
  it.each(["XYZU6", "XYZ", "CON.F.US.XYZ.U26", "AAPL", "MNQU", "MNQU126", "mnqu6"])(
    "%s is unknown until its product is added",
    (text) => {
      expect(() => understood(text)).toThrow(
        expect.objectContaining({
          code: "not_found",
          message: `unknown contract "${text}": add its product with "blotter contracts add"`,
        }),
      );
    },
  );

  it.each(["MNQ", "ES", "6E"])("%s is a product: month and year are missing", (root) => {
    expect(() => understood(root)).toThrow(
      expect.objectContaining({
        code: "invalid",
        message: `${root} is a product, not a contract: month and year are missing (${root}U26)`,
      }),
    );
  });

  it.each(["", "   "])("%j is nothing", (text) => {
    expect(() => understood(text)).toThrow("contract must be a symbol or a contract id, was ");
  });
});

describe("a product of one's own", () => {
  it("is understood as the listed ones are", () => {
    const product = parseProduct({ root: "FDAX", tickSize: "0.5", tickValue: "12.5" });
    const contract = new ProductCatalog([product]).resolve("FDAXU6", IN_2026);
    expect(contract).toMatchObject({ symbol: "FDAXU26", contractId: "CON.F.US.FDAX.U26" });
    expect(formatMoney(contract.pointValue)).toBe("25");
  });

  it("that is undated is its own only contract", () => {
    const product = parseProduct({ root: "HOOL", tickSize: "0.01", pointValue: 1, dated: false });
    const contract = new ProductCatalog([product]).resolve("HOOL", IN_2026);
    expect(contract).toMatchObject({ symbol: "HOOL", contractId: "HOOL", root: "HOOL" });
    expect(() => new ProductCatalog([product]).resolve("HOOLU6", IN_2026)).toThrow("unknown");
  });

  it("may tell tick value and point value, when they agree", () => {
    const input = { root: "FDAX", tickSize: "0.5", tickValue: "12.5", pointValue: 25 };
    expect(formatMoney(parseProduct(input).pointValue)).toBe("25");
    expect(() => parseProduct({ ...input, tickValue: "12" })).toThrow(
      "FDAX: tick value 12 is not tick size x point value 25",
    );
  });

  it.each([
    [{ root: "FDAX", tickSize: 0, tickValue: 1 }, "tick size must be positive, was 0"],
    [{ root: "FDAX", tickSize: -1, tickValue: 1 }, "tick size must be positive, was -1"],
    [{ root: "FDAX", tickSize: 1, tickValue: -1 }, "point value of FDAX must be positive"],
    [{ root: "FDAX", tickSize: 1, pointValue: 0 }, "point value of FDAX must be positive"],
    [{ root: "FDAX", tickSize: 1 }, "FDAX: give a tick value or a point value"],
    [{ root: "FDAX", tickSize: 3, tickValue: 1 }, "FDAX: tick value 1 / tick size 3 is no exact"],
    [{ root: "fdax", tickSize: 1, tickValue: 1 }, "root must be 1-24 capital letters or digits"],
    [{ root: "", tickSize: 1, tickValue: 1 }, "root must be 1-24 capital letters or digits"],
    [{ root: "FDAX", tickSize: Number.NaN, tickValue: 1 }, "tick size must be a finite number"],
  ])("cannot be %j", (input, message) => {
    expect(() => parseProduct(input)).toThrow(message);
  });
});

describe("the tick", () => {
  const nq = understood("NQU6");
  const price = (text: string) => parsePrice(text, "price");

  it("refuses a price between two", () => {
    expect(() => requireOnTick(price("24822.125"), nq, "limit price")).toThrow(
      "limit price 24822.125 is off the tick of NQU26 (0.25)",
    );
    for (const on of ["24822.25", "0", "-0.25"]) requireOnTick(price(on), nq, "price");
  });

  it("is the nearest one for a price with binary noise", () => {
    const gold = understood("GCZ6").tickSize;
    expect(snapToTick(4396.900000000001, gold)).toBe(price("4396.9"));
    expect(snapToTick(-37.63, understood("CLK20").tickSize)).toBe(price("-37.63"));
    expect(snapToTick(0.0067005, understood("6JU6").tickSize)).toBe(price("0.0067005"));
  });
});
