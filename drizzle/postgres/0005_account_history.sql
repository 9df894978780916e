CREATE TABLE "account_adoptions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"timestamp" timestamp(6) with time zone NOT NULL,
	"balance" numeric NOT NULL,
	"highest_eod_balance" numeric,
	"payout_count" integer,
	"payout_total" numeric,
	"open_lots" text NOT NULL,
	"reason" text,
	"source" text NOT NULL,
	"checksum" text COLLATE "C" NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cash_movements" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"movement_id" text COLLATE "C" NOT NULL,
	"movement_type" text NOT NULL,
	"amount" numeric NOT NULL,
	"timestamp" timestamp(6) with time zone NOT NULL,
	"reason" text,
	"source" text NOT NULL,
	"voided_at" timestamp(6) with time zone,
	"void_reason" text,
	"checksum" text COLLATE "C" NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "cash_movements_type" CHECK ("cash_movements"."movement_type" in ('payout', 'deposit', 'reset', 'adjustment')),
	CONSTRAINT "cash_movements_amount" CHECK ("cash_movements"."movement_type" in ('reset', 'adjustment') or "cash_movements"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "day_closings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"trading_day" text COLLATE "C" NOT NULL,
	"closed_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "position_snapshots" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"timestamp" timestamp(6) with time zone NOT NULL,
	"position_id" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"symbol" text COLLATE "C" NOT NULL,
	"root" text COLLATE "C" NOT NULL,
	"side" text NOT NULL,
	"quantity" integer NOT NULL,
	"entry_price" numeric NOT NULL,
	"unrealized_pnl" numeric,
	CONSTRAINT "position_snapshots_side" CHECK ("position_snapshots"."side" in ('LONG', 'SHORT')),
	CONSTRAINT "position_snapshots_quantity" CHECK ("position_snapshots"."quantity" > 0)
);
--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "epoch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "epoch_started_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "cash" numeric DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "closed_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "broker_balance" numeric;--> statement-breakpoint
ALTER TABLE "account_snapshots" ADD COLUMN "drift" numeric;--> statement-breakpoint
ALTER TABLE "account_adoptions" ADD CONSTRAINT "account_adoptions_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_closings" ADD CONSTRAINT "day_closings_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "position_snapshots" ADD CONSTRAINT "position_snapshots_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_adoptions_revision" ON "account_adoptions" USING btree ("account_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "cash_movements_movement_id" ON "cash_movements" USING btree ("account_id","movement_id");--> statement-breakpoint
CREATE INDEX "cash_movements_time" ON "cash_movements" USING btree ("account_id","timestamp","movement_id");--> statement-breakpoint
CREATE INDEX "cash_movements_reset" ON "cash_movements" USING btree ("account_id","timestamp","movement_id") WHERE movement_type = 'reset' and voided_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "day_closings_day" ON "day_closings" USING btree ("account_id","trading_day");--> statement-breakpoint
CREATE UNIQUE INDEX "position_snapshots_moment" ON "position_snapshots" USING btree ("account_id","timestamp","position_id");--> statement-breakpoint
CREATE INDEX "account_snapshots_eod" ON "account_snapshots" USING btree ("account_id","timestamp") WHERE snapshot_type = 'eod';--> statement-breakpoint
CREATE INDEX "account_snapshots_report" ON "account_snapshots" USING btree ("account_id","timestamp") WHERE broker_balance is not null;