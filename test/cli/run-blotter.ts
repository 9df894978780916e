import { Writable } from "node:stream";
import { FILE_FORMATS, OLD_PROGRAM } from "../../src/brokers/formats.js";
import { readSnapshotFiles } from "../../src/brokers/projectx/snapshot-files.js";
import type { CliDependencies } from "../../src/cli/context.js";
import { Output } from "../../src/cli/output.js";
import { runCli } from "../../src/cli/program.js";
import { parseStoreUrl } from "../../src/config.js";
import { invalid } from "../../src/domain/errors.js";
import type { BrokerClient } from "../../src/ports/broker-client.js";

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly open?: CliDependencies["open"];
  readonly copy?: CliDependencies["copy"];
  /** True: stderr is a terminal. */
  readonly terminal?: boolean;
  readonly broker?: BrokerClient;
  /** Called when the command is ready to be interrupted, with what interrupts it. */
  readonly interrupt?: (interrupt: () => void) => void;
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
    openBackups: options.open ? refused(options.open) : openBackups,
    copy: options.copy ?? (options.open ? refusedCopy(options.open) : copy),
    broker: async () => options.broker ?? Promise.reject(invalid("no credentials here")),
    readHistory: readSnapshotFiles,
    onInterrupt: (listener) => {
      options.interrupt?.(listener);
      return () => {};
    },
    checkUrl: parseStoreUrl,
    loadServer: options.loadServer ?? (() => import("../../src/http/books-server.js")),
    untilStopped: options.untilStopped ?? (() => Promise.resolve()),
    stdin: () => lines(options.stdin ?? ""),
    interrupted: () => Promise.resolve(),
    out: new Output(out),
    err: new Output(Object.assign(err, { isTTY: options.terminal === true })),
  });
  return { code, stdout: out.text, stderr: err.text };
}

const openStore: CliDependencies["open"] = async (options) => {
  const { createBlotter } = await import("../../src/container.js");
  return createBlotter(options);
};

const openBackups: CliDependencies["openBackups"] = async (options) =>
  (await import("../../src/container.js")).openBackups(options);

const copy: CliDependencies["copy"] = async (...asked) =>
  (await import("../../src/container.js")).copyStore(...asked);

function refusedCopy(open: CliDependencies["open"]): CliDependencies["copy"] {
  return async (url) => {
    await open({ url, create: false });
    throw new Error("a test that opens its own store copies none");
  };
}

/** A command line that may open no store may not look at its backups either. */
function refused(open: CliDependencies["open"]): CliDependencies["openBackups"] {
  return async ({ url }) => {
    await open({ url, create: false });
    throw new Error("a test that opens its own store has no backups");
  };
}

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
