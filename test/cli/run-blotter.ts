import { Writable } from "node:stream";
import { FILE_FORMATS, OLD_PROGRAM } from "../../src/brokers/formats.js";
import type { CliDependencies } from "../../src/cli/context.js";
import { Output } from "../../src/cli/output.js";
import { runCli } from "../../src/cli/program.js";
import { parseStoreUrl } from "../../src/config.js";

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly open?: CliDependencies["open"];
  readonly loadServer?: CliDependencies["loadServer"];
  /** Default: at once. */
  readonly untilStopped?: CliDependencies["untilStopped"];
}

/** Runs the command line inside this process, on real stores. */
export async function runBlotter(
  args: readonly string[],
  options: RunOptions = {},
): Promise<CliRun> {
  const [out, err] = [new Collected(), new Collected()];
  const code = await runCli(args, {
    version: "1.2.3",
    formats: FILE_FORMATS,
    oldProgram: OLD_PROGRAM,
    open: options.open ?? openStore,
    checkUrl: parseStoreUrl,
    loadServer: options.loadServer ?? (() => import("../../src/http/books-server.js")),
    untilStopped: options.untilStopped ?? (() => Promise.resolve()),
    stdin: () => lines(options.stdin ?? ""),
    out: new Output(out),
    err: new Output(err),
  });
  return { code, stdout: out.text, stderr: err.text };
}

const openStore: CliDependencies["open"] = async (options) => {
  const { createBlotter } = await import("../../src/container.js");
  return createBlotter(options);
};

/** A stream that takes its time, as a full pipe does. */
class Collected extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    setImmediate(done);
  }
}

async function* lines(text: string): AsyncIterable<string> {
  yield text;
}
