DROP INDEX "orders_parent";--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "planned_risk" numeric;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "planned_risk" numeric;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "planned_risk" numeric;--> statement-breakpoint
CREATE INDEX "orders_parent" ON "orders" USING btree ("account_id","parent_order_id","created_at","order_id") WHERE parent_order_id is not null;