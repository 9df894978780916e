CREATE TABLE "account_rules" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"valid_from" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"document" text NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "compliance_state" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"trading_day" text COLLATE "C" NOT NULL,
	"start_of_day_balance" numeric NOT NULL,
	"balance" numeric NOT NULL,
	"highest_eod_balance" numeric NOT NULL,
	"floor" numeric,
	"opening" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "event_key" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "rule" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "trading_day" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "threshold" integer;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "equity" numeric;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "start_of_day_balance" numeric;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "highest_eod_balance" numeric;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "floor" numeric;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "locked_until" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "refers_to" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "compliance_events" ADD COLUMN "recorded_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "account_rules" ADD CONSTRAINT "account_rules_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compliance_state" ADD CONSTRAINT "compliance_state_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_rules_valid" ON "account_rules" USING btree ("account_id","valid_from","id");--> statement-breakpoint
CREATE UNIQUE INDEX "compliance_state_day" ON "compliance_state" USING btree ("account_id","trading_day");--> statement-breakpoint
CREATE UNIQUE INDEX "compliance_events_key" ON "compliance_events" USING btree ("account_id","event_key");--> statement-breakpoint
CREATE INDEX "compliance_events_day" ON "compliance_events" USING btree ("account_id","trading_day");--> statement-breakpoint
CREATE INDEX "compliance_events_locks" ON "compliance_events" USING btree ("account_id","locked_until") WHERE locked_until is not null;--> statement-breakpoint
CREATE INDEX "compliance_events_refers" ON "compliance_events" USING btree ("account_id","refers_to") WHERE refers_to is not null;