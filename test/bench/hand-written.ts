import Database from "better-sqlite3";
import { ShaIds } from "../../src/system/sha-ids.js";

/**
 * The floor: what someone would write by hand for one contract and fills that open one lot and close it again.
 * It writes the same rows as `recordFill`, in one transaction, with prepared statements and no checks at all.
 */
export class HandWritten {
  readonly #db: Database.Database;
  readonly #ids = new ShaIds();
  readonly #statements;

  constructor(path: string) {
    this.#db = new Database(path);
    this.#db.pragma("journal_mode = WAL");
    this.#db.pragma("synchronous = FULL");
    this.#statements = statementsOf(this.#db);
  }

  order(order: SimpleOrder): void {
    const s = this.#statements;
    s.begin.run();
    const checksum = this.#ids.checksum(JSON.stringify(order));
    s.insertOrder.run({ ...order, checksum });
    s.insertOrderEvent.run({ ...order, checksum, changes: JSON.stringify({ status: [null, 1] }) });
    this.#event("order.changed", order, order.at);
    s.commit.run();
  }

  fill(fill: SimpleFill): void {
    const s = this.#statements;
    s.begin.run();
    const known = s.findFill.get(fill.fillId);
    if (known === undefined) this.#book(fill);
    s.commit.run();
  }

  #book(fill: SimpleFill): void {
    const s = this.#statements;
    const order = s.findOrder.get(fill.orderId);
    if (order === undefined) throw new Error(`no order ${fill.orderId}`);
    const checksum = this.#ids.checksum(JSON.stringify(fill));
    s.insertFill.run({ ...fill, checksum });
    s.fillOrder.run({ ...fill, checksum });
    const lot = openLot(s.openLot.get());
    if (lot === null) this.#open(fill);
    else this.#close(fill, lot);
  }

  #open(fill: SimpleFill): void {
    const s = this.#statements;
    const positionId = this.#ids.uuid(`position ${fill.key}`);
    s.insertLot.run(fill);
    s.insertPosition.run({ ...fill, positionId });
    this.#day(fill, 0);
    this.#event("fill.recorded", fill, fill.at);
    this.#event("position.changed", { ...fill, positionId }, fill.at);
  }

  #close(fill: SimpleFill, lot: SimpleFill): void {
    const s = this.#statements;
    const positionId = this.#ids.uuid(`position ${lot.key}`);
    const tradeId = this.#ids.uuid(`trade ${positionId} ${lot.orderId} ${fill.orderId}`);
    const gross = (fill.price - lot.price) * 2;
    const row = {
      positionId,
      tradeId,
      gross,
      costs: 0.5,
      fees: 0.74,
      net: gross - 1.24,
      low: Math.min(lot.price, fill.price),
      high: Math.max(lot.price, fill.price),
      entryId: lot.fillId,
      entryKey: lot.key,
      entryOrder: lot.orderId,
      entryPrice: lot.price,
      entryAt: lot.at,
      exitId: fill.fillId,
      exitKey: fill.key,
      exitOrder: fill.orderId,
      exitPrice: fill.price,
      exitAt: fill.at,
    };
    s.insertMatch.run(row);
    s.deleteLot.run(lot.key);
    s.insertTrade.run(row);
    s.closePosition.run(row);
    this.#day(fill, gross);
    this.#sums(fill, row);
    this.#event("fill.recorded", fill, fill.at);
    this.#event("trade.closed", row, fill.at);
    this.#event("position.changed", row, fill.at);
  }

  #day(fill: SimpleFill, gross: number): void {
    const net = gross - 0.62;
    this.#statements.addDay.run({ day: fill.day, gross, net });
    const ends = Date.parse(`${fill.day}T23:00:00Z`) * 1000;
    this.#statements.addEnd.run({ ends, gross, net, at: fill.at });
  }

  /** A result counts in four families of sums at each of three levels. */
  #sums(fill: SimpleFill, { net, gross }: { readonly net: number; readonly gross: number }): void {
    const won = Math.max(net, 0) * 1e6;
    for (const level of [0, 1, 2]) {
      for (const [family, bucket] of BUCKETS.entries()) {
        const row = { level, family, bucket, day: fill.day, gross: gross * 1e6, won };
        this.#statements.addSums.run({ ...row, win: net > 0 ? 1 : 0, loss: net < 0 ? 1 : 0 });
      }
    }
  }

  #event(type: string, payload: object, at: number): void {
    const s = this.#statements;
    const last = s.lastSequence.get();
    const sequence =
      last !== undefined && typeof last === "object" && last !== null && "sequence" in last
        ? Number(last.sequence) + 1
        : 1;
    s.insertEvent.run({ sequence, type, payload: JSON.stringify(payload), at });
  }

  close(): void {
    this.#db.close();
  }
}

