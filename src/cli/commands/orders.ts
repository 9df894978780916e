import { type Command, Option } from "commander";
import { missingFills, type Order } from "../../domain/order.js";
import { type OrderNode, orderTree } from "../../domain/order-tree.js";
import { type PlainRow, plainOrder } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import { withOrigin } from "../made-as.js";
import { addRowOptions, type RowOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { rowFilter } from "../row-filter.js";
import { ORDER_TREE, ORDERS, SHORT_ORDERS } from "../views.js";

interface OrdersOptions extends RowOptions {
  readonly missingFills?: boolean;
  readonly working?: boolean;
  readonly tree?: boolean;
}

export function addOrdersCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("orders")
    .description("List orders with their status, oldest first.")
    .addOption(
      new Option(
        "--missing-fills",
        "only orders that the broker filled further than the fills we have explain",
      ).conflicts(["symbol", "strategy", "from", "to", "working"]),
    )
    .addOption(
      new Option(
        "--working",
        "only orders that the broker may still fill: pending and working ones",
      ).conflicts(["symbol", "strategy", "from", "to"]),
    );
  command.addOption(
    new Option(
      "--tree",
      "brackets as trees: entry, stop loss, take profit; --json nests children",
    ).conflicts(["csv", "missingFills"]),
  );
  addRowOptions(command, "orders created").action(
    (options: OrdersOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ orders }) => {
        if (options.missingFills) {
          const short = await orders.ordersWithMissingFills(options.account);
          return printRows(cli, SHORT_ORDERS, short.map(plainShortOrder), options);
        }
        if (options.working) {
          const working = await orders.workingOrders(options.account);
          if (options.tree) return printTree(cli, working, options);
          return printRows(cli, ORDERS, shownOrders(working, options), options);
        }
        const rows = await orders.orders(rowFilter(options));
        if (options.tree) return printTree(cli, rows, options);
        return printRows(cli, ORDERS, shownOrders(rows, options), options);
      }),
  );
}

export function plainShortOrder(order: Order): PlainRow {
  const { bookedQuantity } = order;
  return { ...plainOrder(order), bookedQuantity, missingQuantity: missingFills(order) };
}

function shownOrders(orders: readonly Order[], options: OrdersOptions): readonly PlainRow[] {
  const rows = orders.map(plainOrder);
  return options.json || options.csv ? rows : rows.map(withOrigin);
}

function printTree(
  cli: CliDependencies,
  orders: readonly Order[],
  options: OrdersOptions,
): Promise<void> {
  const { limit } = options;
  const trees = orderTree(limit === undefined ? orders : orders.slice(-limit));
  if (options.json) return printJson(cli, trees.map(nested));
  return printRows(cli, ORDER_TREE, flat(trees, ""), options);
}

type NestedOrder = PlainRow | { readonly children: readonly NestedOrder[] };

function nested({ order, role, oco, children }: OrderNode): NestedOrder {
  return { ...plainOrder(order), role, oco, children: children.map(nested) };
}

/** One row an order, its place in the tree drawn before its id. */
function flat(nodes: readonly OrderNode[], indent: string): readonly PlainRow[] {
  return nodes.flatMap(({ order, role, oco, children }, index) => {
    const isLast = index === nodes.length - 1;
    const branch = role === null ? "" : `${indent}${isLast ? "└─ " : "├─ "}`;
    const below = role === null ? "" : `${indent}${isLast ? "   " : "│  "}`;
    const name = role === null ? null : ROLE_NAMES[role];
    const row = { ...withOrigin(plainOrder(order)), tree: `${branch}${order.orderId}`, role: name };
    return [{ ...row, oco: oco ? "OCO" : null }, ...flat(children, below)];
  });
}

const ROLE_NAMES = { STOP_LOSS: "stop loss", TAKE_PROFIT: "take profit", CHILD: "child" } as const;
