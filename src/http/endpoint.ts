import type { z } from "zod";
import type { ServedBooks } from "./served-books.js";

/** What is asked, checked. */
export interface Asked<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly books: ServedBooks;
  readonly path: z.output<P>;
  readonly query: z.output<Q>;
}

export interface Answer {
  /** Becomes JSON. */
  readonly body: unknown;
  /** The cursor of the next page, when there is one. */
  readonly next?: string | null;
}

/** One place to ask for data: what it takes, what it gives, and how it is found out. */
export interface Endpoint<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
> {
  /** Below /api, named parts in braces: /accounts/{account}. */
  readonly route: string;
  readonly tag: string;
  readonly summary: string;
  readonly path: P;
  readonly query: Q;
  readonly response: z.ZodType;
  answer(asked: Asked<P, Q>): Promise<Answer>;
}

/** Lets the checked types of path and query reach `answer`. */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject>(
  definition: Endpoint<P, Q>,
): Endpoint {
  // `answer` is only ever given what its own schemas have read.
  return definition as unknown as Endpoint;
}
