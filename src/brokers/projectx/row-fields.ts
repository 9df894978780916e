import { z } from "zod";
import { show } from "../../domain/ids.js";
import { parseInstant } from "../../domain/instant.js";
import { parseAverage, parseMoney, parsePrice } from "../../domain/money.js";
import { type RefusedRow, refusedRow } from "../refused-row.js";
import { listCodes, ofCode } from "./codes.js";
import { storable } from "./storable.js";

/**
 * The fields of the gateway's rows. What is null in REST is left out on the stream, so both mean
 * unknown. Each error continues a sentence that `refusalOf` begins with the field and ends with the
 * value.
 */

/** Ids come as numbers, at times as text. A number beyond 2^53 has lost digits and is refused. */
export const brokerId = z.union([z.int().positive().transform(String), digits()], {
  error: "must be a positive whole number below 2^53, or its digits as text",
});

/** A link to another order; 0 links to none. */
export const optionalId = z
  .union([brokerId, z.literal(0).transform(() => null)], {
    error: "must be a positive whole number below 2^53, or its digits as text",
  })
  .nullish()
  .transform(orNull);

/** As the longest text that the books take. */
const MOST_CHARACTERS = 4_000;

const text = z
  .string({ error: "must be text" })
  // The length that JavaScript has at hand: zod's own limit counts a huge text to its end.
  .refine((value) => value.length <= MOST_CHARACTERS, {
    error: `must be at most ${MOST_CHARACTERS} characters`,
    abort: true,
  });

export const name = text.min(1, { error: "must not be empty" }).transform(storable);

export const optionalText = text.nullish().transform((value) => (value ? storable(value) : null));

/** ISO-8601 text with an offset and 0 to 7 digits of a second's fraction; passed on as it is. */
export const instantText = z
  .string({ error: "must be an ISO-8601 instant with an offset" })
  .refine(accepts(parseInstant), { error: "must be an ISO-8601 instant with an offset" });

export const optionalInstant = instantText.nullish().transform(orNull);

export const contracts = z
  .int({ error: "must be a whole number of contracts" })
  .positive({ error: "must be a positive number of contracts" });

/** No contracts is as good as no word: what is filled is told by fills. */
export const optionalContracts = z
  .int({ error: "must be a whole number of contracts" })
  .nonnegative({ error: "must not be negative" })
  .nullish()
  .transform((count) => count || null);

export const optionalFlag = z
  .boolean({ error: "must be true or false" })
  .nullish()
  .transform(orNull);

const points = z
  .number({ error: "must be a number" })
  .refine(accepts(parsePrice), { error: "must be a price of at most 9 decimals" });

/** The price of an execution. Zero is what a missing decimal reads as, and never a price. */
export const price = points.refine((value) => value !== 0, { error: "must not be zero" });

/** The broker writes null or 0 where an order has no such price. */
export const optionalPrice = points.nullish().transform((value) => value || null);

/** Over executions: any number of decimals. */
const mean = z
  .number({ error: "must be a number" })
  .refine(accepts(parseAverage), { error: "must be a price" });

export const average = mean.refine((value) => value !== 0, { error: "must not be zero" });

/** An average; 0 is what none reads as. */
export const optionalAverage = mean.nullish().transform((value) => value || null);

/** US dollars; here 0 is a known zero. */
export const optionalMoney = z
  .number({ error: "must be a number" })
  .refine(accepts(parseMoney), { error: "must be dollars of at most 6 decimals" })
  .nullish()
  .transform(orNull);

/** One of the gateway's enums, by code. */
export function code<T>(list: readonly (readonly [string, T])[]) {
  const error = `must be one of the codes ${listCodes(list)}`;
  return z.int({ error }).transform((value, context): T => {
    const ours = ofCode(list, value);
    if (ours !== undefined) return ours;
    context.addIssue({ code: "custom", message: error });
    return z.NEVER;
  });
}

/** Why a row is not what its schema says: the first field that is wrong, and its value. */
export function refusalOf(error: z.ZodError, row: unknown): RefusedRow {
  const issue = error.issues[0];
  const field = issue?.path[0];
  if (issue === undefined || field === undefined) {
    return refusedRow(null, `row must be an object, was ${show(row)}`);
  }
  const column = String(field);
  const value: unknown = Reflect.get(Object(row), field);
  if (value === undefined || value === null) return refusedRow(column, `${column} is missing`);
  return refusedRow(column, `${column} ${issue.message}, was ${show(value)}`);
}

function digits() {
  return z.string().regex(/^[1-9]\d{0,18}$/, {
    error: "must be an id of digits, at most 19 and the first not 0",
  });
}

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

function accepts<T>(parse: (value: T, what: string) => unknown): (value: T) => boolean {
  return (value) => {
    try {
      parse(value, "value");
      return true;
    } catch {
      return false;
    }
  };
}
