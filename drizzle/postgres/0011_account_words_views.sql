-- What the broker says of an account, and what was told of the time before an adoption.
DROP VIEW v_account_snapshots;
--> statement-breakpoint
CREATE VIEW v_account_snapshots AS SELECT account_id,
  case when snapshot_type = 'eod' then to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD') end AS trading_day,
  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, snapshot_type, epoch, balance, realized_pnl, commissions, fees, cash,
  unrealized_pnl, balance + unrealized_pnl AS equity, highest_eod_balance,
  to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS closed_at, broker_balance, drift,
  case broker_can_trade when true then 'yes' when false then 'no' end AS broker_can_trade FROM account_snapshots;
--> statement-breakpoint
DROP VIEW v_account_adoptions;
--> statement-breakpoint
CREATE VIEW v_account_adoptions AS SELECT account_id, revision, to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, balance,
  highest_eod_balance, payout_count, payout_total,
  start_of_day_balance, intraday_peak, best_day, trading_days, winning_days, open_lots, reason, source FROM account_adoptions;
