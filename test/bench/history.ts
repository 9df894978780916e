import Database from "better-sqlite3";

/** Microseconds between two fills of the generated history. */
const STEP_US = 30_000_000;
const START_US = Date.UTC(2016, 0, 4) * 1000;

/** Fills a migrated store with n closed one-lot fills, quickly: bulk SQL, no guarantees. */
export function fillHistory(path: string, fills: number): void {
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  db.exec(`
    begin;
    create temp table n as
      with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${fills}) select i from n;
    insert into orders (account_id, symbol, contract_id, root, order_id, side, order_type, quantity, status,
        filled_quantity, remaining_quantity, average_fill_price, created_at, filled_at, booked_quantity,
        broker_filled_quantity, as_of, checksum, updated_at)
      select 'A', 'MNQU26', 'CON.F.US.MNQ.U26', 'MNQ', printf('1%09d', i), i % 2, 0, 1, 2, 1, 0, 5000,
        ${START_US} + i * ${STEP_US}, ${START_US} + i * ${STEP_US}, 1, 1, ${START_US}, 'x', 0 from n;
    insert into fills (account_id, symbol, contract_id, root, fill_id, fill_key, order_id, side, quantity,
        price, commission, fee, execution_timestamp, revision, state, stand_in, source, checksum, created_at)
      select 'A', 'MNQU26', 'CON.F.US.MNQ.U26', 'MNQ', printf('1%09d', i), printf('0101%09d', i),
        printf('1%09d', i), i % 2, 1, 5000 + i % 100, 0.25, 0.37, ${START_US} + i * ${STEP_US}, 0, 0, 0,
        'api', 'x', 0 from n;
    insert into matches (account_id, symbol, contract_id, root, position_id, side, quantity, entry_fill_id,
        entry_fill_key, entry_order_id, entry_price, entry_timestamp, entry_offset, exit_fill_id,
        exit_fill_key, exit_order_id, exit_price, exit_timestamp, exit_offset, low_price, high_price,
        gross_pnl, commissions, fees, costs_known)
      select 'A', 'MNQU26', 'CON.F.US.MNQ.U26', 'MNQ', printf('%036d', i * 7919 % 1000003), 'LONG', 1,
        printf('1%09d', i - 1), printf('0101%09d', i - 1), printf('1%09d', i - 1), 5000,
        ${START_US} + (i - 1) * ${STEP_US}, 0, printf('1%09d', i), printf('0101%09d', i),
        printf('1%09d', i), 5001, ${START_US} + i * ${STEP_US}, 0, 5000, 5001, 2, 0.5, 0.74, 1
      from n where i % 2 = 1;
    insert into trades (account_id, symbol, contract_id, root, trade_id, position_id, side, quantity,
        entry_order_id, entry_price, entry_timestamp, entry_fill_key, exit_order_id, exit_price,
        exit_timestamp, exit_fill_key, gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe,
        duration_seconds, point_value, created_at)
      select account_id, symbol, contract_id, root, printf('%036d', rowid), position_id, side, quantity,
        entry_order_id, entry_price, entry_timestamp, entry_fill_key, exit_order_id, exit_price,
        exit_timestamp, exit_fill_key, gross_pnl, commissions, fees, 0.76, 1, 0, 2, 30, 2, exit_timestamp
      from matches;
    insert into positions (account_id, symbol, contract_id, root, position_id, side, quantity, entry_price,
        status, opened_at, open_fill_key, open_fill_offset, last_fill_at, last_fill_key, closed_at,
        entry_order_id, exit_order_id, closed_quantity, exit_price, gross_pnl, commissions, fees, net_pnl,
        match_count, commission_matches, fee_matches, costs_known_matches, mae, mfe, created_at, updated_at)
      select account_id, symbol, contract_id, root, printf('%036d', rowid), side, 0, entry_price, 'closed',
        entry_timestamp, entry_fill_key, 0, exit_timestamp, exit_fill_key, exit_timestamp, entry_order_id,
        exit_order_id, 1, exit_price, gross_pnl, commissions, fees, 0.76, 1, 1, 1, 1, 0, 2,
        entry_timestamp, 0 from matches;
    commit;`);
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}

/** The instant of the first fill after a history of n. */
export function afterHistory(fills: number): number {
  return START_US + fills * STEP_US;
}
