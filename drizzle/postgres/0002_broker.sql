CREATE TABLE "marks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	"price" numeric NOT NULL
);
--> statement-breakpoint
CREATE TABLE "position_explanations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"contract_id" text COLLATE "C" NOT NULL,
	"as_of" timestamp(6) with time zone NOT NULL,
	"missing" bigint NOT NULL,
	"price" numeric NOT NULL,
	"opened_at" timestamp(6) with time zone NOT NULL,
	"fill_id" text COLLATE "C" NOT NULL,
	"explained_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"difference_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"ours" text,
	"theirs" text,
	"healed" boolean NOT NULL,
	"remedy" text,
	"count" integer NOT NULL,
	"first_seen_at" timestamp(6) with time zone NOT NULL,
	"last_seen_at" timestamp(6) with time zone NOT NULL,
	"healed_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "sync_cursors" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"through" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp(6) with time zone NOT NULL,
	"ended_at" timestamp(6) with time zone,
	"from_at" timestamp(6) with time zone,
	"through_at" timestamp(6) with time zone,
	"gap_from" timestamp(6) with time zone,
	"gap_to" timestamp(6) with time zone,
	"new_orders" integer NOT NULL,
	"changed_orders" integer NOT NULL,
	"new_fills" integer NOT NULL,
	"changed_fills" integer NOT NULL,
	"differences" integer NOT NULL,
	"message" text
);
--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "last_trading_day" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "origin" text DEFAULT 'broker' NOT NULL;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "marked_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "last_mark_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "position_explanations" ADD CONSTRAINT "position_explanations_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "marks_contract" ON "marks" USING btree ("account_id","contract_id","at","price");--> statement-breakpoint
CREATE INDEX "marks_at" ON "marks" USING btree ("account_id","at","contract_id","price");--> statement-breakpoint
CREATE UNIQUE INDEX "position_explanations_moment" ON "position_explanations" USING btree ("account_id","contract_id","as_of");--> statement-breakpoint
CREATE INDEX "position_explanations_missing" ON "position_explanations" USING btree ("account_id","contract_id") WHERE explained_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_difference" ON "reconciliations" USING btree ("account_id","difference_id");--> statement-breakpoint
CREATE INDEX "reconciliations_seen" ON "reconciliations" USING btree ("account_id","last_seen_at","difference_id");--> statement-breakpoint
CREATE INDEX "reconciliations_open" ON "reconciliations" USING btree ("account_id","last_seen_at","difference_id") WHERE healed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "sync_cursors_account" ON "sync_cursors" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_run" ON "sync_runs" USING btree ("account_id","run_id");--> statement-breakpoint
CREATE INDEX "sync_runs_started" ON "sync_runs" USING btree ("account_id","started_at","run_id");--> statement-breakpoint
CREATE INDEX "order_intents_created" ON "order_intents" USING btree ("account_id","created_at","custom_tag");--> statement-breakpoint
CREATE INDEX "orders_tag" ON "orders" USING btree ("account_id","custom_tag","created_at","order_id") WHERE custom_tag is not null;