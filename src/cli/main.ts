#!/usr/bin/env node
import "reflect-metadata";
import { readFileSync } from "node:fs";
import { FILE_FORMATS, OLD_PROGRAM } from "../brokers/formats.js";
import { parseStoreUrl } from "../config.js";
import { interrupted } from "./interrupted.js";
import { Output } from "./output.js";
import { runCli } from "./program.js";

/** The same two folders up from `src/cli` and from the bundle in `dist/bin`. */
const PACKAGE = new URL("../../package.json", import.meta.url);

// Our own file: it has a version.
const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { readonly version: string };

// Never process.exit(): it would cut what is still on its way to a pipe.
process.exitCode = await runCli(process.argv.slice(2), {
  version,
  formats: FILE_FORMATS,
  oldProgram: OLD_PROGRAM,
  // Loaded when a command needs it, so that --help starts in a blink.
  open: async (options) =>
    (await import("../container.js")).createBlotter({ ...options, closeDays: false }),
  openBackups: async (options) => (await import("../container.js")).openBackups(options),
  copy: async (...asked) => (await import("../container.js")).copyStore(...asked),
  broker: async (onWarning) => {
    const { projectXCredentials } = await import("../brokers/projectx/client/credentials.js");
    const credentials = projectXCredentials(process.env);
    const { ProjectXClient } = await import("../brokers/projectx/client/projectx-client.js");
    return new ProjectXClient({ ...credentials, onWarning });
  },
  readHistory: async (files, now) => {
    const { readSnapshotFiles } = await import("../brokers/projectx/snapshot-files.js");
    return readSnapshotFiles(files, now);
  },
  // Once: a second Ctrl-C ends the process as it always does.
  onInterrupt: (listener) => {
    process.once("SIGINT", listener);
    return () => process.off("SIGINT", listener);
  },
  checkUrl: parseStoreUrl,
  loadServer: async () => import("../http/books-server.js"),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
  stdin: () => process.stdin,
  interrupted,
  out: new Output(process.stdout),
  err: new Output(process.stderr),
});
