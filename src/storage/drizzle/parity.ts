import type { InferInsertModel, InferSelectModel, Table } from "drizzle-orm";
import type * as postgres from "../postgres/schema.js";
import type * as sqlite from "../sqlite/schema.js";

/** Compile-time proof that both dialects infer identical rows, to select and to insert, for every table. */
type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Rows<M> = {
  [K in keyof M as M[K] extends Table ? K : never]: M[K] extends Table
    ? { select: InferSelectModel<M[K]>; insert: InferInsertModel<M[K]> }
    : never;
};

type Assert<T extends true> = T;

export type SchemasMatch = Assert<Equal<Rows<typeof sqlite>, Rows<typeof postgres>>>;
