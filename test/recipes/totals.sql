-- name: accounts
-- What each account realised by ledger day: gross when a trade closes, costs when a fill happens.
select a.account_id, a.account_name, a.starting_balance,
  coalesce(round(sum(d.gross_pnl), 2), 0) as gross,
  coalesce(round(sum(d.commissions), 2), 0) as commissions,
  coalesce(round(sum(d.fees), 2), 0) as fees,
  coalesce(round(sum(d.net_pnl), 2), 0) as net,
  round(a.starting_balance + coalesce(sum(d.net_pnl), 0), 2) as balance
from accounts a left join daily_performance d on d.account_id = a.account_id
group by a.account_id, a.account_name, a.starting_balance
order by a.account_id;

-- name: orders
-- Orders by what became of them. Null: an order that is known from its fills alone.
select account_id, status, count(*) as orders
from v_orders
group by account_id, status
order by account_id, status nulls first;

-- name: fills
-- Fills that count, contracts traded, and how many fills lack a commission or a fee.
select account_id, count(*) as fills, sum(quantity) as contracts,
  count(*) filter (where commission is null or fee is null) as costs_unknown
from v_fills
where state = 'booked'
group by account_id
order by account_id;

-- name: trades
-- Closed trades by symbol, with the costs of both their sides.
select account_id, symbol, count(*) as trades, sum(quantity) as contracts,
  count(*) filter (where net_pnl > 0) as wins, count(*) filter (where net_pnl < 0) as losses,
  round(sum(gross_pnl), 2) as gross,
  round(coalesce(sum(commissions), 0), 2) as commissions,
  round(coalesce(sum(fees), 0), 2) as fees,
  round(sum(net_pnl), 2) as net
from v_trades
group by account_id, symbol
order by account_id, symbol;

-- name: days
-- Ledger days: they end at 17:00 in Chicago.
select account_id, trading_day, fill_count as fills, volume as contracts,
  round(gross_pnl, 2) as gross, round(net_pnl, 2) as net
from daily_performance
order by account_id, trading_day;

-- name: open_positions
-- What is held now. The entry price is the average of the open lots.
select account_id, symbol, side, quantity, entry_price, opened_at
from v_positions
where status = 'open'
order by account_id, opened_at;
