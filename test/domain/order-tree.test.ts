import { describe, expect, test } from "vitest";
import { accountId, type OrderId, orderId } from "../../src/domain/ids.js";
import type { Order } from "../../src/domain/order.js";
import { bracketRole, childTags, parentTag } from "../../src/domain/order-links.js";
import { type OrderNode, orderTree } from "../../src/domain/order-tree.js";
import { MNQ, orderRow } from "../contract/made-up-rows.js";

const account = accountId("a");
const id = (name: string): OrderId => orderId(name);
const order = (name: string, more: Partial<Order> = {}): Order => orderRow(account, name, more);

const drawn = (nodes: readonly OrderNode[], depth = 0): readonly string[] =>
  nodes.flatMap(({ order: { orderId: name }, role, oco, children }) => [
    `${"  ".repeat(depth)}${name} ${role ?? "-"}${oco ? " oco" : ""}`,
    ...drawn(children, depth + 1),
  ]);

describe("a tree of orders", () => {
  test("has the stop loss before the take profit, both marked as one cancels the other", () => {
    const entry = order("1", { stopLossOrderId: id("3"), takeProfitOrderId: id("2") });
    const child = { parentOrderId: id("1") };
    const orders = [
      entry,
      order("2", { ...child, orderType: "LIMIT", customTag: null }),
      order("3", { ...child, orderType: "STOP", customTag: null }),
      order("4", { customTag: null }),
    ];
    expect(drawn(orderTree(orders))).toEqual([
      "1 -",
      "  3 STOP_LOSS oco",
      "  2 TAKE_PROFIT oco",
      "4 -",
    ]);
  });

  test("marks siblings that the broker linked, from either side", () => {
    const orders = [order("5", { linkedOrderId: id("6") }), order("6"), order("7")];
    expect(drawn(orderTree(orders))).toEqual(["5 - oco", "6 - oco", "7 -"]);
  });

  test("lets a child stand by itself without its parent, and orders in a ring", () => {
    const orders = [
      order("1", { parentOrderId: id("9") }),
      order("2", { parentOrderId: id("3") }),
      order("3", { parentOrderId: id("2") }),
    ];
    expect(orderTree(orders)).toHaveLength(3);
  });
});

describe("the role of a child", () => {
  test.each([
    ["bot-SL", "LIMIT", "STOP_LOSS"],
    ["bot-TP", "STOP", "TAKE_PROFIT"],
    ["bot", "STOP_LIMIT", "STOP_LOSS"],
    [null, "TRAILING_STOP", "STOP_LOSS"],
    [null, "LIMIT", "TAKE_PROFIT"],
    [null, "MARKET", null],
    [null, null, null],
  ] as const)("tag %s, type %s: %s", (customTag, orderType, role) => {
    expect(bracketRole(order("1", { customTag, orderType, contractId: MNQ.contractId }))).toBe(
      role,
    );
  });

  test("a child's tag names its parent's, one step up", () => {
    expect(childTags("bot")).toEqual(["bot-SL", "bot-TP"]);
    expect(["bot-SL", "bot-TP", "bot", "-SL", "bot-SL-TP", null].map(parentTag)).toEqual([
      "bot",
      "bot",
      null,
      null,
      null,
      null,
    ]);
  });
});
