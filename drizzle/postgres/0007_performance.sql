CREATE TABLE "annotations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"target" text NOT NULL,
	"target_id" text COLLATE "C" NOT NULL,
	"note" text,
	"tags" text NOT NULL,
	"planned_risk" numeric,
	"checksum" text COLLATE "C" NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "annotations_target" CHECK ("annotations"."target" in ('order', 'fill')),
	CONSTRAINT "annotations_risk" CHECK ("annotations"."planned_risk" > 0)
);
--> statement-breakpoint
CREATE TABLE "result_sums" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"level" smallint NOT NULL,
	"family" smallint NOT NULL,
	"span" smallint NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"bucket" text NOT NULL,
	"count" integer NOT NULL,
	"wins" integer NOT NULL,
	"losses" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"gross_micros" bigint NOT NULL,
	"commission_micros" bigint NOT NULL,
	"fee_micros" bigint NOT NULL,
	"won_micros" bigint NOT NULL,
	"unknown_costs" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"win_seconds" bigint NOT NULL,
	"loss_seconds" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "annotations_target" ON "annotations" USING btree ("account_id","target","target_id");--> statement-breakpoint
CREATE UNIQUE INDEX "result_sums_key" ON "result_sums" USING btree ("account_id","level","family","span","period","bucket");--> statement-breakpoint
CREATE INDEX "orders_stop_loss" ON "orders" USING btree ("account_id","stop_loss_order_id") WHERE stop_loss_order_id is not null;