import Database from "better-sqlite3";
import { ORDER_TYPES } from "../../src/domain/codes.js";
import type { AccountId } from "../../src/domain/ids.js";
import { MONEY_UNIT, type Money } from "../../src/domain/money.js";
import { RESULT_LEVELS } from "../../src/domain/performance/result.js";
import {
  type BookedResult,
  SumBook,
  withLongerSpans,
} from "../../src/domain/performance/sum-book.js";
import { SUM_FAMILIES, SUM_SPANS, type SumRow } from "../../src/domain/performance/sum-row.js";
import { createBlotter } from "../../src/index.js";

export const ACCOUNTS = ["A1", "A2", "A3", "A4", "A5"] as const;
const SYMBOLS = ["MNQU26", "MESU26", "MGCZ26", "MCLV26", "MYMU26"] as const;

/** 17:00 in Chicago before Monday, 2016-01-04. */
const START = Date.UTC(2016, 0, 3, 23);
const DAYS = 3_652;

/**
 * A store with n closed trades of five accounts, contracts and strategies on the weekdays of ten years, and the
 * orders, matches and positions behind them, by bulk SQL.
 */
export async function seedTrades(path: string, trades: number): Promise<void> {
  const url = `file:${path}`;
  const blotter = await createBlotter({ url });
  for (const accountId of ACCOUNTS)
    await blotter.accounts.open({ accountId, startingBalance: 50_000 });
  const contracts = [];
  for (const symbol of SYMBOLS) {
    contracts.push(await blotter.contracts.resolve(symbol, "2026-08-03T00:00:00Z"));
  }
  await blotter.close();
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  db.exec(`create temp table c (n integer primary key, contract_id, symbol, root, point_value)`);
  const insert = db.prepare("insert into c values (?, ?, ?, ?, 1)");
  for (const [i, c] of contracts.entries()) insert.run(i, c.contractId, c.symbol, c.root);
  db.exec(rowsOf(trades));
  for (const accountId of ACCOUNTS) writeSums(db, sumsOf(db, accountId));
  db.exec("analyze");
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}

/**
 * Gives every entry of a seeded store a stop loss, 0.25 to 20 points away, and leaves the store as one from before
 * planned risks were kept: whoever opens it makes them.
 */
export function addStops(path: string): void {
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  db.exec(`
    begin;
    update orders set average_fill_price = 5000, stop_loss_order_id = 's' || substr(order_id, 2);
    insert into orders (account_id, symbol, contract_id, root, order_id, side, order_type, quantity, status,
        filled_quantity, remaining_quantity, stop_price, parent_order_id, created_at, booked_quantity,
        broker_filled_quantity, checksum, updated_at)
      select account_id, symbol, contract_id, root, stop_loss_order_id, 1 - side, 2, quantity, 3, 0, 0,
        5000 - (1 - 2 * side) * (1 + substr(order_id, 2) % 80) / 4.0, order_id, created_at, 0, 0, 'x', 0
      from orders order by id;
    delete from result_sums;
    commit;`);
  db.exec("analyze");
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}

/** Every trade is one match and one position, so the sums of the levels are alike. */
function sumsOf(db: Database.Database, accountId: string): readonly SumRow[] {
  const book = new SumBook(accountId as AccountId);
  const trades = db.prepare(
    `select t.contract_id as contractId, t.strategy, t.side, duration_seconds as durationSeconds, order_type as type,
       entry_timestamp as entryTimestamp, exit_timestamp as exitTimestamp, t.quantity, gross_pnl as grossPnl,
       commissions, fees, net_pnl as netPnl
     from trades t join orders o on o.account_id = t.account_id and o.order_id = t.entry_order_id
     where t.account_id = ?`,
  );
  for (const row of trades.iterate(accountId)) book.add("match", bookedOf(row as RawTrade), 1);
  return withLongerSpans(book.rows());
}

interface RawTrade extends Omit<BookedResult, "entryOrderType" | "costsKnown"> {
  readonly type: number;
}

/** Amounts as SQLite has them: dollars. */
function bookedOf({ type, ...trade }: RawTrade): BookedResult {
  const exact = (dollars: number | null) => Math.round((dollars ?? 0) * MONEY_UNIT) as Money;
  return {
    ...trade,
    grossPnl: exact(trade.grossPnl),
    commissions: exact(trade.commissions),
    fees: exact(trade.fees),
    netPnl: exact(trade.netPnl),
    entryOrderType: ORDER_TYPES[type] ?? null,
    costsKnown: true,
  };
}

