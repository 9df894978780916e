DROP INDEX `orders_parent`;--> statement-breakpoint
CREATE INDEX `orders_parent` ON `orders` (`account_id`,`parent_order_id`,`created_at`,`order_id`) WHERE parent_order_id is not null;--> statement-breakpoint
ALTER TABLE `matches` ADD `planned_risk` numeric;--> statement-breakpoint
ALTER TABLE `positions` ADD `planned_risk` numeric;--> statement-breakpoint
ALTER TABLE `trades` ADD `planned_risk` numeric;