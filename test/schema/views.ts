import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import { fillBooks } from "./filled-books.js";
import type { PlaceKind, Row, StorePlace } from "./store-place.js";

/**
 * The views for people and other languages. The expected text stands here once: both engines have
 * to show it.
 */
export function describeViews(kind: PlaceKind): void {
  describe(`views on ${kind.name}`, () => {
    let place: StorePlace;

    beforeAll(async () => {
      place = await kind.make();
      const blotter = await createBlotter({ url: place.url });
      await fillBooks(blotter);
      await blotter.close();
    });

    afterAll(() => place?.dispose());

    /** Rows as lines of text, the way a person sees them. */
    async function lines(columns: string, rest: string): Promise<readonly string[]> {
      const rows = await place.query(`select ${columns} from ${rest}`);
      return rows.map((row) => Object.values(row).map(shown).join(" "));
    }

    it("show orders with names and times", async () => {
      const columns = `order_id, symbol, side, order_type, status, quantity, filled_quantity,
        remaining_quantity, limit_price, stop_price, trail_amount, average_fill_price`;
      expect(await lines(columns, "v_orders where account_id = 'A1' order by order_id")).toEqual([
        "11 MNQU26 BUY MARKET FILLED 3 3 0 - - - 21000.916666667",
        "12 MNQU26 SELL STOP CANCELLED 3 0 3 - 20990.25 - -",
        "13 MNQU26 SELL LIMIT WORKING 3 2 1 21010 - - 21010",
        "14 MNQU26 SELL TRAILING_STOP REJECTED 3 0 3 - - 2.5 -",
        "15 MNQU26 SELL - - - 2 - - - - 21002.25",
        "16 MNQU26 BUY - - - 1 - - - - 21000.25",
        "17 MNQU26 BUY - - - 2 - - - - 21003",
      ]);
      const times = "order_id, created_at, submitted_at, filled_at, cancelled_at";
      expect(
        await lines(times, "v_orders where order_id in ('12', '14', '15') order by 1"),
      ).toEqual([
        "12 2026-08-03T13:30:00.000000Z - - 2026-08-03T13:30:40.000000Z",
        "14 2026-08-03T13:30:00.000000Z 2026-08-03T13:30:01.000250Z - -",
        "15 2026-08-03T13:31:00.000104Z - 2026-08-03T13:31:00.000104Z -",
      ]);
      expect(
        await lines(
          "strategy, custom_tag, contract_id, root",
          "v_orders where order_id = '11' and account_id = 'A1'",
        ),
      ).toEqual(["trend bot-strategy-trend-1 CON.F.US.MNQ.U26 MNQ"]);
      expect(await lines("rejection_reason", "v_orders where order_id = '14'")).toEqual(["margin"]);
    });

    it("show fills with names and times", async () => {
      const columns = `account_id, fill_id, order_id, side, quantity, price, commission, fee, state,
        revision, origin, execution_timestamp`;
      expect(await lines(columns, "v_fills order by execution_timestamp")).toEqual([
        "A1 101 11 BUY 2 21000.5 0.7 0.74 booked 0 broker 2026-08-03T13:30:10.000101Z",
        "A1 102 11 BUY 1 21001.75 0.35 0.37 booked 1 broker 2026-08-03T13:30:11.000102Z",
        "A1 103 13 SELL 2 21010 0.7 0.74 booked 0 broker 2026-08-03T13:30:30.000103Z",
        "A1 104 15 SELL 2 21002.25 0.7 0.74 booked 0 broker 2026-08-03T13:31:00.000104Z",
        "A1 105 15 SELL 1 21002.25 0.35 0.37 void 0 broker 2026-08-03T13:31:01.000105Z",
        "A1 16 16 BUY 1 21000.123456 - - withdrawn 0 broker 2026-08-03T13:31:10.000016Z",
        "A1 106 16 BUY 1 21000.25 0.35 0.37 booked 0 broker 2026-08-03T13:31:10.000106Z",
        "A1 107 17 BUY 2 21003 0.7 0.74 booked 0 broker 2026-08-03T13:31:15.000107Z",
        "A2 101 11 BUY 1 5000.25 - 0.37 booked 0 broker 2026-08-03T13:31:20.000101Z",
      ]);
    });

    it("show modelled costs beside the broker's", async () => {
      const columns = "fill_id, commission, modelled_commission, fee, modelled_fee";
      const from = "v_fills where order_id in ('16', '17') order by fill_id";
      expect(await lines(columns, from)).toEqual([
        "106 0.35 0.25 0.37 -",
        "107 0.7 0.5 0.74 -",
        "16 - 0.25 - -",
      ]);
    });

    it("show matches with exact net results", async () => {
      const from = "v_matches order by exit_timestamp";
      const columns = "side, quantity, entry_fill_id, entry_price, exit_fill_id, exit_price";
      const results = "gross_pnl, commissions, fees, net_pnl";
      expect(await lines(`${columns}, ${results}`, from)).toEqual([
        "LONG 2 101 21000.5 103 21010 38 1.4 1.48 35.12",
        "LONG 1 102 21001.75 104 21002.25 1 0.7 0.74 -0.44",
        "SHORT 1 104 21002.25 106 21000.25 4 0.7 0.74 2.56",
      ]);
      expect(await lines("entry_timestamp, exit_timestamp", from)).toEqual([
        "2026-08-03T13:30:10.000101Z 2026-08-03T13:30:30.000103Z",
        "2026-08-03T13:30:11.000102Z 2026-08-03T13:31:00.000104Z",
        "2026-08-03T13:31:00.000104Z 2026-08-03T13:31:10.000106Z",
      ]);
    });

    it("show trades", async () => {
      const columns = `side, quantity, entry_order_id, entry_price, exit_order_id, exit_price,
        exit_timestamp, gross_pnl, commissions, fees, net_pnl, mae, mfe, duration_seconds, strategy`;
      expect(await lines(columns, "v_trades order by exit_timestamp")).toEqual([
        "LONG 2 11 21000.5 13 21010 2026-08-03T13:30:30.000103Z 38 1.4 1.48 35.12 0 38 20 trend",
        "LONG 1 11 21001.75 15 21002.25 2026-08-03T13:31:00.000104Z 1 0.7 0.74 -0.44 0 16.5 49 trend",
        "SHORT 1 15 21002.25 16 21000.25 2026-08-03T13:31:10.000106Z 4 0.7 0.74 2.56 0 4 10 -",
      ]);
    });

    it("show positions", async () => {
      const from = "v_positions order by opened_at";
      const columns = `account_id, symbol, side, status, quantity, entry_price, closed_quantity,
        exit_price, gross_pnl, commissions, fees, net_pnl, strategy`;
      expect(await lines(columns, from)).toEqual([
        "A1 MNQU26 LONG closed 0 21000.916666667 3 21007.416666667 39 2.1 2.22 34.68 trend",
        "A1 MNQU26 SHORT closed 0 21002.25 1 21000.25 4 0.7 0.74 2.56 -",
        "A1 MNQU26 LONG open 2 21003 0 - 0 0 0 0 -",
        "A2 ESU26 LONG open 1 5000.25 0 - 0 0 0 0 -",
      ]);
      expect(await lines("opened_at, closed_at", from)).toEqual([
        "2026-08-03T13:30:10.000101Z 2026-08-03T13:31:00.000104Z",
        "2026-08-03T13:31:00.000104Z 2026-08-03T13:31:10.000106Z",
        "2026-08-03T13:31:15.000107Z -",
        "2026-08-03T13:31:20.000101Z -",
      ]);
    });

    it("show accounts, adoptions and rules", async () => {
      const accounts = "account_id, account_name, account_type, starting_balance";
      expect(await lines(accounts, "v_accounts order by account_id")).toEqual([
        "A1 Combine practice 50000",
        "A2 A2 practice 0.5",
      ]);
      const adoption = `account_id, revision, timestamp, balance, highest_eod_balance, payout_count,
        payout_total, open_lots`;
      expect(await lines(adoption, "v_account_adoptions")).toEqual([
        "A2 0 2026-08-03T13:00:00.000000Z 1000.25 1100 1 20.5 []",
      ]);
      expect(await lines("account_id, name, valid_from", "v_account_rules")).toEqual([
        "A1 strict 1970-01-01",
      ]);
    });

    it("show cash movements", async () => {
      const columns = "account_id, movement_type, amount, timestamp, state, voided_at";
      expect(await lines(columns, "v_cash_movements order by timestamp")).toEqual([
        "A1 payout 250.5 2026-08-03T13:31:30.000000Z counts -",
      ]);
    });

    it("show what accounts and positions were at moments and ends of days", async () => {
      const columns = `account_id, trading_day, timestamp, snapshot_type, balance, realized_pnl, cash,
        unrealized_pnl, equity, highest_eod_balance, broker_balance, drift`;
      const order = "order by account_id, timestamp, snapshot_type";
      expect(await lines(columns, `v_account_snapshots ${order}`)).toEqual([
        "A1 - 2026-08-03T13:31:35.000000Z manual 49785.3 43 -250.5 - - 50000 49750.01 -35.29",
        "A1 2026-08-03 2026-08-03T22:00:00.000000Z eod 49785.3 43 -250.5 1 49786.3 50000 - -",
        "A2 2026-08-03 2026-08-03T22:00:00.000000Z eod 999.88 0 0 - - 1100 - -",
      ]);
      const held =
        "account_id, trading_day, timestamp, symbol, side, quantity, entry_price, unrealized_pnl";
      expect(await lines(held, "v_position_snapshots")).toEqual([
        "A1 2026-08-03 2026-08-03T22:00:00.000000Z MNQU26 LONG 2 21003 1",
      ]);
    });

    it("show what the rules found, until when it locks, and what became of it", async () => {
      const columns = `event_key, event_type, severity, timestamp, daily_pnl, dll_limit, lock,
        locked_until, refers_to`;
      const found = "v_compliance where event_type <> 'lifted' order by timestamp, event_key";
      expect(await lines(columns, found)).toEqual([
        "2026-08-03:dll:violation dll_violation violation 2026-08-03T13:30:10.000101Z -1.44 1 until its end 2026-08-03T22:00:00.000000Z -",
        "2026-08-03:profit_target:info profit_target_info info 2026-08-03T13:30:30.000103Z 51.4 1 no - -",
      ]);
      const lifted = "v_compliance where event_type = 'lifted'";
      expect(await lines("event_key, severity, lock, refers_to, message", lifted)).toEqual([
        "2026-08-03:dll:violation:lifted info no 2026-08-03:dll:violation a mistake of the feed",
      ]);
    });

    it("show prices that mattered", async () => {
      const columns = "account_id, contract_id, price, timestamp";
      expect(await lines(columns, "v_marks")).toEqual([
        "A1 CON.F.US.MNQ.U26 21003.25 2026-08-03T13:31:16.000000Z",
      ]);
    });

    it("show flags as 0 and 1", async () => {
      const standIns = await place.query(
        "select stand_in from v_fills order by execution_timestamp",
      );
      expect(standIns.map(flagOf).join("")).toBe("000001000");
      const known = await place.query("select costs_known from v_trades");
      expect(known.map(flagOf).join("")).toBe("111");
      for (const view of ["v_trades", "v_matches"]) {
        const modelled = await place.query(`select costs_modelled from ${view}`);
        expect(modelled.map(flagOf).join("")).toBe("000");
      }
    });
  });
}

function shown(value: unknown): string {
  return value === null ? "-" : String(value);
}

/** Postgres has a type for flags and writes t and f. */
function flagOf(row: Row): string {
  const [value] = Object.values(row);
  if (value === "t") return "1";
  return value === "f" ? "0" : String(value);
}
