CREATE TABLE `annotations` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`target` text NOT NULL,
	`target_id` text NOT NULL,
	`note` text,
	`tags` text NOT NULL,
	`planned_risk` numeric,
	`checksum` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "annotations_target" CHECK("annotations"."target" in ('order', 'fill')),
	CONSTRAINT "annotations_risk" CHECK("annotations"."planned_risk" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `annotations_target` ON `annotations` (`account_id`,`target`,`target_id`);--> statement-breakpoint
CREATE TABLE `result_sums` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`level` integer NOT NULL,
	`family` integer NOT NULL,
	`span` integer NOT NULL,
	`period` text NOT NULL,
	`bucket` text NOT NULL,
	`count` integer NOT NULL,
	`wins` integer NOT NULL,
	`losses` integer NOT NULL,
	`quantity` integer NOT NULL,
	`gross_micros` integer NOT NULL,
	`commission_micros` integer NOT NULL,
	`fee_micros` integer NOT NULL,
	`won_micros` integer NOT NULL,
	`unknown_costs` integer NOT NULL,
	`seconds` integer NOT NULL,
	`win_seconds` integer NOT NULL,
	`loss_seconds` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `result_sums_key` ON `result_sums` (`account_id`,`level`,`family`,`span`,`period`,`bucket`);--> statement-breakpoint
CREATE INDEX `orders_stop_loss` ON `orders` (`account_id`,`stop_loss_order_id`) WHERE stop_loss_order_id is not null;