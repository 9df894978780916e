CREATE TABLE "account_fees" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"broker" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fee_schedule" (
	"fee_key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"broker" text COLLATE "C" NOT NULL,
	"account_type" text,
	"account_id" text COLLATE "C",
	"root" text COLLATE "C" NOT NULL,
	"valid_from" text COLLATE "C" NOT NULL,
	"commission_per_side" numeric,
	"fee_per_side" numeric,
	"source" text NOT NULL,
	CONSTRAINT "fee_schedule_commission" CHECK ("fee_schedule"."commission_per_side" between -1000 and 1000),
	CONSTRAINT "fee_schedule_fee" CHECK ("fee_schedule"."fee_per_side" between -1000 and 1000)
);
--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "modelled_commission" numeric;--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "modelled_fee" numeric;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "costs_modelled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "open_lots" ADD COLUMN "costs_modelled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "modelled_matches" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "costs_modelled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "account_fees" ADD CONSTRAINT "account_fees_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fee_schedule" ADD CONSTRAINT "fee_schedule_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fee_schedule_broker" ON "fee_schedule" USING btree ("broker","root","valid_from","fee_key");