ALTER TABLE `account_adoptions` ADD `start_of_day_balance` numeric;--> statement-breakpoint
ALTER TABLE `account_adoptions` ADD `intraday_peak` numeric;--> statement-breakpoint
ALTER TABLE `account_adoptions` ADD `best_day` numeric;--> statement-breakpoint
ALTER TABLE `account_adoptions` ADD `trading_days` integer;--> statement-breakpoint
ALTER TABLE `account_adoptions` ADD `winning_days` integer;--> statement-breakpoint
ALTER TABLE `account_snapshots` ADD `broker_can_trade` integer;--> statement-breakpoint
CREATE INDEX `account_snapshots_word` ON `account_snapshots` (`account_id`,`timestamp`) WHERE broker_can_trade is not null;