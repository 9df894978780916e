import {
  type AccountService,
  moneyToNumber,
  type OrderService,
  type PlainRow,
  type PositionService,
  plainOrder,
  plainPosition,
  plainTrade,
  type TradeConsolidator,
} from "blotter";
import Table from "cli-table3";

export interface Books {
  readonly accounts: AccountService;
  readonly orders: OrderService;
  readonly trades: TradeConsolidator;
  readonly positions: PositionService;
}

type Column = readonly [heading: string, field: string, format?: (value: unknown) => string];

const NEWEST = 15;

const text = (value: unknown): string => (value === null ? "" : String(value));
const dollars = (value: unknown): string =>
  typeof value === "number" ? value.toFixed(2) : text(value);
const price = (value: unknown): string => (value === null ? "" : Number(value).toFixed(2));
const time = (value: unknown): string => text(value).slice(0, 19).replace("T", " ");

const ORDERS: readonly Column[] = [
  ["created (UTC)", "createdAt", time],
  ["order", "orderId"],
  ["symbol", "symbol"],
  ["side", "side"],
  ["type", "orderType"],
  ["size", "quantity"],
  ["filled", "filledQuantity"],
  ["average", "averageFillPrice", price],
  ["status", "status"],
  ["strategy", "strategy"],
];
const POSITIONS: readonly Column[] = [
  ["opened (UTC)", "openedAt", time],
  ["symbol", "symbol"],
  ["side", "side"],
  ["size", "quantity"],
  ["entry", "entryPrice", price],
  ["strategy", "strategy"],
];
const TRADES: readonly Column[] = [
  ["exit (UTC)", "exitTimestamp", time],
  ["symbol", "symbol"],
  ["side", "side"],
  ["size", "quantity"],
  ["entry", "entryPrice", price],
  ["exit", "exitPrice", price],
  ["gross $", "grossPnl", dollars],
  ["net $", "netPnl", dollars],
  ["strategy", "strategy"],
];
const TOTALS: readonly Column[] = [
  ["account", "account"],
  ["trades", "trades"],
  ["gross $", "gross", dollars],
  ["commissions $", "commissions", dollars],
  ["fees $", "fees", dollars],
  ["net of known costs $", "net", dollars],
  ["balance $", "balance", dollars],
  ["costs", "costs"],
];

/** The books as tables: the newest orders and trades, what is open, and what it comes to. */
export async function showBooks(books: Books, print: (text: string) => void): Promise<void> {
  const orders = await books.orders.orders({ limit: NEWEST });
  print(table("Newest orders", ORDERS, orders.map(plainOrder)));
  const positions = await books.positions.open();
  print(table("Open positions", POSITIONS, positions.map(plainPosition)));
  const trades = await books.trades.trades({ limit: NEWEST });
  print(table("Newest trades", TRADES, trades.map(plainTrade)));
  print(table("Totals", TOTALS, await totals(books)));
}

async function totals({ accounts, trades }: Books): Promise<readonly PlainRow[]> {
  const rows: PlainRow[] = [];
  for (const { accountId: account, accountName } of await accounts.list()) {
    const { balance, totals: sums } = await accounts.summary(account);
    rows.push({
      account: accountName,
      trades: (await trades.trades({ account })).length,
      gross: moneyToNumber(sums.grossPnl),
      commissions: moneyToNumber(sums.commissions),
      fees: moneyToNumber(sums.fees),
      net: moneyToNumber(sums.netPnl),
      balance: moneyToNumber(balance),
      // Costs that no broker told are unknown, not zero.
      costs: sums.unknownCostFills === 0 ? "known" : `unknown on ${sums.unknownCostFills} fills`,
    });
  }
  return rows;
}

function table(title: string, columns: readonly Column[], rows: readonly PlainRow[]): string {
  if (rows.length === 0) return `\n${title}: none`;
  const grid = new Table({
    head: columns.map(([heading]) => heading),
    colAligns: columns.map(([heading, field]) =>
      heading.endsWith("$") || typeof rows[0]?.[field] === "number" ? "right" : "left",
    ),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    grid.push(columns.map(([, field, format = text]) => format(row[field])));
  }
  return `\n${title}\n${grid.toString()}`;
}
