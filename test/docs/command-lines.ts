import type { Command } from "commander";
import { FILE_FORMATS, OLD_PROGRAM } from "../../src/brokers/formats.js";
import { Output } from "../../src/cli/output.js";
import { buildProgram } from "../../src/cli/program.js";
import type { CodeBlock } from "./markdown.js";

/** The command lines of a page's shell blocks that call `program`, each as its arguments. */
export function commandLines(
  blocks: readonly CodeBlock[],
  program: string,
): readonly (readonly string[])[] {
  return blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.split("\n"))
    .map(words)
    .filter(([first]) => first === program)
    .map(([, ...args]) => args);
}

/** Words of a shell line: quotes hold a word together, `#` begins a comment. */
function words(line: string): readonly string[] {
  const code = line.replace(/\s#.*$/, "");
  return [...code.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** The command line as `blotter --help` knows it. */
export function commandTree(): Command {
  const nowhere = { write: () => true, on: () => undefined };
  return buildProgram({
    version: "0",
    formats: FILE_FORMATS,
    oldProgram: OLD_PROGRAM,
    open: () => Promise.reject(new Error("the documents open no store")),
    openBackups: () => Promise.reject(new Error("the documents open no store")),
    copy: () => Promise.reject(new Error("the documents open no store")),
    broker: () => Promise.reject(new Error("the documents ask no broker")),
    readHistory: () => Promise.reject(new Error("the documents read no files")),
    onInterrupt: () => () => {},
    checkUrl: () => {},
    loadServer: () => Promise.reject(new Error("no server in this test")),
    untilStopped: () => Promise.resolve(),
    stdin: () => process.stdin,
    interrupted: () => Promise.resolve(),
    out: new Output(nowhere),
    err: new Output(nowhere),
    setExitCode: () => {},
  });
}

/** Full names of all commands below one: `accounts`, `accounts list`, ... */
export function namesBelow(command: Command, path = ""): readonly string[] {
  return command.commands.flatMap((child) => {
    const name = `${path}${child.name()}`;
    return [name, ...namesBelow(child, `${name} `)];
  });
}

/** Every option of a command and of those below it. */
export function flagsBelow(command: Command): readonly string[] {
  const own = command.options.flatMap(({ long, short }) => [long ?? "", short ?? ""]);
  return [...own, "--help", ...command.commands.flatMap(flagsBelow)];
}

/** The commands that a command line shows: the one it names and those above it. */
export function commandsShown(program: Command, args: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let command = program;
  for (const arg of args) {
    const child = command.commands.find((candidate) => candidate.name() === arg);
    if (child === undefined) break;
    shown.push([...shown.slice(-1), arg].join(" "));
    command = child;
  }
  return shown;
}
