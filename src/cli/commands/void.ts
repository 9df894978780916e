import type { Command } from "commander";
import { type PlainRow, plainFillWithBookkeeping, plainTrade } from "../../domain/plain.js";
import type { FillOutcome } from "../../ports/services.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { counted, printable } from "../text.js";

interface VoidOptions extends OutputOptions {
  readonly account: string;
  readonly reason?: string;
}

export function addVoidCommand(program: Command, cli: CliDependencies): void {
  program
    .command("void")
    .description("Take a fill back for good, and restate everything that followed from it.")
    .argument("<fill-id>", "the broker's fill id", nonEmpty)
    .requiredOption("--account <account>", "the fill's account: its id or its exact name", nonEmpty)
    .option("--reason <text>", "why, for the fill's history")
    .addOption(jsonOption())
    .action(
      (fillId: string, options: VoidOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts, orders }) => {
          const { accountId } = await accounts.get(options.account);
          const { reason } = options;
          const result = await orders.voidFill({ accountId, fillId, reason, source: "cli" });
          if (result.fill === null) {
            await note(cli, `no fill ${printable(fillId)} is known yet: it is void when it comes`);
          }
          if (options.json) return printJson(cli, plainOutcome(accountId, fillId, result));
          return cli.out.write(sentence(fillId, result));
        }),
    );
}

function plainOutcome(accountId: string, fillId: string, result: FillOutcome) {
  const fill: PlainRow | null = result.fill && plainFillWithBookkeeping(result.fill);
  const { outcome, removedTrades } = result;
  return { outcome, accountId, fillId, fill, trades: result.trades.map(plainTrade), removedTrades };
}

function sentence(fillId: string, { outcome, trades, removedTrades }: FillOutcome): string {
  const fill = `fill ${printable(fillId)}`;
  if (outcome === "known") return `${fill} was void already; nothing changed\n`;
  const removed = counted(removedTrades.length, "trade");
  return `${fill} is void: ${removed} removed, ${trades.length} made or changed\n`;
}
