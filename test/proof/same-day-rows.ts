import { nearestEven, toText, total, toUnits } from "../oracle/exact.js";

/** One made-up day, as the platform's Orders export tells it and as the API does. */

interface Execution {
  readonly id: number;
  readonly at: string;
  readonly size: number;
  readonly price: string;
  readonly voided?: true;
}

interface DayOrder {
  readonly id: number;
  readonly contract: "MNQU6" | "MESU6";
  readonly side: "Bid" | "Ask";
  readonly type: "Market" | "Limit" | "Stop";
  readonly status: "Filled" | "Cancelled" | "Rejected";
  readonly size: number;
  readonly price?: string;
  readonly tag?: string;
  readonly createdAt: string;
  readonly endedAt: string;
  readonly executions: readonly Execution[];
}

const order = (
  id: number,
  [contract, side, type, status, size]: readonly [
    DayOrder["contract"],
    DayOrder["side"],
    DayOrder["type"],
    DayOrder["status"],
    number,
  ],
  [createdAt, endedAt]: readonly [string, string],
  executions: readonly Execution[],
  more: { readonly price?: string; readonly tag?: string } = {},
): DayOrder => ({
  ...{ id, contract, side, type, status, size, ...more },
  createdAt: `2026-08-19T${createdAt}`,
  endedAt: `2026-08-19T${endedAt}`,
  executions,
});

const execution = (id: number, at: string, size: number, price: string): Execution => ({
  id,
  at: `2026-08-19T${at}`,
  size,
  price,
});

const DAY: readonly DayOrder[] = [
  // Three executions: the export has their average, which lies off the tick.
  order(
    5001,
    ["MNQU6", "Bid", "Market", "Filled", 3],
    ["14:00:00.050000", "14:00:00.060000"],
    [
      execution(901, "14:00:00.100000", 1, "29500.25"),
      execution(902, "14:00:00.200000", 1, "29500.50"),
      execution(903, "14:00:00.300000", 1, "29501.00"),
    ],
    { tag: "bot-v1-strategy-alpha-1" },
  ),
  order(
    5002,
    ["MNQU6", "Ask", "Stop", "Filled", 2],
    ["14:00:01.000000", "14:05:10.400000"],
    [execution(904, "14:05:10.500000", 2, "29510.00")],
    { price: "29510.25" },
  ),
  // Closes one contract and turns three short.
  order(
    5003,
    ["MNQU6", "Ask", "Limit", "Filled", 4],
    ["14:05:30.000000", "14:06:01.100000"],
    [
      execution(905, "14:06:00.900000", 1, "29512.25"),
      execution(906, "14:06:01.200000", 3, "29512.25"),
    ],
    { price: "29512.25", tag: "bot-v1-strategy-beta-2" },
  ),
  order(
    5004,
    ["MNQU6", "Bid", "Limit", "Cancelled", 1],
    ["14:06:30.000000", "14:07:00.250000"],
    [],
    {
      price: "29490.00",
    },
  ),
  order(
    5005,
    ["MNQU6", "Bid", "Market", "Rejected", 1],
    ["14:07:10.000000", "14:07:10.010000"],
    [],
  ),
  // Filled in part, then cancelled: the export does not say that, nor how much.
  order(
    5006,
    ["MNQU6", "Bid", "Limit", "Cancelled", 3],
    ["14:07:20.000000", "14:08:00.500000"],
    [execution(907, "14:07:40.000001", 1, "29508.00")],
    { price: "29508.00" },
  ),
  order(
    5007,
    ["MNQU6", "Bid", "Market", "Filled", 2],
    ["14:08:30.000000", "14:08:30.010000"],
    [execution(908, "14:08:30.123456", 2, "29509.75")],
  ),
  // Taken back by the exchange after the export was written.
  order(
    5008,
    ["MESU6", "Bid", "Market", "Filled", 1],
    ["14:09:00.000000", "14:09:00.010000"],
    [{ ...execution(909, "14:09:00.020000", 1, "6399.75"), voided: true }],
  ),
  order(
    5009,
    ["MESU6", "Bid", "Market", "Filled", 2],
    ["14:09:30.000000", "14:09:30.010000"],
    [execution(910, "14:09:30.020000", 2, "6400.25")],
  ),
  order(
    5010,
    ["MESU6", "Ask", "Market", "Filled", 1],
    ["14:09:45.000000", "14:09:45.010000"],
    [execution(911, "14:09:45.020000", 1, "6401.00")],
  ),
  // Two orders filled within one second, the higher id first: the export cannot tell which opened.
  order(
    5011,
    ["MNQU6", "Bid", "Limit", "Filled", 1],
    ["14:10:00.000000", "14:10:00.700000"],
    [execution(913, "14:10:00.800000", 1, "29520.00")],
    { price: "29520.00" },
  ),
  order(
    5012,
    ["MNQU6", "Ask", "Market", "Filled", 1],
    ["14:10:00.010000", "14:10:00.020000"],
    [execution(912, "14:10:00.100000", 1, "29521.25")],
  ),
];

