CREATE TABLE "account_snapshots" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"timestamp" timestamp(6) with time zone NOT NULL,
	"balance" numeric NOT NULL,
	"realized_pnl" numeric NOT NULL,
	"unrealized_pnl" numeric,
	"commissions" numeric NOT NULL,
	"fees" numeric NOT NULL,
	"highest_eod_balance" numeric,
	"is_eod" boolean NOT NULL,
	"snapshot_type" text NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "account_snapshots_type" CHECK ("account_snapshots"."snapshot_type" in ('intraday', 'eod', 'manual'))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"account_name" text NOT NULL,
	"account_type" text NOT NULL,
	"starting_balance" numeric NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "accounts_account_id" UNIQUE("account_id")
);
--> statement-breakpoint
CREATE TABLE "compliance_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"event_type" text NOT NULL,
	"severity" text NOT NULL,
	"current_balance" numeric,
	"daily_pnl" numeric,
	"trailing_loss" numeric,
	"dll_limit" numeric,
	"mll_limit" numeric,
	"dll_remaining" numeric,
	"mll_remaining" numeric,
	"message" text,
	"timestamp" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "compliance_events_severity" CHECK ("compliance_events"."severity" in ('info', 'warning', 'violation'))
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"contract_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"exchange" text NOT NULL,
	"name" text NOT NULL,
	"tick_size" numeric NOT NULL,
	"tick_value" numeric NOT NULL,
	"point_value" numeric NOT NULL,
	CONSTRAINT "contracts_positive" CHECK ("contracts"."tick_size" > 0 and "contracts"."point_value" > 0)
);
--> statement-breakpoint
CREATE TABLE "daily_performance" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"trading_day" text COLLATE "C" NOT NULL,
	"gross_pnl" numeric NOT NULL,
	"commissions" numeric NOT NULL,
	"fees" numeric NOT NULL,
	"net_pnl" numeric NOT NULL,
	"fill_count" integer NOT NULL,
	"unknown_cost_fills" integer NOT NULL,
	"volume" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fill_versions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"fill_id" text COLLATE "C" NOT NULL,
	"stand_in" boolean NOT NULL,
	"revision" bigint NOT NULL,
	"kind" text NOT NULL,
	"order_id" text COLLATE "C",
	"contract_id" text COLLATE "C",
	"symbol" text COLLATE "C",
	"root" text COLLATE "C",
	"side" smallint,
	"quantity" integer,
	"price" numeric,
	"commission" numeric,
	"fee" numeric,
	"execution_timestamp" timestamp(6) with time zone,
	"broker_pnl" numeric,
	"reason" text,
	"source" text NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fills" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"fill_id" text COLLATE "C" NOT NULL,
	"fill_key" text COLLATE "C" NOT NULL,
	"order_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"side" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"price" numeric NOT NULL,
	"commission" numeric,
	"fee" numeric,
	"execution_timestamp" timestamp(6) with time zone NOT NULL,
	"revision" bigint NOT NULL,
	"state" smallint NOT NULL,
	"stand_in" boolean NOT NULL,
	"broker_pnl" numeric,
	"source" text NOT NULL,
	"checksum" text COLLATE "C" NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "fills_side" CHECK ("fills"."side" in (0, 1)),
	CONSTRAINT "fills_state" CHECK ("fills"."state" between 0 and 4),
	CONSTRAINT "fills_quantity" CHECK ("fills"."quantity" between 1 and 1000000 and "fills"."quantity" = cast("fills"."quantity" as integer)),
	CONSTRAINT "fills_price" CHECK ("fills"."price" between -9000000 and 9000000),
	CONSTRAINT "fills_commission" CHECK ("fills"."commission" between -9000000000 and 9000000000),
	CONSTRAINT "fills_fee" CHECK ("fills"."fee" between -9000000000 and 9000000000),
	CONSTRAINT "fills_instant" CHECK ("fills"."execution_timestamp" >= '1970-01-01T00:00:00Z')
);
--> statement-breakpoint
CREATE TABLE "matches" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"position_id" text COLLATE "C" NOT NULL,
	"side" text NOT NULL,
	"quantity" integer NOT NULL,
	"entry_fill_id" text COLLATE "C" NOT NULL,
	"entry_fill_key" text COLLATE "C" NOT NULL,
	"entry_order_id" text COLLATE "C" NOT NULL,
	"entry_price" numeric NOT NULL,
	"entry_timestamp" timestamp(6) with time zone NOT NULL,
	"entry_offset" integer NOT NULL,
	"exit_fill_id" text COLLATE "C" NOT NULL,
	"exit_fill_key" text COLLATE "C" NOT NULL,
	"exit_order_id" text COLLATE "C" NOT NULL,
	"exit_price" numeric NOT NULL,
	"exit_timestamp" timestamp(6) with time zone NOT NULL,
	"exit_offset" integer NOT NULL,
	"low_price" numeric NOT NULL,
	"high_price" numeric NOT NULL,
	"gross_pnl" numeric NOT NULL,
	"commissions" numeric,
	"fees" numeric,
	"costs_known" boolean NOT NULL,
	CONSTRAINT "matches_quantity" CHECK ("matches"."quantity" between 1 and 1000000),
	CONSTRAINT "matches_gross" CHECK ("matches"."gross_pnl" between -9000000000 and 9000000000)
);
--> statement-breakpoint
CREATE TABLE "open_lots" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"fill_id" text COLLATE "C" NOT NULL,
	"fill_key" text COLLATE "C" NOT NULL,
	"order_id" text COLLATE "C" NOT NULL,
	"side" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"consumed" integer NOT NULL,
	"price" numeric NOT NULL,
	"low_price" numeric NOT NULL,
	"high_price" numeric NOT NULL,
	"commission" numeric,
	"fee" numeric,
	"execution_timestamp" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "open_lots_left" CHECK ("open_lots"."consumed" >= 0 and "open_lots"."consumed" < "open_lots"."quantity")
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"order_id" text COLLATE "C" NOT NULL,
	"event_key" text COLLATE "C" NOT NULL,
	"changes" text NOT NULL,
	"refused" text,
	"source" text NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_intents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"custom_tag" text NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"side" smallint NOT NULL,
	"order_type" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"limit_price" numeric,
	"stop_price" numeric,
	"trail_amount" numeric,
	"state" text NOT NULL,
	"order_id" text COLLATE "C",
	"reason" text,
	"created_at" timestamp(6) with time zone NOT NULL,
	"settled_at" timestamp(6) with time zone,
	CONSTRAINT "order_intents_quantity" CHECK ("order_intents"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"order_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"side" smallint NOT NULL,
	"order_type" smallint,
	"quantity" integer,
	"limit_price" numeric,
	"stop_price" numeric,
	"trail_amount" numeric,
	"status" smallint,
	"filled_quantity" integer NOT NULL,
	"remaining_quantity" integer,
	"average_fill_price" numeric,
	"parent_order_id" text COLLATE "C",
	"linked_order_id" text COLLATE "C",
	"stop_loss_order_id" text COLLATE "C",
	"take_profit_order_id" text COLLATE "C",
	"created_at" timestamp(6) with time zone NOT NULL,
	"submitted_at" timestamp(6) with time zone,
	"filled_at" timestamp(6) with time zone,
	"cancelled_at" timestamp(6) with time zone,
	"custom_tag" text,
	"strategy" text,
	"rejection_reason" text,
	"notes" text,
	"booked_quantity" integer NOT NULL,
	"broker_filled_quantity" integer NOT NULL,
	"broker_average_price" numeric,
	"broker_filled_at" timestamp(6) with time zone,
	"stand_in_quantity" integer,
	"as_of" bigint,
	"older_fields" text,
	"checksum" text COLLATE "C" NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "orders_order_id" UNIQUE("account_id","order_id"),
	CONSTRAINT "orders_side" CHECK ("orders"."side" in (0, 1)),
	CONSTRAINT "orders_type" CHECK ("orders"."order_type" between 0 and 6),
	CONSTRAINT "orders_status" CHECK ("orders"."status" between 0 and 5),
	CONSTRAINT "orders_quantity" CHECK ("orders"."quantity" between 1 and 1000000 and "orders"."quantity" = cast("orders"."quantity" as integer)),
	CONSTRAINT "orders_filled" CHECK ("orders"."filled_quantity" between 0 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"type" text NOT NULL,
	"payload" text NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox_cursors" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"consumer" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "positions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"position_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"side" text NOT NULL,
	"quantity" integer NOT NULL,
	"entry_price" numeric NOT NULL,
	"current_price" numeric,
	"unrealized_pnl" numeric,
	"status" text NOT NULL,
	"opened_at" timestamp(6) with time zone NOT NULL,
	"open_fill_key" text COLLATE "C" NOT NULL,
	"open_fill_offset" integer NOT NULL,
	"last_fill_at" timestamp(6) with time zone NOT NULL,
	"last_fill_key" text COLLATE "C" NOT NULL,
	"closed_at" timestamp(6) with time zone,
	"entry_order_id" text COLLATE "C" NOT NULL,
	"exit_order_id" text COLLATE "C",
	"stop_loss_order_id" text COLLATE "C",
	"take_profit_order_id" text COLLATE "C",
	"closed_quantity" integer NOT NULL,
	"exit_price" numeric,
	"gross_pnl" numeric NOT NULL,
	"commissions" numeric NOT NULL,
	"fees" numeric NOT NULL,
	"net_pnl" numeric NOT NULL,
	"match_count" integer NOT NULL,
	"commission_matches" integer NOT NULL,
	"fee_matches" integer NOT NULL,
	"costs_known_matches" integer NOT NULL,
	"mae" numeric,
	"mfe" numeric,
	"strategy" text,
	"broker_position_id" text COLLATE "C",
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "positions_quantity" CHECK ("positions"."quantity" >= 0),
	CONSTRAINT "positions_side" CHECK ("positions"."side" in ('LONG', 'SHORT')),
	CONSTRAINT "positions_status" CHECK ("positions"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "products" (
	"root" text COLLATE "C" PRIMARY KEY NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"exchange" text NOT NULL,
	"name" text NOT NULL,
	"tick_size" numeric NOT NULL,
	"point_value" numeric NOT NULL,
	"dated" boolean NOT NULL,
	CONSTRAINT "products_positive" CHECK ("products"."tick_size" > 0 and "products"."point_value" > 0)
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"quarantine_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C",
	"reason" text NOT NULL,
	"message" text NOT NULL,
	"source" text NOT NULL,
	"kind" text,
	"payload" text NOT NULL,
	"payload_length" integer NOT NULL,
	"count" integer NOT NULL,
	"first_seen_at" timestamp(6) with time zone NOT NULL,
	"last_seen_at" timestamp(6) with time zone NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trades" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"trade_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"position_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"side" text NOT NULL,
	"quantity" integer NOT NULL,
	"entry_order_id" text COLLATE "C" NOT NULL,
	"entry_price" numeric NOT NULL,
	"entry_timestamp" timestamp(6) with time zone NOT NULL,
	"entry_fill_key" text COLLATE "C" NOT NULL,
	"exit_order_id" text COLLATE "C" NOT NULL,
	"exit_price" numeric NOT NULL,
	"exit_timestamp" timestamp(6) with time zone NOT NULL,
	"exit_fill_key" text COLLATE "C" NOT NULL,
	"gross_pnl" numeric NOT NULL,
	"commissions" numeric,
	"fees" numeric,
	"net_pnl" numeric NOT NULL,
	"costs_known" boolean NOT NULL,
	"mae" numeric NOT NULL,
	"mfe" numeric NOT NULL,
	"duration_seconds" integer NOT NULL,
	"point_value" numeric NOT NULL,
	"strategy" text,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "trades_quantity" CHECK ("trades"."quantity" between 1 and 1000000000),
	CONSTRAINT "trades_gross" CHECK ("trades"."gross_pnl" between -9000000000 and 9000000000),
	CONSTRAINT "trades_net" CHECK ("trades"."net_pnl" between -9000000000 and 9000000000),
	CONSTRAINT "trades_side" CHECK ("trades"."side" in ('LONG', 'SHORT'))
);
--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD CONSTRAINT "account_snapshots_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD CONSTRAINT "compliance_events_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fill_versions" ADD CONSTRAINT "fill_versions_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fills" ADD CONSTRAINT "fills_account_id_order_id_orders_account_id_order_id_fk" FOREIGN KEY ("account_id","order_id") REFERENCES "public"."orders"("account_id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fills" ADD CONSTRAINT "fills_contract_id_contracts_contract_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("contract_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_contract_id_contracts_contract_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("contract_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trades" ADD CONSTRAINT "trades_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_snapshots_moment" ON "account_snapshots" USING btree ("account_id","timestamp","snapshot_type");--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("account_name");--> statement-breakpoint
CREATE INDEX "compliance_events_time" ON "compliance_events" USING btree ("account_id","timestamp");--> statement-breakpoint
CREATE UNIQUE INDEX "daily_performance_day" ON "daily_performance" USING btree ("account_id","trading_day");--> statement-breakpoint
CREATE INDEX "fill_versions_fill" ON "fill_versions" USING btree ("account_id","fill_id","stand_in");--> statement-breakpoint
CREATE UNIQUE INDEX "fills_fill_id" ON "fills" USING btree ("account_id","fill_id","stand_in");--> statement-breakpoint
CREATE INDEX "fills_executed" ON "fills" USING btree ("account_id","execution_timestamp","fill_key");--> statement-breakpoint
CREATE INDEX "fills_booked" ON "fills" USING btree ("account_id","contract_id","execution_timestamp","fill_key") WHERE state = 0;--> statement-breakpoint
CREATE INDEX "fills_order" ON "fills" USING btree ("account_id","order_id","execution_timestamp","fill_key");--> statement-breakpoint
CREATE INDEX "fills_unmatched" ON "fills" USING btree ("account_id","execution_timestamp","fill_key") WHERE state = 4;--> statement-breakpoint
CREATE UNIQUE INDEX "matches_exit" ON "matches" USING btree ("account_id","exit_timestamp","exit_fill_key","entry_timestamp","entry_fill_key");--> statement-breakpoint
CREATE INDEX "matches_trade" ON "matches" USING btree ("account_id","position_id","entry_order_id","exit_order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "open_lots_fill" ON "open_lots" USING btree ("account_id","contract_id","fill_key");--> statement-breakpoint
CREATE UNIQUE INDEX "order_events_key" ON "order_events" USING btree ("account_id","order_id","event_key");--> statement-breakpoint
CREATE UNIQUE INDEX "order_intents_tag" ON "order_intents" USING btree ("account_id","custom_tag");--> statement-breakpoint
CREATE INDEX "order_intents_open" ON "order_intents" USING btree ("account_id","custom_tag") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("account_id","created_at","order_id");--> statement-breakpoint
CREATE INDEX "orders_working" ON "orders" USING btree ("account_id","created_at","order_id") WHERE status in (0, 1);--> statement-breakpoint
CREATE INDEX "orders_missing_fills" ON "orders" USING btree ("account_id","created_at","order_id") WHERE broker_filled_quantity > booked_quantity;--> statement-breakpoint
CREATE INDEX "orders_parent" ON "orders" USING btree ("account_id","parent_order_id") WHERE parent_order_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_sequence" ON "outbox" USING btree ("account_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_cursors_consumer" ON "outbox_cursors" USING btree ("consumer","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "positions_position_id" ON "positions" USING btree ("account_id","position_id");--> statement-breakpoint
CREATE INDEX "positions_opened" ON "positions" USING btree ("account_id","contract_id","opened_at","open_fill_key");--> statement-breakpoint
CREATE INDEX "positions_open" ON "positions" USING btree ("account_id","opened_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "positions_closed" ON "positions" USING btree ("account_id","closed_at","last_fill_key","opened_at","open_fill_key") WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX "positions_entry_order" ON "positions" USING btree ("account_id","entry_order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_id" ON "quarantine" USING btree ("quarantine_id");--> statement-breakpoint
CREATE INDEX "quarantine_waiting" ON "quarantine" USING btree ("first_seen_at","id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "quarantine_seen" ON "quarantine" USING btree ("first_seen_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "trades_trade_id" ON "trades" USING btree ("account_id","trade_id");--> statement-breakpoint
CREATE INDEX "trades_exit" ON "trades" USING btree ("account_id","exit_timestamp","exit_fill_key","entry_timestamp","entry_fill_key");--> statement-breakpoint
CREATE INDEX "trades_position" ON "trades" USING btree ("account_id","position_id");--> statement-breakpoint
CREATE INDEX "trades_entry_order" ON "trades" USING btree ("account_id","entry_order_id");