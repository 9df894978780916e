-- What accounts, rules and prices have in the store, as the other views show it.
CREATE VIEW v_accounts AS SELECT account_id, account_name, account_type, starting_balance,
  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at FROM accounts;
--> statement-breakpoint
CREATE VIEW v_account_snapshots AS SELECT account_id,
  case when snapshot_type = 'eod' then to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD') end AS trading_day,
  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, snapshot_type, epoch, balance, realized_pnl, commissions, fees, cash,
  unrealized_pnl, balance + unrealized_pnl AS equity, highest_eod_balance,
  to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS closed_at, broker_balance, drift FROM account_snapshots;
--> statement-breakpoint
CREATE VIEW v_position_snapshots AS SELECT account_id, to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD') AS trading_day,
  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, position_id, symbol, contract_id, root, side, quantity, entry_price,
  unrealized_pnl FROM position_snapshots;
--> statement-breakpoint
CREATE VIEW v_cash_movements AS SELECT account_id, movement_id, movement_type, amount,
  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, case when voided_at is null then 'counts' else 'void' end AS state, reason, source,
  to_char(voided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS voided_at, void_reason FROM cash_movements;
--> statement-breakpoint
CREATE VIEW v_account_adoptions AS SELECT account_id, revision, to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, balance,
  highest_eod_balance, payout_count, payout_total, open_lots, reason, source FROM account_adoptions;
--> statement-breakpoint
CREATE VIEW v_account_rules AS SELECT account_id, name, valid_from, document,
  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at FROM account_rules;
--> statement-breakpoint
-- A lock without an end of its own reads 'for good'; on disk it ends in the year 2200.
CREATE VIEW v_compliance AS SELECT account_id, event_key, event_type, severity, rule, trading_day,
  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at, message,
  current_balance, equity, daily_pnl, start_of_day_balance, highest_eod_balance, trailing_loss, floor,
  dll_limit, dll_remaining, mll_limit, mll_remaining,
  case when locked_until is null then 'no' when locked_until = timestamptz '2200-01-01 00:00:00+00' then 'for good' else 'until its end' end AS lock,
  case when locked_until < timestamptz '2200-01-01 00:00:00+00' then to_char(locked_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end AS locked_until, refers_to FROM compliance_events;
--> statement-breakpoint
CREATE VIEW v_marks AS SELECT account_id, contract_id, price, to_char("at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp FROM marks;