const CONTRACT_IDS = { MNQU6: "CON.F.US.MNQ.U26", MESU6: "CON.F.US.MES.U26" };

/** Rows of Order/search. */
export function apiOrders(account: number): readonly string[] {
  return DAY.map((row) =>
    JSON.stringify({
      id: row.id,
      accountId: account,
      contractId: CONTRACT_IDS[row.contract],
      symbolId: CONTRACT_IDS[row.contract].slice(4, -4),
      creationTimestamp: `${row.createdAt}+00:00`,
      updateTimestamp: `${row.endedAt}+00:00`,
      status: { Filled: 2, Cancelled: 3, Rejected: 5 }[row.status],
      type: { Limit: 1, Market: 2, Stop: 4 }[row.type],
      side: row.side === "Bid" ? 0 : 1,
      size: row.size,
      limitPrice: row.type === "Limit" ? Number(row.price) : null,
      stopPrice: row.type === "Stop" ? Number(row.price) : null,
      fillVolume: filled(row),
      filledPrice: filled(row) === 0 ? null : Number(average(row)),
      customTag: row.tag ?? null,
    }),
  );
}

/** Rows of Trade/search, newest first. */
export function apiTrades(account: number): readonly string[] {
  const rows = DAY.flatMap((row) => row.executions.map((fill) => ({ row, fill })));
  return rows
    .sort((a, b) => (a.fill.at < b.fill.at ? 1 : -1))
    .map(({ row, fill }) =>
      JSON.stringify({
        id: fill.id,
        accountId: account,
        contractId: CONTRACT_IDS[row.contract],
        creationTimestamp: `${fill.at}+00:00`,
        price: Number(fill.price),
        profitAndLoss: null,
        fees: 0.37 * fill.size,
        side: row.side === "Bid" ? 0 : 1,
        size: fill.size,
        voided: fill.voided ?? false,
        orderId: row.id,
      }),
    );
}

const COLUMNS = [
  ...["Id", "AccountName", "ContractName", "Status", "Type", "Size", "Side", "CreatedAt"],
  ...["TradeDay", "FilledAt", "CancelledAt", "StopPrice", "LimitPrice", "ExecutePrice"],
  ...["PositionDisposition", "CreationDisposition", "RejectionReason"],
  ...["ExchangeOrderId", "PlatformOrderId"],
].join(",");

/** The Orders export of a user two hours east of UTC. */
export function ordersCsv(accountName: string): string {
  const lines = DAY.map((row) => {
    const ended = exportTime(row.executions.at(-1)?.at ?? row.endedAt);
    const cancelled = row.status === "Cancelled" ? exportTime(row.endedAt) : "";
    const price = row.price ? `${row.price}0000000` : "";
    // The platform writes a filled-at and a price of zero on orders that were cancelled.
    const touched = row.status === "Cancelled" && row.executions.length > 0;
    const [filledAt, executePrice] =
      row.status === "Filled"
        ? [ended, average(row)]
        : touched
          ? [cancelled, "0.000000000"]
          : ["", ""];
    return [
      ...[row.id, accountName, row.contract, row.status, row.type, row.size, row.side],
      ...[exportTime(row.createdAt), "08/19/2026 00:00:00 -05:00", filledAt, cancelled],
      ...[row.type === "Stop" ? price : "", row.type === "Limit" ? price : "", executePrice],
      ...["Undetermined", "Trader", row.status === "Rejected" ? "Not enough margin." : "", "", ""],
    ].join(",");
  });
  return [COLUMNS, ...lines, ""].join("\n");
}

function filled(row: DayOrder): number {
  return row.executions.reduce((sum, fill) => sum + fill.size, 0);
}

function average(row: DayOrder): string {
  const cost = row.executions.map((fill) => toUnits(fill.price, 9) * BigInt(fill.size));
  return toText(nearestEven(total(cost), BigInt(filled(row))), 9);
}

/** Whole seconds in the user's zone, as the export writes them. */
function exportTime(utc: string): string {
  const local = new Date(Date.parse(`${utc.slice(0, 19)}Z`) + 2 * 3_600_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split("-");
  return `${month}/${day}/${year} ${local.slice(11, 19)} +02:00`;
}
