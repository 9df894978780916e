import { describe, expect, it } from "vitest";
import { ORDER_STATUSES, type OrderStatus } from "../../src/domain/codes.js";
import { type OrderInput } from "../../src/domain/order.js";
import { isLegalMove, isTerminal } from "../../src/domain/order-lifecycle.js";
import { applyReport } from "../../src/domain/order-merge.js";
import { parseOrder } from "../../src/domain/order-report.js";
import { strategyOfTag } from "../../src/domain/strategy.js";
import { afterReports, input, MNQ, report } from "./order-reports.js";

/** From a row's status to a column's: + is a move, = stays, . is refused. */
const MOVES = `
            PENDING WORKING FILLED CANCELLED REJECTED EXPIRED
  PENDING   =       +       +      +         +        +
  WORKING   .       =       +      +         +        +
  FILLED    .       .       =      .         .        .
  CANCELLED .       .       .      =         .        .
  REJECTED  .       .       .      .         =        .
  EXPIRED   .       .       .      .         .        =`;

const [columns = [], ...rows] = MOVES.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
// The table names the statuses themselves; the first test says so.
const cells = rows.flatMap(([from, ...marks]) =>
  marks.map((mark, i) => [from as OrderStatus, columns[i] as OrderStatus, mark] as const),
);

describe("the life of an order", () => {
  it("has these states, and the table tells of every pair of them", () => {
    expect(columns).toEqual([...ORDER_STATUSES]);
    expect(rows.map(([from]) => from)).toEqual([...ORDER_STATUSES]);
    expect(cells).toHaveLength(36);
  });

  it.each(cells)("%s to %s: %s", (from, to, mark) => {
    expect(isLegalMove(from, to)).toBe(mark !== ".");
    const before = afterReports(report({ status: from }));
    const { order, changes, refused } = applyReport(before, report({ status: to }));
    expect(order.status).toBe(mark === "." ? from : to);
    expect(refused).toBe(mark === "." ? `${from} -> ${to}` : null);
    expect(changes.status).toEqual(mark === "+" ? [from, to] : undefined);
  });

  it("may begin anywhere", () => {
    for (const status of ORDER_STATUSES) {
      expect(isLegalMove(null, status)).toBe(true);
      expect(afterReports(report({ status })).status).toBe(status);
    }
  });

  it("ends in four states", () => {
    expect(ORDER_STATUSES.filter(isTerminal)).toEqual([
      "FILLED",
      "CANCELLED",
      "REJECTED",
      "EXPIRED",
    ]);
    expect(isTerminal(null)).toBe(false);
  });

  it("goes on being told after a refused move: the rest of the report counts", () => {
    const filled = afterReports(report({ status: "FILLED", updatedAt: "2026-08-19T14:01:00Z" }));
    const late = report({ status: "WORKING", limitPrice: "10", updatedAt: "2026-08-19T14:00:30Z" });
    expect(applyReport(filled, late)).toMatchObject({
      order: { status: "FILLED", limitPrice: 10_000_000_000 },
      refused: "FILLED -> WORKING",
    });
  });
});

describe("what is said of an order", () => {
  const read = (told: Partial<OrderInput>) => parseOrder(input(told), MNQ, strategyOfTag);

  it("may be in any case", () => {
    // A caller without types may write as the words come.
    const loose = { side: "buy", orderType: "stop-limit", status: "Working" } as never;
    expect(read(loose)).toMatchObject({
      side: "BUY",
      status: "WORKING",
      fields: { orderType: "STOP_LIMIT" },
    });
  });

  it("names its strategy itself, or in its tag", () => {
    const customTag = "bot-strategy-alpha-17";
    expect(read({ customTag }).fields.strategy).toBe("alpha");
    expect(read({ customTag, strategy: "beta" }).fields.strategy).toBe("beta");
    expect(read({ customTag: "x" }).fields.strategy).toBeNull();
  });

  it.each<readonly [Partial<OrderInput>, string]>([
    [{ quantity: 0 }, "quantity must be positive, was 0"],
    [{ quantity: -2 }, "quantity must be positive, was -2"],
    [{ quantity: 1.5 }, "quantity must be a whole number of contracts, was 1.5"],
    [{ quantity: Number.NaN }, "quantity must be a whole number of contracts, was NaN"],
    [{ quantity: 1_000_001 }, "quantity must be at most 1000000, was 1000001"],
    [{ quantity: 2, filledQuantity: 3 }, "filled quantity 3 is more than the order's quantity 2"],
    [{ filledQuantity: -1 }, "filled quantity must be positive, was -1"],
    [{ limitPrice: "10.1" }, "limit price 10.1 is off the tick of MNQU26 (0.25)"],
    [{ stopPrice: "abc" }, 'stop price must be a decimal number, was "abc"'],
    [{ orderId: "007" }, "order id has leading zeros: 007"],
    [{ parentOrderId: "" }, "parent order id must be 1-64 printable ASCII characters"],
    [{ createdAt: "2026-08-19T14:00:00" }, "createdAt must be an ISO-8601 instant with an offset"],
    [{ side: "HOLD" as "BUY" }, 'side must be one of BUY, SELL; was "HOLD"'],
    [{ status: "DONE" as "FILLED" }, "status must be one of PENDING, WORKING, FILLED, CANCELLED"],
    [{ customTag: "x".repeat(4_001) }, "custom tag must be text of at most 4000 characters"],
    [{ rejectionReason: "a\0b" }, "rejection reason must be text"],
  ])("cannot be %j", (told, message) => {
    expect(() => read(told)).toThrow(message);
    expect(() => read(told)).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});
