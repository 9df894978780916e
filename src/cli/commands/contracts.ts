import { type Command, InvalidArgumentError, Option } from "commander";
import { type Contract, ProductCatalog } from "../../domain/contract.js";
import { scaledProduct } from "../../domain/decimal.js";
import { epochMsToInstant } from "../../domain/instant.js";
import { MONEY_UNIT, moneyToNumber, type Price, priceToNumber } from "../../domain/money.js";
import { type PlainRow, plainContract } from "../../domain/plain.js";
import type { Product } from "../../domain/product.js";
import type { ContractService } from "../../ports/services.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  addOutputOptions,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
  priceValue,
} from "../options.js";
import { printRow, printRows } from "../print.js";
import { CONTRACTS } from "../views.js";
import { addRollsCommand } from "./rolls.js";

interface AddOptions extends OutputOptions {
  readonly tickSize: string;
  readonly tickValue?: string;
  readonly pointValue?: string;
  readonly code?: string;
  readonly exchange?: string;
  readonly name?: string;
  readonly undated?: boolean;
}

export function addContractsCommand(program: Command, cli: CliDependencies): void {
  const contracts = program
    .command("contracts")
    .description("Show the products and contracts that are known, or add a product.");
  const list = contracts
    .command("list", { isDefault: true })
    .description("List all products, then the contracts that were traded.");
  addOutputOptions(list).action(
    (options: OutputOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const products = (await books.contracts.products()).map(plainProduct);
        const traded = (await books.contracts.contracts()).map(plainTraded);
        const all = { ...options, limit: Number.MAX_SAFE_INTEGER };
        return printRows(cli, CONTRACTS, [...products, ...traded], all);
      }),
  );
  contracts
    .command("show")
    .description("Show one product or contract with its tick and point value.")
    .argument("<symbol>", "MNQ, MNQU26 or CON.F.US.MNQ.U26", nonEmpty)
    .addOption(jsonOption())
    .action(
      (symbol: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) =>
          printRow(cli, await find(books.contracts, symbol.toUpperCase()), options),
        ),
    );
  addAddCommand(contracts, cli);
  addExpireCommand(contracts, cli);
  addRollsCommand(contracts, cli);
}

function addExpireCommand(contracts: Command, cli: CliDependencies): void {
  contracts
    .command("expire")
    .description("Say which day is the last one that a contract trades.")
    .argument("<symbol>", "MNQU26 or CON.F.US.MNQ.U26", nonEmpty)
    .argument("<day>", "YYYY-MM-DD", nonEmpty)
    .addOption(jsonOption())
    .action(
      (symbol: string, day: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const contract = await books.contracts.expire(symbol.toUpperCase(), day);
          const { lastTradingDay } = contract;
          return printRow(cli, { ...plainTraded(contract), lastTradingDay }, options);
        }),
    );
}

function addAddCommand(contracts: Command, cli: CliDependencies): void {
  contracts
    .command("add")
    .description("Add a product, and book what waited in quarantine for it.")
    .argument("<root>", "the exchange's root in capital letters, as MNQ", productCode)
    .requiredOption("--tick-size <points>", "smallest price step in points", priceValue)
    .option("--tick-value <dollars>", "US dollars per tick and contract", priceValue)
    .option(
      "--point-value <dollars>",
      "US dollars per point, instead of the tick value",
      moneyValue,
    )
    .option("--code <code>", "the gateway's code in contract ids (default: the root)", productCode)
    .option("--exchange <name>", "where it trades")
    .option("--name <name>", "its name for people (default: the root)")
    .addOption(new Option("--undated", "it has no contract months: the root is the contract"))
    .addOption(jsonOption())
    .action((root: string, options: AddOptions, self: Command): Promise<void> => {
      const { undated, json, csv: _, ...figures } = options;
      if (figures.tickValue === undefined && figures.pointValue === undefined) {
        self.error("error: give --tick-value or --point-value");
      }
      return withBooks(cli, self, async (books) => {
        const product = await books.contracts.add({ root, ...figures, dated: !undated });
        return printRow(cli, plainProduct(product), { json });
      });
    });
}

function productCode(text: string): string {
  if (!/^[A-Z0-9][A-Z0-9._-]*$/.test(text)) {
    throw new InvalidArgumentError("It must be capital letters and digits.");
  }
  return text;
}

/** A product by root or code, else the contract that the text names; nothing is written. */
async function find(contracts: ContractService, text: string): Promise<PlainRow> {
  const catalog = new ProductCatalog(await contracts.products());
  const product = catalog.byRoot(text) ?? catalog.byCode(text);
  if (product) return plainProduct(product);
  const traded = (await contracts.contracts()).find((c) => c.symbol === text);
  return plainTraded(traded ?? catalog.resolve(text, epochMsToInstant(Date.now())));
}

function plainTraded(contract: Contract): PlainRow {
  return { kind: "contract", ...plainContract(contract), code: null };
}

function plainProduct(product: Product): PlainRow {
  // Points x millionths of dollars: divided by a million they are at the scale of prices again.
  const tickValue = scaledProduct(
    [product.tickSize, product.pointValue],
    MONEY_UNIT,
    "tick value",
  ) as Price;
  return {
    kind: "product",
    symbol: null,
    contractId: null,
    root: product.root,
    exchange: product.exchange,
    tickSize: priceToNumber(product.tickSize),
    tickValue: priceToNumber(tickValue),
    pointValue: moneyToNumber(product.pointValue),
    name: product.name,
    code: product.code,
  };
}
