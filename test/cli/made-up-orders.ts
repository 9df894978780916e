const HEADER =
  "Id,AccountName,ContractName,Status,Type,Size,Side,CreatedAt,TradeDay,FilledAt,CancelledAt," +
  "StopPrice,LimitPrice,ExecutePrice,PositionDisposition,CreationDisposition,RejectionReason," +
  "ExchangeOrderId,PlatformOrderId";

/** One order of a made-up Orders export; `at` is the time of day in Chicago. */
export interface MadeUpOrder {
  readonly id: number;
  readonly contract: string;
  readonly side: "Bid" | "Ask";
  readonly size: number;
  readonly at: string;
  /** Left out: the order was cancelled. */
  readonly price?: string;
  readonly account?: string;
}

/** An Orders export of the platform, of 2026-08-19. */
export function ordersExport(orders: readonly MadeUpOrder[]): string {
  return `\uFEFF${[HEADER, ...orders.map(line)].join("\r\n")}\r\n`;
}

function line(order: MadeUpOrder): string {
  const { id, contract, side, size, price, account = "ACC-1" } = order;
  const at = `08/19/2026 ${order.at} -05:00`;
  const filled = price !== undefined;
  return [
    id,
    account,
    contract,
    filled ? "Filled" : "Cancelled",
    filled ? "Market" : "Limit",
    size,
    side,
    at,
    "08/19/2026 00:00:00 -05:00",
    filled ? at : "",
    filled ? "" : at,
    "",
    filled ? "" : "100.000000000",
    price ?? "",
    "Opening,Trader,,,",
  ].join(",");
}

/** A long of 2 MNQ, half of it closed for 20 dollars; a yen round turn of one tick; a cancel. */
export const ONE_MORNING: readonly MadeUpOrder[] = [
  { id: 101, contract: "MNQU6", side: "Bid", size: 2, at: "09:00:00", price: "21000.000000000" },
  { id: 102, contract: "MNQU6", side: "Ask", size: 1, at: "09:05:00", price: "21010.000000000" },
  { id: 103, contract: "6JU6", side: "Bid", size: 1, at: "09:06:00", price: "0.006700500" },
  { id: 104, contract: "6JU6", side: "Ask", size: 1, at: "09:07:00", price: "0.006700000" },
  { id: 105, contract: "MNQU6", side: "Ask", size: 1, at: "09:08:00" },
];
