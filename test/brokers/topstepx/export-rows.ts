const OLD_COLUMNS =
  "Id,AccountName,ContractName,Status,Type,Size,Side,CreatedAt,TradeDay,FilledAt,CancelledAt," +
  "StopPrice,LimitPrice,ExecutePrice,PositionDisposition,CreationDisposition,RejectionReason," +
  "ExchangeOrderId,PlatformOrderId";

export const HEADER = OLD_COLUMNS.split(",");

/** The header of exports that also list when and where a stop was triggered. */
export const TRIGGER_HEADER = HEADER.flatMap((name) => {
  if (name === "CancelledAt") return [name, "TriggeredAt"];
  return name === "ExecutePrice" ? [name, "TriggeredPrice"] : [name];
});

const FILLED_MARKET: Readonly<Record<string, string>> = {
  Id: "5001",
  AccountName: "PRAC-V2-1-2",
  ContractName: "MNQH7",
  Status: "Filled",
  Type: "Market",
  Size: "2",
  Side: "Bid",
  CreatedAt: "01/05/2027 15:30:00 +01:00",
  TradeDay: "01/05/2027 00:00:00 -06:00",
  FilledAt: "01/05/2027 15:30:01 +01:00",
  ExecutePrice: "21000.250000000",
  PositionDisposition: "Opening",
  CreationDisposition: "Trader",
};

/** A filled market order, but for what is given. */
export function orderRow(
  cells: Readonly<Record<string, string>> = {},
  header: readonly string[] = HEADER,
): string {
  const row = { ...FILLED_MARKET, ...cells };
  return header.map((column) => row[column] ?? "").join(",");
}

export function ordersFile(...rows: readonly string[]): string {
  return `${[HEADER.join(","), ...rows].join("\n")}\n`;
}

export const CANCELLED = {
  Status: "Cancelled",
  Type: "Limit",
  FilledAt: "",
  CancelledAt: "01/05/2027 15:31:00 +01:00",
  LimitPrice: "20990.000000000",
  ExecutePrice: "",
  RejectionReason: "Cancelled by trader",
};
