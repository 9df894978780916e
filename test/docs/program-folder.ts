import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

const ROOT = resolve(".");

/** What a reader's own project has: packages, a tsconfig.json, and Blotter under its name. */
const TSCONFIG = {
  extends: join(ROOT, "tsconfig.json"),
  compilerOptions: { paths: { blotter: [join(ROOT, "src", "index.ts")] } },
  include: ["*.ts", join(ROOT, "src")],
};

/** A folder of its own in which programs of the documents run, as a reader would run them. */
export class ProgramFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), "blotter-docs-"));

  /** @param programs file names and what is in them */
  constructor(private readonly programs: Readonly<Record<string, string>>) {
    symlinkSync(join(ROOT, "node_modules"), join(this.#folder, "node_modules"));
    this.#write("package.json", JSON.stringify({ type: "module" }));
    this.#write("tsconfig.json", JSON.stringify(TSCONFIG));
    for (const [name, text] of Object.entries(programs)) this.#write(name, text);
  }

  /** What a program prints. @throws Error with its messages when it fails */
  run(name: string): string {
    const tsx = pathToFileURL(join(ROOT, "node_modules", "tsx", "dist", "loader.mjs")).href;
    return printed(name, this.#node("--import", tsx, name));
  }

  /** What the compiler objects to in the programs; Blotter itself is not judged here. */
  complaints(): readonly string[] {
    const names = Object.keys(this.programs).map((name) => join(this.#folder, name));
    const { options } = ts.parseJsonConfigFileContent(TSCONFIG, ts.sys, this.#folder);
    const compiler = ts.createProgram(names, options);
    return names.flatMap((name) => {
      const file = compiler.getSourceFile(name);
      const found = [compiler.getSyntacticDiagnostics(file), compiler.getSemanticDiagnostics(file)];
      return found
        .flat()
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #node(...args: readonly string[]): SpawnSyncReturns<string> {
    const { BLOTTER_DB: _, ...env } = process.env;
    const options = { cwd: this.#folder, env, encoding: "utf8", timeout: 50_000 } as const;
    return spawnSync(process.execPath, args, options);
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}

function printed(name: string, { status, stdout, stderr }: SpawnSyncReturns<string>): string {
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
