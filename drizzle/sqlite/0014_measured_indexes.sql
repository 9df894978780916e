DROP INDEX `positions_closed`;--> statement-breakpoint
CREATE INDEX `positions_closed` ON `positions` (`account_id`,`closed_at`,`last_fill_key`,`opened_at`,`open_fill_key`,`net_pnl`,`planned_risk`,`gross_pnl`,`mae`,`mfe`) WHERE status = 'closed';--> statement-breakpoint
DROP INDEX `trades_exit`;--> statement-breakpoint
CREATE INDEX `trades_exit` ON `trades` (`account_id`,`exit_timestamp`,`exit_fill_key`,`entry_timestamp`,`entry_fill_key`,`net_pnl`,`duration_seconds`,`planned_risk`,`gross_pnl`,`mae`,`mfe`);