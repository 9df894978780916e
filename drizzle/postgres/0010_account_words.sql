ALTER TABLE "account_adoptions" ADD COLUMN "start_of_day_balance" numeric;--> statement-breakpoint
ALTER TABLE "account_adoptions" ADD COLUMN "intraday_peak" numeric;--> statement-breakpoint
ALTER TABLE "account_adoptions" ADD COLUMN "best_day" numeric;--> statement-breakpoint
ALTER TABLE "account_adoptions" ADD COLUMN "trading_days" integer;--> statement-breakpoint
ALTER TABLE "account_adoptions" ADD COLUMN "winning_days" integer;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "broker_can_trade" boolean;--> statement-breakpoint
CREATE INDEX "account_snapshots_word" ON "account_snapshots" USING btree ("account_id","timestamp") WHERE broker_can_trade is not null;