CREATE TABLE `account_adoptions` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`revision` integer NOT NULL,
	`timestamp` integer NOT NULL,
	`balance` numeric NOT NULL,
	`highest_eod_balance` numeric,
	`payout_count` integer,
	`payout_total` numeric,
	`open_lots` text NOT NULL,
	`reason` text,
	`source` text NOT NULL,
	`checksum` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_adoptions_revision` ON `account_adoptions` (`account_id`,`revision`);--> statement-breakpoint
CREATE TABLE `cash_movements` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`movement_id` text NOT NULL,
	`movement_type` text NOT NULL,
	`amount` numeric NOT NULL,
	`timestamp` integer NOT NULL,
	`reason` text,
	`source` text NOT NULL,
	`voided_at` integer,
	`void_reason` text,
	`checksum` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cash_movements_type" CHECK("cash_movements"."movement_type" in ('payout', 'deposit', 'reset', 'adjustment')),
	CONSTRAINT "cash_movements_amount" CHECK("cash_movements"."movement_type" in ('reset', 'adjustment') or "cash_movements"."amount" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cash_movements_movement_id` ON `cash_movements` (`account_id`,`movement_id`);--> statement-breakpoint
CREATE INDEX `cash_movements_time` ON `cash_movements` (`account_id`,`timestamp`,`movement_id`);--> statement-breakpoint
CREATE INDEX `cash_movements_reset` ON `cash_movements` (`account_id`,`timestamp`,`movement_id`) WHERE movement_type = 'reset' and voided_at is null;--> statement-breakpoint
CREATE TABLE `day_closings` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`trading_day` text NOT NULL,
	`closed_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `day_closings_day` ON `day_closings` (`account_id`,`trading_day`);--> statement-breakpoint
CREATE TABLE `position_snapshots` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`timestamp` integer NOT NULL,
	`position_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`symbol` text NOT NULL,
	`root` text NOT NULL,
	`side` text NOT NULL,
	`quantity` integer NOT NULL,
	`entry_price` numeric NOT NULL,
	`unrealized_pnl` numeric,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "position_snapshots_side" CHECK("position_snapshots"."side" in ('LONG', 'SHORT')),
	CONSTRAINT "position_snapshots_quantity" CHECK("position_snapshots"."quantity" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `position_snapshots_moment` ON `position_snapshots` (`account_id`,`timestamp`,`position_id`);--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `epoch` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `epoch_started_at` integer;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `cash` numeric DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `broker_balance` numeric;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `drift` numeric;--> statement-breakpoint
CREATE INDEX `account_snapshots_eod` ON `account_snapshots` (`account_id`,`timestamp`) WHERE snapshot_type = 'eod';--> statement-breakpoint
CREATE INDEX `account_snapshots_report` ON `account_snapshots` (`account_id`,`timestamp`) WHERE broker_balance is not null;