-- What the broker says of an account, and what was told of the time before an adoption.
DROP VIEW v_account_snapshots;
--> statement-breakpoint
CREATE VIEW v_account_snapshots AS SELECT account_id,
  case when snapshot_type = 'eod' then date(timestamp / 1000000, 'unixepoch') end AS trading_day,
  strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, snapshot_type, epoch, balance, realized_pnl, commissions, fees, cash,
  unrealized_pnl, round(balance + unrealized_pnl, 6) AS equity, highest_eod_balance,
  strftime('%Y-%m-%dT%H:%M:%S', closed_at / 1000000, 'unixepoch') || printf('.%06dZ', closed_at % 1000000) AS closed_at, broker_balance, drift,
  case broker_can_trade when 1 then 'yes' when 0 then 'no' end AS broker_can_trade FROM account_snapshots;
--> statement-breakpoint
DROP VIEW v_account_adoptions;
--> statement-breakpoint
CREATE VIEW v_account_adoptions AS SELECT account_id, revision, strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, balance,
  highest_eod_balance, payout_count, payout_total,
  start_of_day_balance, intraday_peak, best_day, trading_days, winning_days, open_lots, reason, source FROM account_adoptions;
