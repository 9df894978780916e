import { type Command, InvalidArgumentError, Option } from "commander";
import { plainPositionSnapshot, plainSnapshot } from "../../domain/plain.js";
import { SNAPSHOT_TYPES, type SnapshotType } from "../../domain/snapshot.js";
import { POSITION_SNAPSHOTS, SNAPSHOTS } from "../account-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addLimitOption,
  addOutputOptions,
  instantValue,
  type OutputOptions,
} from "../options.js";
import { printRows, rowsToRead } from "../print.js";

interface SnapshotOptions extends OutputOptions {
  readonly account?: string;
  readonly type?: SnapshotType;
  readonly epoch?: number | "all";
  readonly positions?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function addSnapshotsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("snapshots")
    .description("List balances at the ends of days and at other moments.")
    .addOption(accountOption())
    .addOption(new Option("--type <type>", "only these").choices(SNAPSHOT_TYPES))
    .option("--epoch <n>", "of an earlier epoch, or of all (default: since the last reset)", epoch)
    .option("--positions", "what was open at the ends of days instead")
    .option("--from <instant>", "only those at or after; YYYY-MM-DD is 00:00 UTC", instantValue)
    .option("--to <instant>", "only those before; YYYY-MM-DD is 00:00 UTC", instantValue);
  addOutputOptions(addLimitOption(command)).action(
    (options: SnapshotOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ accounts }) => {
        const { account, type, epoch: number, from, to } = options;
        const filter = { account, from, to, limit: rowsToRead(options) };
        if (options.positions) {
          const rows = await accounts.positionSnapshots(filter);
          return printRows(cli, POSITION_SNAPSHOTS, rows.map(plainPositionSnapshot), options);
        }
        const rows = await accounts.snapshots({ ...filter, type, epoch: number });
        return printRows(cli, SNAPSHOTS, rows.map(plainSnapshot), options);
      }),
  );
}

function epoch(text: string): number | "all" {
  if (text === "all") return text;
  if (!/^\d{1,6}$/.test(text)) {
    throw new InvalidArgumentError("It must be a number from 0, or all.");
  }
  return Number(text);
}
