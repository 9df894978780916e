CREATE TABLE `marks` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`at` integer NOT NULL,
	`price` numeric NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `marks_contract` ON `marks` (`account_id`,`contract_id`,`at`,`price`);--> statement-breakpoint
CREATE INDEX `marks_at` ON `marks` (`account_id`,`at`,`contract_id`,`price`);--> statement-breakpoint
CREATE TABLE `position_explanations` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`as_of` integer NOT NULL,
	`missing` integer NOT NULL,
	`price` numeric NOT NULL,
	`opened_at` integer NOT NULL,
	`fill_id` text NOT NULL,
	`explained_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `position_explanations_moment` ON `position_explanations` (`account_id`,`contract_id`,`as_of`);--> statement-breakpoint
CREATE INDEX `position_explanations_missing` ON `position_explanations` (`account_id`,`contract_id`) WHERE explained_at is null;--> statement-breakpoint
CREATE TABLE `reconciliations` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`difference_id` text NOT NULL,
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`ours` text,
	`theirs` text,
	`healed` integer NOT NULL,
	`remedy` text,
	`count` integer NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`healed_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliations_difference` ON `reconciliations` (`account_id`,`difference_id`);--> statement-breakpoint
CREATE INDEX `reconciliations_seen` ON `reconciliations` (`account_id`,`last_seen_at`,`difference_id`);--> statement-breakpoint
CREATE INDEX `reconciliations_open` ON `reconciliations` (`account_id`,`last_seen_at`,`difference_id`) WHERE healed_at is null;--> statement-breakpoint
CREATE TABLE `sync_cursors` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`through` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_cursors_account` ON `sync_cursors` (`account_id`);--> statement-breakpoint
CREATE TABLE `sync_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`run_id` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`from_at` integer,
	`through_at` integer,
	`gap_from` integer,
	`gap_to` integer,
	`new_orders` integer NOT NULL,
	`changed_orders` integer NOT NULL,
	`new_fills` integer NOT NULL,
	`changed_fills` integer NOT NULL,
	`differences` integer NOT NULL,
	`message` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_runs_run` ON `sync_runs` (`account_id`,`run_id`);--> statement-breakpoint
CREATE INDEX `sync_runs_started` ON `sync_runs` (`account_id`,`started_at`,`run_id`);--> statement-breakpoint
ALTER TABLE `contracts` ADD `last_trading_day` text;--> statement-breakpoint
ALTER TABLE `fills` ADD `origin` text DEFAULT 'broker' NOT NULL;--> statement-breakpoint
ALTER TABLE `positions` ADD `marked_at` integer;--> statement-breakpoint
ALTER TABLE `positions` ADD `last_mark_at` integer;--> statement-breakpoint
CREATE INDEX `order_intents_created` ON `order_intents` (`account_id`,`created_at`,`custom_tag`);--> statement-breakpoint
CREATE INDEX `orders_tag` ON `orders` (`account_id`,`custom_tag`,`created_at`,`order_id`) WHERE custom_tag is not null;