import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const ROOT = new URL("../..", import.meta.url).pathname;

/** A script of this folder in a process of its own, whose lines on stdout are read as they come. */
export class Child {
  readonly lines: string[] = [];
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
  readonly #process: ChildProcess;
  #onLine: () => void = () => undefined;

  constructor(script: string, ...values: readonly string[]) {
    const file = new URL(script, import.meta.url).pathname;
    this.#process = spawn(process.execPath, ["--import", "tsx", file, ...values], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const { stdout, stderr } = this.#process;
    if (!stdout || !stderr) throw new Error("a child has pipes");
    createInterface({ input: stdout }).on("line", (line) => {
      this.lines.push(line);
      this.#onLine();
    });
    let errors = "";
    stderr.on("data", (chunk) => {
      errors += chunk;
    });
    this.ended = new Promise((resolve) => {
      this.#process.on("close", (code) => {
        resolve({ code, errors });
        this.#onLine();
      });
    });
  }

  /** Resolves once so many lines have come. */
  async printed(count: number): Promise<void> {
    const ended = this.ended.then(({ errors }) => {
      if (this.lines.length < count) throw new Error(`ended after ${this.lines.length}: ${errors}`);
    });
    const enough = new Promise<void>((resolve) => {
      this.#onLine = () => {
        if (this.lines.length >= count) resolve();
      };
      this.#onLine();
    });
    await Promise.race([enough, ended]);
  }

  /** Lets the script go on; both scripts read one line before they do what they are there for. */
  say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.ended;
  }
}
