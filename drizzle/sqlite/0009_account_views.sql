-- What accounts, rules and prices have in the store, as the other views show it.
CREATE VIEW v_accounts AS SELECT account_id, account_name, account_type, starting_balance,
  strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06dZ', created_at % 1000000) AS created_at FROM accounts;
--> statement-breakpoint
CREATE VIEW v_account_snapshots AS SELECT account_id,
  case when snapshot_type = 'eod' then date(timestamp / 1000000, 'unixepoch') end AS trading_day,
  strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, snapshot_type, epoch, balance, realized_pnl, commissions, fees, cash,
  unrealized_pnl, round(balance + unrealized_pnl, 6) AS equity, highest_eod_balance,
  strftime('%Y-%m-%dT%H:%M:%S', closed_at / 1000000, 'unixepoch') || printf('.%06dZ', closed_at % 1000000) AS closed_at, broker_balance, drift FROM account_snapshots;
--> statement-breakpoint
CREATE VIEW v_position_snapshots AS SELECT account_id, date(timestamp / 1000000, 'unixepoch') AS trading_day,
  strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, position_id, symbol, contract_id, root, side, quantity, entry_price,
  unrealized_pnl FROM position_snapshots;
--> statement-breakpoint
CREATE VIEW v_cash_movements AS SELECT account_id, movement_id, movement_type, amount,
  strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, case when voided_at is null then 'counts' else 'void' end AS state, reason, source,
  strftime('%Y-%m-%dT%H:%M:%S', voided_at / 1000000, 'unixepoch') || printf('.%06dZ', voided_at % 1000000) AS voided_at, void_reason FROM cash_movements;
--> statement-breakpoint
CREATE VIEW v_account_adoptions AS SELECT account_id, revision, strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, balance,
  highest_eod_balance, payout_count, payout_total, open_lots, reason, source FROM account_adoptions;
--> statement-breakpoint
CREATE VIEW v_account_rules AS SELECT account_id, name, valid_from, document,
  strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06dZ', created_at % 1000000) AS created_at FROM account_rules;
--> statement-breakpoint
-- A lock without an end of its own reads 'for good'; on disk it ends in the year 2200.
CREATE VIEW v_compliance AS SELECT account_id, event_key, event_type, severity, rule, trading_day,
  strftime('%Y-%m-%dT%H:%M:%S', timestamp / 1000000, 'unixepoch') || printf('.%06dZ', timestamp % 1000000) AS timestamp, strftime('%Y-%m-%dT%H:%M:%S', recorded_at / 1000000, 'unixepoch') || printf('.%06dZ', recorded_at % 1000000) AS recorded_at, message,
  current_balance, equity, daily_pnl, start_of_day_balance, highest_eod_balance, trailing_loss, floor,
  dll_limit, dll_remaining, mll_limit, mll_remaining,
  case when locked_until is null then 'no' when locked_until = 7258118400000000 then 'for good' else 'until its end' end AS lock,
  case when locked_until < 7258118400000000 then strftime('%Y-%m-%dT%H:%M:%S', locked_until / 1000000, 'unixepoch') || printf('.%06dZ', locked_until % 1000000) end AS locked_until, refers_to FROM compliance_events;
--> statement-breakpoint
CREATE VIEW v_marks AS SELECT account_id, contract_id, price, strftime('%Y-%m-%dT%H:%M:%S', "at" / 1000000, 'unixepoch') || printf('.%06dZ', "at" % 1000000) AS timestamp FROM marks;
