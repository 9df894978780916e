CREATE TABLE `account_snapshots` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`timestamp` integer NOT NULL,
	`balance` numeric NOT NULL,
	`realized_pnl` numeric NOT NULL,
	`unrealized_pnl` numeric,
	`commissions` numeric NOT NULL,
	`fees` numeric NOT NULL,
	`highest_eod_balance` numeric,
	`is_eod` integer NOT NULL,
	`snapshot_type` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_snapshots_type" CHECK("account_snapshots"."snapshot_type" in ('intraday', 'eod', 'manual'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_snapshots_moment` ON `account_snapshots` (`account_id`,`timestamp`,`snapshot_type`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`account_name` text NOT NULL,
	`account_type` text NOT NULL,
	`starting_balance` numeric NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accounts_name` ON `accounts` (`account_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_account_id` ON `accounts` (`account_id`);--> statement-breakpoint
CREATE TABLE `compliance_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`event_type` text NOT NULL,
	`severity` text NOT NULL,
	`current_balance` numeric,
	`daily_pnl` numeric,
	`trailing_loss` numeric,
	`dll_limit` numeric,
	`mll_limit` numeric,
	`dll_remaining` numeric,
	`mll_remaining` numeric,
	`message` text,
	`timestamp` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "compliance_events_severity" CHECK("compliance_events"."severity" in ('info', 'warning', 'violation'))
);
--> statement-breakpoint
CREATE INDEX `compliance_events_time` ON `compliance_events` (`account_id`,`timestamp`);--> statement-breakpoint
CREATE TABLE `contracts` (
	`contract_id` text PRIMARY KEY NOT NULL,
	`symbol` text NOT NULL,
	`root` text NOT NULL,
	`exchange` text NOT NULL,
	`name` text NOT NULL,
	`tick_size` numeric NOT NULL,
	`tick_value` numeric NOT NULL,
	`point_value` numeric NOT NULL,
	CONSTRAINT "contracts_positive" CHECK("contracts"."tick_size" > 0 and "contracts"."point_value" > 0)
);
--> statement-breakpoint
CREATE TABLE `daily_performance` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`trading_day` text NOT NULL,
	`gross_pnl` numeric NOT NULL,
	`commissions` numeric NOT NULL,
	`fees` numeric NOT NULL,
	`net_pnl` numeric NOT NULL,
	`fill_count` integer NOT NULL,
	`unknown_cost_fills` integer NOT NULL,
	`volume` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `daily_performance_day` ON `daily_performance` (`account_id`,`trading_day`);--> statement-breakpoint
