-- The views again, with what is modelled beside what the broker told.
DROP VIEW v_fills;
--> statement-breakpoint
CREATE VIEW v_fills AS SELECT account_id, fill_id, order_id, symbol, contract_id, root, case side when 0 then 'BUY' else 'SELL' end AS side,
  quantity, price, commission, fee, modelled_commission, modelled_fee, strftime('%Y-%m-%dT%H:%M:%S', execution_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', execution_timestamp % 1000000) AS execution_timestamp,
  case state when 0 then 'booked' when 1 then 'void' when 2 then 'held' when 3 then 'withdrawn' when 4 then 'unmatched' end AS state, stand_in, revision, source, origin FROM fills;
--> statement-breakpoint
DROP VIEW v_matches;
--> statement-breakpoint
CREATE VIEW v_matches AS SELECT account_id, symbol, contract_id, root, side, quantity,
  entry_fill_id, entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_fill_id, exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, round(gross_pnl - coalesce(commissions, 0) - coalesce(fees, 0), 6) AS net_pnl,
  costs_known, costs_modelled, position_id FROM matches;
--> statement-breakpoint
DROP VIEW v_trades;
--> statement-breakpoint
CREATE VIEW v_trades AS SELECT account_id, trade_id, symbol, contract_id, root, side, quantity,
  entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe, costs_modelled, duration_seconds, strategy,
  position_id FROM trades;
