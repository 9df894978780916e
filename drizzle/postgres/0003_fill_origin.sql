-- Fills tell where they come from: a broker, or one of the entries that Blotter makes.
DROP VIEW v_fills;
--> statement-breakpoint
CREATE VIEW v_fills AS SELECT account_id, fill_id, order_id, symbol, contract_id, root, case side when 0 then 'BUY' else 'SELL' end AS side,
  quantity, price, commission, fee, to_char(execution_timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS execution_timestamp,
  case state when 0 then 'booked' when 1 then 'void' when 2 then 'held' when 3 then 'withdrawn' when 4 then 'unmatched' end AS state, stand_in, revision, source, origin FROM fills;
