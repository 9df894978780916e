-- The views again, with what each result was planned to lose at most.
DROP VIEW v_matches;
--> statement-breakpoint
CREATE VIEW v_matches AS SELECT account_id, symbol, contract_id, root, side, quantity,
  entry_fill_id, entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_fill_id, exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, round(gross_pnl - coalesce(commissions, 0) - coalesce(fees, 0), 6) AS net_pnl,
  costs_known, costs_modelled, planned_risk, position_id FROM matches;
--> statement-breakpoint
DROP VIEW v_trades;
--> statement-breakpoint
CREATE VIEW v_trades AS SELECT account_id, trade_id, symbol, contract_id, root, side, quantity,
  entry_order_id, entry_price, strftime('%Y-%m-%dT%H:%M:%S', entry_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', entry_timestamp % 1000000) AS entry_timestamp,
  exit_order_id, exit_price, strftime('%Y-%m-%dT%H:%M:%S', exit_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', exit_timestamp % 1000000) AS exit_timestamp,
  gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe, costs_modelled, planned_risk, duration_seconds, strategy,
  position_id FROM trades;
--> statement-breakpoint
DROP VIEW v_positions;
--> statement-breakpoint
CREATE VIEW v_positions AS SELECT account_id, position_id, symbol, contract_id, root, side, status, quantity,
  entry_price, strftime('%Y-%m-%dT%H:%M:%S', opened_at / 1000000, 'unixepoch') || printf('.%06dZ', opened_at % 1000000) AS opened_at, strftime('%Y-%m-%dT%H:%M:%S', closed_at / 1000000, 'unixepoch') || printf('.%06dZ', closed_at % 1000000) AS closed_at,
  closed_quantity, exit_price, gross_pnl, commissions, fees, net_pnl, planned_risk, strategy FROM positions;
--> statement-breakpoint
-- Results that were there before know no planned risk yet. Their account is asked to make what it keeps of them
-- anew: one that has matches and no sums gets both.
DELETE FROM result_sums;
