CREATE TABLE `account_fees` (
	`account_id` text PRIMARY KEY NOT NULL,
	`broker` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `fee_schedule` (
	`fee_key` text PRIMARY KEY NOT NULL,
	`broker` text NOT NULL,
	`account_type` text,
	`account_id` text,
	`root` text NOT NULL,
	`valid_from` text NOT NULL,
	`commission_per_side` numeric,
	`fee_per_side` numeric,
	`source` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "fee_schedule_commission" CHECK("fee_schedule"."commission_per_side" between -1000 and 1000),
	CONSTRAINT "fee_schedule_fee" CHECK("fee_schedule"."fee_per_side" between -1000 and 1000)
);
--> statement-breakpoint
CREATE INDEX `fee_schedule_broker` ON `fee_schedule` (`broker`,`root`,`valid_from`,`fee_key`);--> statement-breakpoint
ALTER TABLE `fills` ADD `modelled_commission` numeric;--> statement-breakpoint
ALTER TABLE `fills` ADD `modelled_fee` numeric;--> statement-breakpoint
ALTER TABLE `matches` ADD `costs_modelled` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `open_lots` ADD `costs_modelled` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `positions` ADD `modelled_matches` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `trades` ADD `costs_modelled` integer DEFAULT false NOT NULL;