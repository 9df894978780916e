import { type Command, Option } from "commander";
import { missingFills, type Order } from "../../domain/order.js";
import { type PlainRow, plainOrder } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import { addRowOptions, type RowOptions, rowFilter } from "../options.js";
import { printRows } from "../print.js";
import { ORDERS, SHORT_ORDERS } from "../views.js";

interface OrdersOptions extends RowOptions {
  readonly missingFills?: boolean;
  readonly working?: boolean;
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
  addRowOptions(command, "orders created").action(
    (options: OrdersOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ orders }) => {
        if (options.missingFills) {
          const short = await orders.ordersWithMissingFills(options.account);
          return printRows(cli, SHORT_ORDERS, short.map(plainShortOrder), options);
        }
        if (options.working) {
          const working = await orders.workingOrders(options.account);
          return printRows(cli, ORDERS, working.map(plainOrder), options);
        }
        const rows = await orders.orders(rowFilter(options));
        return printRows(cli, ORDERS, rows.map(plainOrder), options);
      }),
  );
}

export function plainShortOrder(order: Order): PlainRow {
  const { bookedQuantity } = order;
  return { ...plainOrder(order), bookedQuantity, missingQuantity: missingFills(order) };
}
