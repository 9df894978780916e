CREATE TABLE `account_rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`valid_from` text NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `account_rules_valid` ON `account_rules` (`account_id`,`valid_from`,`id`);--> statement-breakpoint
CREATE TABLE `compliance_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`trading_day` text NOT NULL,
	`start_of_day_balance` numeric NOT NULL,
	`balance` numeric NOT NULL,
	`highest_eod_balance` numeric NOT NULL,
	`floor` numeric,
	`opening` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `compliance_state_day` ON `compliance_state` (`account_id`,`trading_day`);--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `event_key` text;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `rule` text;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `trading_day` text;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `threshold` integer;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `equity` numeric;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `start_of_day_balance` numeric;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `highest_eod_balance` numeric;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `floor` numeric;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `locked_until` integer;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `refers_to` text;--> statement-breakpoint
ALTER TABLE `compliance_events` ADD `recorded_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `compliance_events_key` ON `compliance_events` (`account_id`,`event_key`);--> statement-breakpoint
CREATE INDEX `compliance_events_day` ON `compliance_events` (`account_id`,`trading_day`);--> statement-breakpoint
CREATE INDEX `compliance_events_locks` ON `compliance_events` (`account_id`,`locked_until`) WHERE locked_until is not null;--> statement-breakpoint
CREATE INDEX `compliance_events_refers` ON `compliance_events` (`account_id`,`refers_to`) WHERE refers_to is not null;