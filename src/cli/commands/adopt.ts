import { type Command, InvalidArgumentError } from "commander";
import type { Adoption, AdoptionInput, OpenLotInput } from "../../domain/adoption.js";
import { plainAdoption } from "../../domain/plain.js";
import { tradingDay, tradingDayStart } from "../../domain/trading-day.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import {
  instantValue,
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
  readonly startOfDay?: string;
  readonly peak?: string;
  readonly bestDay?: string;
  readonly tradingDays?: number;
  readonly winningDays?: number;
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
    .requiredOption("--at <instant>", "from when on Blotter's records are right", instantValue)
    .requiredOption("--balance <dollars>", "the balance then, without open positions", moneyValue)
    .option("--highest-eod <dollars>", "highest end-of-day balance until then", moneyValue)
    .option(
      "--start-of-day <dollars>",
      "balance at the start of that trading day (17:00 Chicago), with the cash moved since",
      moneyValue,
    )
    .option("--peak <dollars>", "highest balance or equity so far, for intraday trails", moneyValue)
    .option("--best-day <dollars>", "net of the best day before that day", moneyValue)
    .option("--trading-days <n>", "days traded before that day", wholeNumber)
    .option("--winning-days <n>", "winning days before that day", wholeNumber)
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
          if (isDayUntold(adoption)) await note(cli, DAY_UNTOLD);
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
  const { startOfDay, peak, bestDay, tradingDays, winningDays } = options;
  const told = payouts !== undefined || payoutCount !== undefined;
  return {
    account,
    at,
    balance,
    openLots: lot,
    source: "cli",
    ...(highestEod !== undefined && { highestEodBalance: highestEod }),
    ...(startOfDay !== undefined && { startOfDayBalance: startOfDay }),
    ...(peak !== undefined && { intradayPeak: peak }),
    ...(bestDay !== undefined && { bestDay }),
    ...(tradingDays !== undefined && { tradingDays }),
    ...(winningDays !== undefined && { winningDays }),
    ...(told && { payouts: { count: payoutCount ?? null, total: payouts ?? null } }),
    ...(reason !== undefined && { reason }),
    ...(correct !== undefined && { correct }),
  };
}

const DAY_UNTOLD =
  "the balance at the start of that trading day was not told (--start-of-day): what was lost in it before does " +
  "not count for daily limits";

function isDayUntold({ at, before }: Adoption): boolean {
  return before.startOfDayBalance === null && at !== tradingDayStart(tradingDay(at));
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
  const opened = openedAt === undefined ? {} : { openedAt: instantValue(openedAt) };
  const lot: OpenLotInput = {
    contract,
    side: named,
    quantity: wholeNumber(quantity),
    price: priceValue(price),
    ...opened,
  };
  return [...lots, lot];
}
