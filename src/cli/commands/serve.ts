import { type Command, InvalidArgumentError } from "commander";
import { type CliDependencies, note, withBooks } from "../context.js";
import { failureText } from "../failure.js";
import { nonEmpty } from "../options.js";

interface ServeCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly tokenFile?: string;
  readonly allowHost?: readonly string[];
}

export function addServeCommand(program: Command, cli: CliDependencies): void {
  program
    .command("serve")
    .description("Serve the dashboard and the data endpoints, read-only, until Ctrl-C.")
    .option("--port <n>", "port to listen on; 0 takes a free one", portNumber, 4317)
    .option(
      "--host <address>",
      "address to listen on; other machines' need --token-file",
      nonEmpty,
      "127.0.0.1",
    )
    .option(
      "--token-file <file>",
      "ask for the token in this file; made when it is missing",
      nonEmpty,
    )
    .option("--allow-host <name...>", "further names that the server may be asked for by")
    .action((options: ServeCommandOptions, self: Command) => serveBooks(cli, self, options));
}

async function serveBooks(
  cli: CliDependencies,
  command: Command,
  { host, port, tokenFile, allowHost = [] }: ServeCommandOptions,
): Promise<void> {
  const server = await cli.loadServer();
  await withBooks(cli, command, async (books) => {
    const stopped = cli.untilStopped();
    const token = tokenFile === undefined ? null : await server.tokenFrom(tokenFile);
    if (token?.isNew) await note(cli, `made a new token in ${tokenFile}`);
    const served = await server.serveBlotter(books, {
      host,
      port,
      allowedHosts: allowHost,
      version: cli.version,
      ...(token !== null && { token: token.token }),
      onError: (error) => void cli.err.write(`${failureText(error)}\n`),
    });
    const also = served.isEverywhere ? " and this machine's other addresses" : "";
    await cli.out.write(`Serving the books at ${served.url}${also} until Ctrl-C\n`);
    await stopped;
    await served.close();
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("It must be a port: 0 to 65535.");
  }
  return port;
}
