-- Views with names instead of codes and ISO-8601 times, for people, Studio and other languages.
CREATE VIEW v_orders AS SELECT account_id, order_id, symbol, contract_id, root, case side when 0 then 'BUY' else 'SELL' end AS side,
  case order_type when 0 then 'MARKET' when 1 then 'LIMIT' when 2 then 'STOP' when 3 then 'STOP_LIMIT' when 4 then 'TRAILING_STOP' when 5 then 'JOIN_BID' when 6 then 'JOIN_ASK' end AS order_type, quantity, limit_price, stop_price, trail_amount,
  case status when 0 then 'PENDING' when 1 then 'WORKING' when 2 then 'FILLED' when 3 then 'CANCELLED' when 4 then 'REJECTED' when 5 then 'EXPIRED' end AS status, filled_quantity, remaining_quantity, average_fill_price,
  parent_order_id, linked_order_id, stop_loss_order_id, take_profit_order_id,
  strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06dZ', created_at % 1000000) AS created_at, strftime('%Y-%m-%dT%H:%M:%S', submitted_at / 1000000, 'unixepoch') || printf('.%06dZ', submitted_at % 1000000) AS submitted_at,
  strftime('%Y-%m-%dT%H:%M:%S', filled_at / 1000000, 'unixepoch') || printf('.%06dZ', filled_at % 1000000) AS filled_at, strftime('%Y-%m-%dT%H:%M:%S', cancelled_at / 1000000, 'unixepoch') || printf('.%06dZ', cancelled_at % 1000000) AS cancelled_at,
  custom_tag, strategy, rejection_reason, notes FROM orders;
--> statement-breakpoint
CREATE VIEW v_fills AS SELECT account_id, fill_id, order_id, symbol, contract_id, root, case side when 0 then 'BUY' else 'SELL' end AS side,
  quantity, price, commission, fee, strftime('%Y-%m-%dT%H:%M:%S', execution_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', execution_timestamp % 1000000) AS execution_timestamp,
  case state when 0 then 'booked' when 1 then 'void' when 2 then 'held' when 3 then 'withdrawn' when 4 then 'unmatched' end AS state, stand_in, revision, source FROM fills;
--> statement-breakpoint
CREATE VIEW v_matches AS SELECT account_id, symbol, contract_id, root, side, quantity,
  entry_fill_id, entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_fill_id, exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, round(gross_pnl - coalesce(commissions, 0) - coalesce(fees, 0), 6) AS net_pnl,
  costs_known, position_id FROM matches;
--> statement-breakpoint
CREATE VIEW v_trades AS SELECT account_id, trade_id, symbol, contract_id, root, side, quantity,
  entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe, duration_seconds, strategy,
  position_id FROM trades;
--> statement-breakpoint
CREATE VIEW v_positions AS SELECT account_id, position_id, symbol, contract_id, root, side, status, quantity,
  entry_price, strftime('%Y-%m-%dT%H:%M:%S', opened_at / 1000000, 'unixepoch') || printf('.%06dZ', opened_at % 1000000) AS opened_at, strftime('%Y-%m-%dT%H:%M:%S', closed_at / 1000000, 'unixepoch') || printf('.%06dZ', closed_at % 1000000) AS closed_at,
  closed_quantity, exit_price, gross_pnl, commissions, fees, net_pnl, strategy FROM positions;
--> statement-breakpoint
-- "BLTR": a file of another application is told apart by it.
PRAGMA application_id = 1112298578;
