import { z } from "zod";
import type { WrittenFilter } from "../ports/written-filter.js";
import { severalOf, text } from "./parameters.js";

/** US dollars as digits, not below 0. */
const amount = () =>
  z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, "must be US dollars, not below 0, with at most six decimals");

/** What closed rows and performance are narrowed down by of what people wrote. */
export const WRITTEN_PARAMETERS = {
  tag: severalOf(text())
    .optional()
    .describe("On an order or fill of it; given several times: any of them."),
  note: text()
    .optional()
    .describe("In a note on an order or fill of it, upper and lower case alike."),
  minRisk: amount()
    .optional()
    .describe("Planned risk in US dollars, inclusive; where it is unknown, the row is left out."),
  maxRisk: amount().optional().describe("As minRisk."),
};

interface WrittenQuery {
  readonly tag?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly minRisk?: string | undefined;
  readonly maxRisk?: string | undefined;
}

export function writtenFilter({ tag, note, minRisk, maxRisk }: WrittenQuery): WrittenFilter {
  return {
    ...(tag !== undefined && { tags: tag }),
    ...(note !== undefined && { note }),
    ...(minRisk !== undefined && { minRisk }),
    ...(maxRisk !== undefined && { maxRisk }),
  };
}
