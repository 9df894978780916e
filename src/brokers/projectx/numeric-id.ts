import { invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";

/** An id as the gateway wants it back: a number. @throws BlotterError `invalid` */
export function numericId(id: string, what: string): number {
  const value = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw invalid(`${what} must be a number of ProjectX, was ${show(id)}`);
}
