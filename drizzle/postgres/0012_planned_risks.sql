ALTER TABLE "matches" ADD COLUMN "planned_risk" numeric;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "planned_risk" numeric;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "planned_risk" numeric;