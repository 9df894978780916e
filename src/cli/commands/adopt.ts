import { type Command, InvalidArgumentError } from "commander";
import type { AdoptionInput, OpenLotInput } from "../../domain/adoption.js";
import { plainAdoption } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  isoInstant,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
  priceValue,
} from "../options.js";
import { printJson } from "../print.js";
import { counted, printable } from "../text.js";

interface AdoptOptions extends OutputOptions {
  readonly account: string;
  readonly at: string;
  readonly balance: string;
  readonly highestEod?: string;
  readonly payouts?: string;
  readonly payoutCount?: number;
  readonly lot: readonly OpenLotInput[];
  readonly reason?: string;
  readonly correct?: boolean;
}

export function addAdoptCommand(program: Command, cli: CliDependencies): void {
  program
    .command("adopt")
    .description("Begin the records of a running account: fills before that instant do not count.")
    .requiredOption("--account <account>", "its id or its exact name", nonEmpty)
    .requiredOption("--at <instant>", "from when on Blotter's records are right", isoInstant)
    .requiredOption("--balance <dollars>", "the balance then, without open positions", moneyValue)
    .option("--highest-eod <dollars>", "highest end-of-day balance until then", moneyValue)
    .option("--payouts <dollars>", "sum of the payouts until then", moneyValue)
    .option("--payout-count <n>", "how many payouts they were", wholeNumber)
    .option(
      "--lot <contract,side,quantity,price[,opened]>",
      "a lot that was open then; once for each, oldest first",
      addLot,
      [],
    )
    .option("--reason <text>", "why, for the record")
    .option("--correct", "replace what an earlier adoption said")
    .addOption(jsonOption())
    .action(
      (options: AdoptOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts }) => {
          const { outcome, adoption } = await accounts.adopt(adoptionInput(options));
          if (options.json) return printJson(cli, { outcome, ...plainAdoption(adoption) });
          const account = printable(adoption.accountId);
          if (outcome === "known") {
            return cli.out.write(`account ${account} was adopted so already; nothing changed\n`);
          }
          const lots = counted(adoption.lots.length, "open lot");
          return cli.out.write(`account ${account} adopted: ${lots}\n`);
        }),
    );
}

function adoptionInput(options: AdoptOptions): AdoptionInput {
  const { account, at, balance, highestEod, payouts, payoutCount, lot, reason, correct } = options;
  const told = payouts !== undefined || payoutCount !== undefined;
  return {
    account,
    at,
    balance,
    openLots: lot,
    source: "cli",
    ...(highestEod !== undefined && { highestEodBalance: highestEod }),
    ...(told && { payouts: { count: payoutCount ?? null, total: payouts ?? null } }),
    ...(reason !== undefined && { reason }),
    ...(correct !== undefined && { correct }),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 0.");
  return Number(text);
}

function addLot(text: string, lots: readonly OpenLotInput[]): readonly OpenLotInput[] {
  const [contract = "", side = "", quantity = "", price = "", openedAt, ...rest] = text.split(",");
  const named = side.toUpperCase();
  if (contract === "" || (named !== "BUY" && named !== "SELL") || rest.length > 0) {
    throw new InvalidArgumentError("It must be like MNQU26,BUY,2,21000.25[,2026-09-01T14:30:00Z].");
  }
  const opened = openedAt === undefined ? {} : { openedAt: isoInstant(openedAt) };
  const lot: OpenLotInput = {
    contract,
    side: named,
    quantity: wholeNumber(quantity),
    price: priceValue(price),
    ...opened,
  };
  return [...lots, lot];
}
