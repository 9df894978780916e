import type { Blotter } from "../../src/container.js";
import { plainDay, plainPosition, plainTrade } from "../../src/domain/plain.js";
import { moneyToNumber } from "../../src/index.js";

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** The statements of totals.sql. */
export const RECIPES = ["accounts", "orders", "fills", "trades", "days", "open_positions"] as const;

/** The figures of the recipes as Blotter's own services give them. */
export async function totalsOf(blotter: Blotter): Promise<Readonly<Record<string, Rows>>> {
  const accounts = await blotter.accounts.list();
  const all: Record<string, Rows[number][]> = {};
  const add = (name: string, ...rows: Rows[number][]) => {
    all[name] = [...(all[name] ?? []), ...rows];
  };
  for (const { accountId: account } of accounts) {
    const summary = await blotter.accounts.summary(account);
    const { totals } = summary;
    add("accounts", {
      account_id: account,
      account_name: summary.account.accountName,
      starting_balance: moneyToNumber(summary.account.startingBalance),
      gross: cents(moneyToNumber(totals.grossPnl)),
      commissions: cents(moneyToNumber(totals.commissions)),
      fees: cents(moneyToNumber(totals.fees)),
      net: cents(moneyToNumber(totals.netPnl)),
      balance: cents(moneyToNumber(summary.balance)),
    });
    add("orders", ...(await orderCounts(blotter, account)));
    const fills = await blotter.orders.fills({ account });
    add("fills", {
      account_id: account,
      fills: fills.length,
      contracts: sum(fills.map((fill) => fill.quantity)),
      costs_unknown: fills.filter((fill) => fill.commission === null || fill.fee === null).length,
    });
    add("trades", ...(await tradeTotals(blotter, account)));
    for (const day of (await blotter.accounts.days(account)).map(plainDay)) {
      add("days", {
        account_id: account,
        trading_day: day.tradingDay,
        fills: day.fillCount,
        contracts: day.volume,
        gross: cents(day.grossPnl),
        net: cents(day.netPnl),
      });
    }
    for (const position of (await blotter.positions.open({ account })).map(plainPosition)) {
      const { symbol, side, quantity, entryPrice, openedAt } = position;
      add("open_positions", {
        account_id: account,
        symbol,
        side,
        quantity,
        entry_price: entryPrice,
        // The views always show microseconds; these positions open on whole seconds.
        opened_at: String(openedAt).replace("Z", ".000000Z"),
      });
    }
  }
  return all;
}

async function orderCounts(blotter: Blotter, account: string): Promise<Rows> {
  const counts = new Map<string | null, number>();
  for (const { status } of await blotter.orders.orders({ account })) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const names = [...counts.keys()].sort((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return names.map((status) => ({ account_id: account, status, orders: counts.get(status) }));
}

async function tradeTotals(blotter: Blotter, account: string): Promise<Rows> {
  const trades = (await blotter.trades.trades({ account })).map(plainTrade);
  const symbols = [...new Set(trades.map((trade) => String(trade.symbol)))].sort();
  return symbols.map((symbol) => {
    const own = trades.filter((trade) => trade.symbol === symbol);
    const total = (field: string) => cents(sum(own.map((trade) => Number(trade[field] ?? 0))));
    return {
      account_id: account,
      symbol,
      trades: own.length,
      contracts: sum(own.map((trade) => Number(trade.quantity))),
      wins: own.filter((trade) => Number(trade.netPnl) > 0).length,
      losses: own.filter((trade) => Number(trade.netPnl) < 0).length,
      gross: total("grossPnl"),
      commissions: total("commissions"),
      fees: total("fees"),
      net: total("netPnl"),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function cents(value: unknown): number {
  return Math.round(Number(value) * 100) / 100 || 0;
}
