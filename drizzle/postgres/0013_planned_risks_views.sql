-- The views again, with what each result was planned to lose at most.
DROP VIEW v_matches;
--> statement-breakpoint
CREATE VIEW v_matches AS SELECT account_id, symbol, contract_id, root, side, quantity,
  entry_fill_id, entry_order_id, entry_price, to_char(entry_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS entry_timestamp,
  exit_fill_id, exit_order_id, exit_price, to_char(exit_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exit_timestamp,
  gross_pnl, commissions, fees, gross_pnl - coalesce(commissions, 0) - coalesce(fees, 0) AS net_pnl,
  costs_known, costs_modelled, planned_risk, position_id FROM matches;
--> statement-breakpoint
DROP VIEW v_trades;
--> statement-breakpoint
CREATE VIEW v_trades AS SELECT account_id, trade_id, symbol, contract_id, root, side, quantity,
  entry_order_id, entry_price, to_char(entry_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS entry_timestamp,
  exit_order_id, exit_price, to_char(exit_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exit_timestamp,
  gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe, costs_modelled, planned_risk, duration_seconds, strategy,
  position_id FROM trades;
--> statement-breakpoint
DROP VIEW v_positions;
--> statement-breakpoint
CREATE VIEW v_positions AS SELECT account_id, position_id, symbol, contract_id, root, side, status, quantity,
  entry_price, to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS opened_at, to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS closed_at,
  closed_quantity, exit_price, gross_pnl, commissions, fees, net_pnl, planned_risk, strategy FROM positions;
--> statement-breakpoint
-- Results that were there before know no planned risk yet. Their account is asked to make what it keeps of them
-- anew: one that has matches and no sums gets both.
DELETE FROM result_sums;