/** In one transaction, level by level as a fill writes them: the days of a family lie far apart. */
function writeSums(db: Database.Database, rows: readonly SumRow[]): void {
  const insert = db.prepare(
    `insert into result_sums (account_id, level, family, span, period, bucket, count, wins, losses, quantity,
       gross_micros, commission_micros, fee_micros, won_micros, unknown_costs, seconds, win_seconds, loss_seconds)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.exec("begin");
  for (const row of rows) {
    const { accountId, period, bucket, count, wins, losses, quantity, grossPnl } = row;
    const { commissions, fees, won, unknownCosts, seconds, winSeconds, lossSeconds } = row;
    const place = [SUM_FAMILIES.indexOf(row.family), SUM_SPANS.indexOf(row.span), period, bucket];
    const counts = [count, wins, losses, quantity, grossPnl, commissions, fees, won, unknownCosts];
    for (const level of RESULT_LEVELS.keys()) {
      insert.run(accountId, level, ...place, ...counts, seconds, winSeconds, lossSeconds);
    }
  }
  db.exec("commit");
}

/** Each account trades 65 times a weekday; every tenth trade is bought and sold in two orders of a position. */
function rowsOf(trades: number): string {
  const each = Math.ceil(trades / ACCOUNTS.length);
  const perDay = Math.ceil(each / ((DAYS * 5) / 7));
  return `
    begin;
    create temp table r as
      with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${each}),
        a(k) as (select 1 union all select k + 1 from a where k < 5)
      select 'A' || k as account_id, i * 5 + k as id, (i * 7 + k) % 5 as c,
        case (i * 3 + k) % 4 when 0 then null else 's' || ((i * 3 + k) % 4) end as strategy,
        case i % 2 when 0 then 'LONG' else 'SHORT' end as side, 1 + i % 3 as quantity,
        ((i * 7919 + k * 104729) % 2001 - 960) / 4.0 as gross,
        ${START * 1000} + ((i / ${perDay}) / 5 * 7 + (i / ${perDay}) % 5) * 86400000000
          + (i % ${perDay}) * ${Math.floor(79_200_000_000 / perDay)} as entry_at,
        (i * 6151 + k) % 5400 as held, i % 6 as type
      from a, n;
    insert into orders (account_id, symbol, contract_id, root, order_id, side, order_type, quantity, status,
        filled_quantity, remaining_quantity, created_at, booked_quantity, broker_filled_quantity, strategy,
        checksum, updated_at)
      select account_id, symbol, contract_id, root, 'e' || id, case side when 'LONG' then 0 else 1 end,
        case type when 5 then 2 else type % 2 end, quantity, 2, quantity, 0, entry_at, quantity, quantity,
        strategy, 'x', 0 from r join c on c.n = r.c order by account_id, id;
    insert into matches (account_id, symbol, contract_id, root, position_id, side, quantity, entry_fill_id,
        entry_fill_key, entry_order_id, entry_price, entry_timestamp, entry_offset, exit_fill_id, exit_fill_key,
        exit_order_id, exit_price, exit_timestamp, exit_offset, low_price, high_price, gross_pnl, commissions,
        fees, costs_known)
      select account_id, symbol, contract_id, root, printf('%036d', id), side, quantity, 'f' || id,
        printf('1f%09d', id), 'e' || id, 5000, entry_at, 0, 'x' || id, printf('1x%09d', id), 'x' || id, 5001,
        entry_at + held * 1000000, 0, 4990, 5010, gross, 0.5 * quantity, 0.25 * quantity, 1
      from r join c on c.n = r.c order by account_id, id;
    insert into trades (account_id, symbol, contract_id, root, trade_id, position_id, side, quantity,
        entry_order_id, entry_price, entry_timestamp, entry_fill_key, exit_order_id, exit_price, exit_timestamp,
        exit_fill_key, gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe, duration_seconds,
        point_value, strategy, created_at)
      select account_id, symbol, contract_id, root, printf('%036d', id), printf('%036d', id), side, quantity,
        'e' || id, 5000, entry_at, printf('1f%09d', id), 'x' || id, 5001, entry_at + held * 1000000,
        printf('1x%09d', id), gross, 0.5 * quantity, 0.25 * quantity, gross - 0.75 * quantity, 1,
        min(0, gross) - 10, max(0, gross) + 12, held, 1, strategy, entry_at
      from r join c on c.n = r.c order by account_id, id;
    insert into positions (account_id, symbol, contract_id, root, position_id, side, quantity, entry_price,
        status, opened_at, open_fill_key, open_fill_offset, last_fill_at, last_fill_key, closed_at,
        entry_order_id, exit_order_id, closed_quantity, exit_price, gross_pnl, commissions, fees, net_pnl,
        match_count, commission_matches, fee_matches, costs_known_matches, mae, mfe, strategy, created_at,
        updated_at)
      select account_id, symbol, contract_id, root, position_id, side, 0, 5000, 'closed', entry_timestamp,
        entry_fill_key, 0, exit_timestamp, exit_fill_key, exit_timestamp, entry_order_id, exit_order_id,
        quantity, 5001, gross_pnl, commissions, fees, net_pnl, 1, 1, 1, 1, mae, mfe, strategy,
        entry_timestamp, 0 from trades;
    insert into daily_performance (account_id, trading_day, gross_pnl, commissions, fees, net_pnl, fill_count,
        unknown_cost_fills, volume)
      select account_id, date((exit_timestamp / 1000000) + 7200, 'unixepoch'), sum(gross_pnl),
        sum(commissions), sum(fees), sum(net_pnl), 2 * count(*), 0, 2 * sum(quantity)
      from trades group by 1, 2;
    commit;`;
}
