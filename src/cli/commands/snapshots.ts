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
  moneyValue,
  type OutputOptions,
} from "../options.js";
import { printJson, printRows, rowsToRead } from "../print.js";
import { printable } from "../text.js";

interface SnapshotOptions extends OutputOptions {
  readonly account?: string;
  readonly type?: SnapshotType;
  readonly epoch?: number | "all";
  readonly positions?: boolean;
  readonly record?: boolean;
  readonly brokerBalance?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function addSnapshotsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("snapshots")
    .description(
      "List balances at the ends of days and at other moments, or record the present one.",
    )
    .addOption(accountOption())
    .addOption(new Option("--type <type>", "only these").choices(SNAPSHOT_TYPES))
    .option("--epoch <n>", "of an earlier epoch, or of all (default: since the last reset)", epoch)
    .option("--positions", "what was open at the ends of days instead")
    .option("--from <instant>", "only those at or after; YYYY-MM-DD is 00:00 UTC", instantValue)
    .option("--to <instant>", "only those before; YYYY-MM-DD is 00:00 UTC", instantValue)
    .addOption(new Option("--record", "record one of now").conflicts([...OF_LISTS, "csv", "limit"]))
    .option("--broker-balance <dollars>", "with --record: what the broker says it is", moneyValue);
  addOutputOptions(addLimitOption(command)).action(
    (options: SnapshotOptions, self: Command): Promise<void> => {
      if (options.record) return record(cli, self, options);
      if (options.brokerBalance !== undefined) {
        self.error("error: --broker-balance goes with --record");
      }
      return list(cli, self, options);
    },
  );
}

const OF_LISTS = ["type", "epoch", "positions", "from", "to"];

function list(cli: CliDependencies, self: Command, options: SnapshotOptions): Promise<void> {
  return withBooks(cli, self, async ({ accounts }) => {
    const { account, type, epoch: number, from, to } = options;
    const filter = { account, from, to, limit: rowsToRead(options) };
    if (options.positions) {
      const rows = await accounts.positionSnapshots(filter);
      return printRows(cli, POSITION_SNAPSHOTS, rows.map(plainPositionSnapshot), options);
    }
    const rows = await accounts.snapshots({ ...filter, type, epoch: number });
    return printRows(cli, SNAPSHOTS, rows.map(plainSnapshot), options);
  });
}

function record(cli: CliDependencies, self: Command, options: SnapshotOptions): Promise<void> {
  const { account, brokerBalance } = options;
  if (account === undefined) self.error("error: --account says whose snapshot it is");
  return withBooks(cli, self, async ({ accounts }) => {
    const { accountId } = await accounts.get(account);
    const row = plainSnapshot(await accounts.recordSnapshot({ account: accountId, brokerBalance }));
    if (options.json) return printJson(cli, row);
    const beside = row.drift === null ? "" : `, the broker's is ${row.brokerBalance}`;
    return cli.out.write(`${printable(accountId)}: balance ${row.balance}${beside}; recorded\n`);
  });
}

function epoch(text: string): number | "all" {
  if (text === "all") return text;
  if (!/^\d{1,6}$/.test(text)) {
    throw new InvalidArgumentError("It must be a number from 0, or all.");
  }
  return Number(text);
}
