-- Fills tell where they come from: a broker, or one of the entries that Blotter makes.
DROP VIEW v_fills;
--> statement-breakpoint
CREATE VIEW v_fills AS SELECT account_id, fill_id, order_id, symbol, contract_id, root, case side when 0 then 'BUY' else 'SELL' end AS side,
  quantity, price, commission, fee, strftime('%Y-%m-%dT%H:%M:%S', execution_timestamp / 1000000, 'unixepoch') || printf('.%06dZ', execution_timestamp % 1000000) AS execution_timestamp,
  case state when 0 then 'booked' when 1 then 'void' when 2 then 'held' when 3 then 'withdrawn' when 4 then 'unmatched' end AS state, stand_in, revision, source, origin FROM fills;
