import { z } from "zod";
import { Problem } from "./problem.js";

/** A name or id in a query: short, and without characters that no name has. */
export const text = () =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, "must be text without control characters");

/** A whole number written with digits. */
export const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .pipe(z.coerce.number<string>().int().min(from).max(to));

export const flag = () => z.stringbool({ truthy: ["true", "1"], falsy: ["false", "0"] });

/** Given once, or several times: alternatives. */
export const severalOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).max(50));

export const instant = () =>
  z
    .string()
    .regex(
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/,
      "must be an ISO-8601 instant with an offset, or a day, which is its midnight UTC",
    )
    .transform((value) => (value.length === 10 ? `${value}T00:00:00Z` : value))
    .pipe(z.string());

export const day = () => z.string().regex(/^\d{4}-\d\d-\d\d$/, "must be a day: YYYY-MM-DD");

export const account = () => text().describe("An account's id, or its exact name.");

/** Reads a query by its schema. @throws Problem 400 naming each parameter that is wrong */
export function readQuery<S extends z.ZodObject>(schema: S, search: URLSearchParams): z.output<S> {
  const given: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    given[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return check(schema, given);
}

/** Reads the named parts of a path by their schema. @throws Problem 400 */
export function readPath<S extends z.ZodObject>(
  schema: S,
  given: Readonly<Record<string, string>>,
): z.output<S> {
  return check(schema, given);
}

function check<S extends z.ZodObject>(schema: S, given: object): z.output<S> {
  const read = schema.strict().safeParse(given);
  // Strict only refuses more; what passes has the schema's own shape.
  if (read.success) return read.data as z.output<S>;
  throw new Problem(400, read.error.issues.map(describeIssue).join("; "));
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `unknown parameter ${issue.keys.map((key) => JSON.stringify(key.slice(0, 50))).join(", ")}`;
  }
  return `${String(issue.path[0] ?? "query")}: ${issue.message}`;
}