export interface SimpleOrder {
  readonly orderId: string;
  readonly side: number;
  readonly at: number;
}

export interface SimpleFill {
  readonly fillId: string;
  readonly key: string;
  readonly orderId: string;
  readonly side: number;
  readonly price: number;
  readonly at: number;
  readonly day: string;
}

const BUCKETS = ["2", "CON.F.US.MNQ.U26", "LONG|1m|MARKET", "9"];

function openLot(row: unknown): SimpleFill | null {
  return row === undefined ? null : (row as SimpleFill);
}

function statementsOf(db: Database.Database) {
  const who = "'A', 'MNQU26', 'CON.F.US.MNQ.U26', 'MNQ'";
  return {
    begin: db.prepare("begin immediate"),
    commit: db.prepare("commit"),
    insertOrder:
      db.prepare(`insert into orders (account_id, symbol, contract_id, root, order_id, side,
      order_type, quantity, status, filled_quantity, remaining_quantity, created_at, booked_quantity,
      broker_filled_quantity, as_of, checksum, updated_at)
      values (${who}, :orderId, :side, 0, 1, 1, 0, 1, :at, 0, 0, :at, :checksum, :at)`),
    insertOrderEvent: db.prepare(`insert into order_events
      (account_id, order_id, event_key, changes, refused, source, recorded_at)
      values ('A', :orderId, :checksum, :changes, null, 'api', :at)`),
    findOrder: db.prepare("select * from orders where account_id = 'A' and order_id = ?"),
    findFill: db.prepare(
      "select 1 from fills where account_id = 'A' and fill_id = ? and stand_in = 0",
    ),
    insertFill:
      db.prepare(`insert into fills (account_id, symbol, contract_id, root, fill_id, fill_key,
      order_id, side, quantity, price, commission, fee, execution_timestamp, revision, state, stand_in,
      broker_pnl, source, checksum, created_at)
      values (${who}, :fillId, :key, :orderId, :side, 1, :price, 0.25, 0.37, :at, 0, 0, 0, null, 'api',
      :checksum, :at)`),
    fillOrder: db.prepare(`update orders set filled_quantity = 1, remaining_quantity = 0,
      booked_quantity = 1, average_fill_price = :price, filled_at = :at, checksum = :checksum,
      updated_at = :at where account_id = 'A' and order_id = :orderId`),
    openLot:
      db.prepare(`select fill_id as fillId, fill_key as key, order_id as orderId, side, price,
      execution_timestamp as at from open_lots
      where account_id = 'A' and contract_id = 'CON.F.US.MNQ.U26'`),
    insertLot:
      db.prepare(`insert into open_lots (account_id, contract_id, fill_id, fill_key, order_id, side,
      quantity, consumed, price, low_price, high_price, commission, fee, execution_timestamp)
      values ('A', 'CON.F.US.MNQ.U26', :fillId, :key, :orderId, :side, 1, 0, :price, :price, :price,
      0.25, 0.37, :at)`),
    deleteLot: db.prepare(`delete from open_lots
      where account_id = 'A' and contract_id = 'CON.F.US.MNQ.U26' and fill_key = ?`),
    insertPosition:
      db.prepare(`insert into positions (account_id, symbol, contract_id, root, position_id,
      side, quantity, entry_price, status, opened_at, open_fill_key, open_fill_offset, last_fill_at,
      last_fill_key, entry_order_id, closed_quantity, gross_pnl, commissions, fees, net_pnl, match_count,
      commission_matches, fee_matches, costs_known_matches, created_at, updated_at)
      values (${who}, :positionId, 'LONG', 1, :price, 'open', :at, :key, 0, :at, :key, :orderId, 0, 0, 0, 0,
      0, 0, 0, 0, 0, :at, :at)`),
    closePosition:
      db.prepare(`update positions set quantity = 0, status = 'closed', closed_at = :exitAt,
      last_fill_at = :exitAt, last_fill_key = :exitKey, exit_order_id = :exitOrder, exit_price = :exitPrice,
      closed_quantity = 1, gross_pnl = :gross, commissions = :costs, fees = :fees, net_pnl = :net,
      match_count = 1, commission_matches = 1, fee_matches = 1, costs_known_matches = 1, mae = 0, mfe = 0,
      updated_at = :exitAt where account_id = 'A' and position_id = :positionId`),
    insertMatch:
      db.prepare(`insert into matches (account_id, symbol, contract_id, root, position_id, side,
      quantity, entry_fill_id, entry_fill_key, entry_order_id, entry_price, entry_timestamp, entry_offset,
      exit_fill_id, exit_fill_key, exit_order_id, exit_price, exit_timestamp, exit_offset, low_price,
      high_price, gross_pnl, commissions, fees, costs_known)
      values (${who}, :positionId, 'LONG', 1, :entryId, :entryKey, :entryOrder, :entryPrice, :entryAt, 0,
      :exitId, :exitKey, :exitOrder, :exitPrice, :exitAt, 0, :low, :high, :gross, :costs, :fees, 1)`),
    insertTrade:
      db.prepare(`insert into trades (account_id, symbol, contract_id, root, trade_id, position_id,
      side, quantity, entry_order_id, entry_price, entry_timestamp, entry_fill_key, exit_order_id,
      exit_price, exit_timestamp, exit_fill_key, gross_pnl, commissions, fees, net_pnl, costs_known, mae, mfe,
      duration_seconds, point_value, created_at)
      values (${who}, :tradeId, :positionId, 'LONG', 1, :entryOrder, :entryPrice, :entryAt, :entryKey,
      :exitOrder, :exitPrice, :exitAt, :exitKey, :gross, :costs, :fees, :net, 1, 0, 0, 0, 2, :exitAt)`),
    addDay:
      db.prepare(`insert into daily_performance (account_id, trading_day, gross_pnl, commissions, fees,
      net_pnl, fill_count, unknown_cost_fills, volume)
      values ('A', :day, :gross, 0.25, 0.37, :net, 1, 0, 1)
      on conflict (account_id, trading_day) do update set gross_pnl = gross_pnl + excluded.gross_pnl,
      commissions = commissions + 0.25, fees = fees + 0.37, net_pnl = net_pnl + excluded.net_pnl,
      fill_count = fill_count + 1, volume = volume + 1`),
    addEnd:
      db.prepare(`insert into account_snapshots (account_id, timestamp, snapshot_type, is_eod, balance,
      realized_pnl, commissions, fees, highest_eod_balance, epoch, cash, created_at)
      values ('A', :ends, 'eod', 1, 50000 + :net, :gross, 0.25, 0.37, 50000, 0, 0, :at)
      on conflict (account_id, timestamp, snapshot_type) do update set balance = balance + :net,
      realized_pnl = realized_pnl + :gross, commissions = commissions + 0.25, fees = fees + 0.37`),
    addSums:
      db.prepare(`insert into result_sums (account_id, level, family, span, period, bucket, count, wins,
      losses, quantity, gross_micros, commission_micros, fee_micros, won_micros, unknown_costs, seconds,
      win_seconds, loss_seconds)
      values ('A', :level, :family, 0, :day, :bucket, 1, :win, :loss, 1, :gross, 500000, 740000, :won, 0, 1,
      :win, :loss)
      on conflict (account_id, level, family, span, period, bucket) do update set count = count + 1,
      wins = wins + excluded.wins, losses = losses + excluded.losses, quantity = quantity + 1,
      gross_micros = gross_micros + excluded.gross_micros,
      commission_micros = commission_micros + excluded.commission_micros,
      fee_micros = fee_micros + excluded.fee_micros, won_micros = won_micros + excluded.won_micros,
      seconds = seconds + 1, win_seconds = win_seconds + excluded.win_seconds,
      loss_seconds = loss_seconds + excluded.loss_seconds`),
    lastSequence: db.prepare(
      "select sequence from outbox where account_id = 'A' order by sequence desc limit 1",
    ),
    insertEvent: db.prepare(`insert into outbox (account_id, sequence, type, payload, recorded_at)
      values ('A', :sequence, :type, :payload, :at)`),
  };
}
