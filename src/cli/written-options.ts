import type { Command } from "commander";
import type { WrittenFilter } from "../ports/written-filter.js";
import { collected, moneyFromZero, nonEmpty } from "./options.js";

/** What narrows trades down by what people wrote. */
export interface WrittenOptions {
  readonly tag?: readonly string[];
  readonly note?: string;
  readonly minRisk?: string;
  readonly maxRisk?: string;
}

export function addWrittenOptions(command: Command): Command {
  return command
    .option(
      "--tag <tag>",
      "only trades whose orders or fills carry it (may be repeated)",
      collected,
    )
    .option(
      "--note <text>",
      "only trades with it in a note on an order or fill, in any case",
      nonEmpty,
    )
    .option("--min-risk <usd>", "only trades that were planned to lose so much", moneyFromZero)
    .option("--max-risk <usd>", "only trades that were planned to lose no more", moneyFromZero);
}

export function writtenFilter({ tag, note, minRisk, maxRisk }: WrittenOptions): WrittenFilter {
  return {
    ...(tag && { tags: tag }),
    ...(note !== undefined && { note }),
    ...(minRisk !== undefined && { minRisk }),
    ...(maxRisk !== undefined && { maxRisk }),
  };
}

/** Wrong usage, told before a store is opened for it. */
export function requireRiskRange(self: Command, { minRisk, maxRisk }: WrittenOptions): void {
  if (minRisk !== undefined && maxRisk !== undefined && Number(minRisk) > Number(maxRisk)) {
    self.error(`error: --min-risk ${minRisk} is above --max-risk ${maxRisk}`);
  }
}
