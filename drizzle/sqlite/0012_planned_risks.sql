ALTER TABLE `matches` ADD `planned_risk` numeric;--> statement-breakpoint
ALTER TABLE `positions` ADD `planned_risk` numeric;--> statement-breakpoint
ALTER TABLE `trades` ADD `planned_risk` numeric;