CREATE TABLE `fill_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`fill_id` text NOT NULL,
	`stand_in` integer NOT NULL,
	`revision` integer NOT NULL,
	`kind` text NOT NULL,
	`order_id` text,
	`contract_id` text,
	`symbol` text,
	`root` text,
	`side` integer,
	`quantity` integer,
	`price` numeric,
	`commission` numeric,
	`fee` numeric,
	`execution_timestamp` integer,
	`broker_pnl` numeric,
	`reason` text,
	`source` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `fill_versions_fill` ON `fill_versions` (`account_id`,`fill_id`,`stand_in`);--> statement-breakpoint
CREATE TABLE `fills` (
	`id` integer PRIMARY KEY NOT NULL,
	`fill_id` text NOT NULL,
	`fill_key` text NOT NULL,
	`order_id` text NOT NULL,
	`account_id` text NOT NULL,
	`symbol` text NOT NULL,
	`contract_id` text NOT NULL,
	`root` text NOT NULL,
	`side` integer NOT NULL,
	`quantity` integer NOT NULL,
	`price` numeric NOT NULL,
	`commission` numeric,
	`fee` numeric,
	`execution_timestamp` integer NOT NULL,
	`revision` integer NOT NULL,
	`state` integer NOT NULL,
	`stand_in` integer NOT NULL,
	`broker_pnl` numeric,
	`source` text NOT NULL,
	`checksum` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`,`order_id`) REFERENCES `orders`(`account_id`,`order_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contract_id`) REFERENCES `contracts`(`contract_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "fills_side" CHECK("fills"."side" in (0, 1)),
	CONSTRAINT "fills_state" CHECK("fills"."state" between 0 and 4),
	CONSTRAINT "fills_quantity" CHECK("fills"."quantity" between 1 and 1000000 and "fills"."quantity" = cast("fills"."quantity" as integer)),
	CONSTRAINT "fills_price" CHECK("fills"."price" between -9000000 and 9000000),
	CONSTRAINT "fills_commission" CHECK("fills"."commission" between -9000000000 and 9000000000),
	CONSTRAINT "fills_fee" CHECK("fills"."fee" between -9000000000 and 9000000000),
	CONSTRAINT "fills_instant" CHECK(typeof("fills"."execution_timestamp") = 'integer')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fills_fill_id` ON `fills` (`account_id`,`fill_id`,`stand_in`);--> statement-breakpoint
CREATE INDEX `fills_executed` ON `fills` (`account_id`,`execution_timestamp`,`fill_key`);--> statement-breakpoint
CREATE INDEX `fills_booked` ON `fills` (`account_id`,`contract_id`,`execution_timestamp`,`fill_key`) WHERE state = 0;--> statement-breakpoint
CREATE INDEX `fills_order` ON `fills` (`account_id`,`order_id`,`execution_timestamp`,`fill_key`);--> statement-breakpoint
CREATE INDEX `fills_unmatched` ON `fills` (`account_id`,`execution_timestamp`,`fill_key`) WHERE state = 4;--> statement-breakpoint
CREATE TABLE `matches` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`symbol` text NOT NULL,
	`root` text NOT NULL,
	`position_id` text NOT NULL,
	`side` text NOT NULL,
	`quantity` integer NOT NULL,
	`entry_fill_id` text NOT NULL,
	`entry_fill_key` text NOT NULL,
	`entry_order_id` text NOT NULL,
	`entry_price` numeric NOT NULL,
	`entry_timestamp` integer NOT NULL,
	`entry_offset` integer NOT NULL,
	`exit_fill_id` text NOT NULL,
	`exit_fill_key` text NOT NULL,
	`exit_order_id` text NOT NULL,
	`exit_price` numeric NOT NULL,
	`exit_timestamp` integer NOT NULL,
	`exit_offset` integer NOT NULL,
	`low_price` numeric NOT NULL,
	`high_price` numeric NOT NULL,
	`gross_pnl` numeric NOT NULL,
	`commissions` numeric,
	`fees` numeric,
	`costs_known` integer NOT NULL,
	CONSTRAINT "matches_quantity" CHECK("matches"."quantity" between 1 and 1000000),
	CONSTRAINT "matches_gross" CHECK("matches"."gross_pnl" between -9000000000 and 9000000000)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matches_exit` ON `matches` (`account_id`,`exit_timestamp`,`exit_fill_key`,`entry_timestamp`,`entry_fill_key`);--> statement-breakpoint
CREATE INDEX `matches_trade` ON `matches` (`account_id`,`position_id`,`entry_order_id`,`exit_order_id`);--> statement-breakpoint
CREATE TABLE `open_lots` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`fill_id` text NOT NULL,
	`fill_key` text NOT NULL,
	`order_id` text NOT NULL,
	`side` integer NOT NULL,
	`quantity` integer NOT NULL,
	`consumed` integer NOT NULL,
	`price` numeric NOT NULL,
	`low_price` numeric NOT NULL,
	`high_price` numeric NOT NULL,
	`commission` numeric,
	`fee` numeric,
	`execution_timestamp` integer NOT NULL,
	CONSTRAINT "open_lots_left" CHECK("open_lots"."consumed" >= 0 and "open_lots"."consumed" < "open_lots"."quantity")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `open_lots_fill` ON `open_lots` (`account_id`,`contract_id`,`fill_key`);--> statement-breakpoint
CREATE TABLE `order_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`order_id` text NOT NULL,
	`event_key` text NOT NULL,
	`changes` text NOT NULL,
	`refused` text,
	`source` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_events_key` ON `order_events` (`account_id`,`order_id`,`event_key`);--> statement-breakpoint
CREATE TABLE `order_intents` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`custom_tag` text NOT NULL,
	`contract_id` text NOT NULL,
	`side` integer NOT NULL,
	`order_type` integer NOT NULL,
	`quantity` integer NOT NULL,
	`limit_price` numeric,
	`stop_price` numeric,
	`trail_amount` numeric,
	`state` text NOT NULL,
	`order_id` text,
	`reason` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_intents_quantity" CHECK("order_intents"."quantity" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_intents_tag` ON `order_intents` (`account_id`,`custom_tag`);--> statement-breakpoint
CREATE INDEX `order_intents_open` ON `order_intents` (`account_id`,`custom_tag`) WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE TABLE `orders` (
	`id` integer PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`account_id` text NOT NULL,
	`symbol` text NOT NULL,
	`contract_id` text NOT NULL,
	`root` text NOT NULL,
	`side` integer NOT NULL,
	`order_type` integer,
	`quantity` integer,
	`limit_price` numeric,
	`stop_price` numeric,
	`trail_amount` numeric,
	`status` integer,
	`filled_quantity` integer NOT NULL,
	`remaining_quantity` integer,
	`average_fill_price` numeric,
	`parent_order_id` text,
	`linked_order_id` text,
	`stop_loss_order_id` text,
	`take_profit_order_id` text,
	`created_at` integer NOT NULL,
	`submitted_at` integer,
	`filled_at` integer,
	`cancelled_at` integer,
	`custom_tag` text,
	`strategy` text,
	`rejection_reason` text,
	`notes` text,
	`booked_quantity` integer NOT NULL,
	`broker_filled_quantity` integer NOT NULL,
	`broker_average_price` numeric,
	`broker_filled_at` integer,
	`stand_in_quantity` integer,
	`as_of` integer,
	`older_fields` text,
	`checksum` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contract_id`) REFERENCES `contracts`(`contract_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "orders_side" CHECK("orders"."side" in (0, 1)),
	CONSTRAINT "orders_type" CHECK("orders"."order_type" between 0 and 6),
	CONSTRAINT "orders_status" CHECK("orders"."status" between 0 and 5),
	CONSTRAINT "orders_quantity" CHECK("orders"."quantity" between 1 and 1000000 and "orders"."quantity" = cast("orders"."quantity" as integer)),
	CONSTRAINT "orders_filled" CHECK("orders"."filled_quantity" between 0 and 1000000000)
);
--> statement-breakpoint
CREATE INDEX `orders_created` ON `orders` (`account_id`,`created_at`,`order_id`);--> statement-breakpoint
CREATE INDEX `orders_working` ON `orders` (`account_id`,`created_at`,`order_id`) WHERE status in (0, 1);--> statement-breakpoint
CREATE INDEX `orders_missing_fills` ON `orders` (`account_id`,`created_at`,`order_id`) WHERE broker_filled_quantity > booked_quantity;--> statement-breakpoint
CREATE INDEX `orders_parent` ON `orders` (`account_id`,`parent_order_id`) WHERE parent_order_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `orders_order_id` ON `orders` (`account_id`,`order_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_sequence` ON `outbox` (`account_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `outbox_cursors` (
	`id` integer PRIMARY KEY NOT NULL,
	`consumer` text NOT NULL,
	`account_id` text NOT NULL,
	`sequence` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_cursors_consumer` ON `outbox_cursors` (`consumer`,`account_id`);--> statement-breakpoint
CREATE TABLE `positions` (
	`id` integer PRIMARY KEY NOT NULL,
	`position_id` text NOT NULL,
	`account_id` text NOT NULL,
	`symbol` text NOT NULL,
	`contract_id` text NOT NULL,
	`root` text NOT NULL,
	`side` text NOT NULL,
	`quantity` integer NOT NULL,
	`entry_price` numeric NOT NULL,
	`current_price` numeric,
	`unrealized_pnl` numeric,
	`status` text NOT NULL,
	`opened_at` integer NOT NULL,
	`open_fill_key` text NOT NULL,
	`open_fill_offset` integer NOT NULL,
	`last_fill_at` integer NOT NULL,
	`last_fill_key` text NOT NULL,
	`closed_at` integer,
	`entry_order_id` text NOT NULL,
	`exit_order_id` text,
	`stop_loss_order_id` text,
	`take_profit_order_id` text,
	`closed_quantity` integer NOT NULL,
	`exit_price` numeric,
	`gross_pnl` numeric NOT NULL,
	`commissions` numeric NOT NULL,
	`fees` numeric NOT NULL,
	`net_pnl` numeric NOT NULL,
	`match_count` integer NOT NULL,
	`commission_matches` integer NOT NULL,
	`fee_matches` integer NOT NULL,
	`costs_known_matches` integer NOT NULL,
	`mae` numeric,
	`mfe` numeric,
	`strategy` text,
	`broker_position_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "positions_quantity" CHECK("positions"."quantity" >= 0),
	CONSTRAINT "positions_side" CHECK("positions"."side" in ('LONG', 'SHORT')),
	CONSTRAINT "positions_status" CHECK("positions"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `positions_position_id` ON `positions` (`account_id`,`position_id`);--> statement-breakpoint
CREATE INDEX `positions_opened` ON `positions` (`account_id`,`contract_id`,`opened_at`,`open_fill_key`);--> statement-breakpoint
CREATE INDEX `positions_open` ON `positions` (`account_id`,`opened_at`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `positions_closed` ON `positions` (`account_id`,`closed_at`,`last_fill_key`,`opened_at`,`open_fill_key`) WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX `positions_entry_order` ON `positions` (`account_id`,`entry_order_id`);--> statement-breakpoint
CREATE TABLE `products` (
	`root` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`exchange` text NOT NULL,
	`name` text NOT NULL,
	`tick_size` numeric NOT NULL,
	`point_value` numeric NOT NULL,
	`dated` integer NOT NULL,
	CONSTRAINT "products_positive" CHECK("products"."tick_size" > 0 and "products"."point_value" > 0)
);
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`id` integer PRIMARY KEY NOT NULL,
	`quarantine_id` text NOT NULL,
	`account_id` text,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`source` text NOT NULL,
	`kind` text,
	`payload` text NOT NULL,
	`payload_length` integer NOT NULL,
	`count` integer NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`status` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quarantine_id` ON `quarantine` (`quarantine_id`);--> statement-breakpoint
CREATE INDEX `quarantine_waiting` ON `quarantine` (`first_seen_at`,`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `quarantine_seen` ON `quarantine` (`first_seen_at`,`id`);--> statement-breakpoint
CREATE TABLE `trades` (
	`id` integer PRIMARY KEY NOT NULL,
	`trade_id` text NOT NULL,
	`account_id` text NOT NULL,
	`position_id` text NOT NULL,
	`symbol` text NOT NULL,
	`contract_id` text NOT NULL,
	`root` text NOT NULL,
	`side` text NOT NULL,
	`quantity` integer NOT NULL,
	`entry_order_id` text NOT NULL,
	`entry_price` numeric NOT NULL,
	`entry_timestamp` integer NOT NULL,
	`entry_fill_key` text NOT NULL,
	`exit_order_id` text NOT NULL,
	`exit_price` numeric NOT NULL,
	`exit_timestamp` integer NOT NULL,
	`exit_fill_key` text NOT NULL,
	`gross_pnl` numeric NOT NULL,
	`commissions` numeric,
	`fees` numeric,
	`net_pnl` numeric NOT NULL,
	`costs_known` integer NOT NULL,
	`mae` numeric NOT NULL,
	`mfe` numeric NOT NULL,
	`duration_seconds` integer NOT NULL,
	`point_value` numeric NOT NULL,
	`strategy` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "trades_quantity" CHECK("trades"."quantity" between 1 and 1000000000),
	CONSTRAINT "trades_gross" CHECK("trades"."gross_pnl" between -9000000000 and 9000000000),
	CONSTRAINT "trades_net" CHECK("trades"."net_pnl" between -9000000000 and 9000000000),
	CONSTRAINT "trades_side" CHECK("trades"."side" in ('LONG', 'SHORT'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trades_trade_id` ON `trades` (`account_id`,`trade_id`);--> statement-breakpoint
CREATE INDEX `trades_exit` ON `trades` (`account_id`,`exit_timestamp`,`exit_fill_key`,`entry_timestamp`,`entry_fill_key`);--> statement-breakpoint
CREATE INDEX `trades_position` ON `trades` (`account_id`,`position_id`);--> statement-breakpoint
CREATE INDEX `trades_entry_order` ON `trades` (`account_id`,`entry_order_id`);