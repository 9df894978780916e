// CommonJS, whose named exports Node does not all see.
import cliProgress, { type Options, type Params, type SingleBar } from "cli-progress";
import type { ImportProgress } from "../ports/services.js";

/** Imports that are done sooner show no bar. */
const PATIENCE_MS = 700;

/** A bar on stderr for an import that takes long. */
export class ImportProgressBar {
  readonly #startedMs = performance.now();
  #bar: SingleBar | null = null;

  update(progress: ImportProgress): void {
    if (!this.#bar && performance.now() - this.#startedMs < PATIENCE_MS) return;
    if (!this.#bar) {
      this.#bar = new cliProgress.SingleBar({
        stream: process.stderr,
        format: lineOf,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.#bar.start(progress.total ?? 0, progress.done, progress);
    }
    this.#bar.setTotal(progress.total ?? 0);
    this.#bar.update(progress.done, progress);
  }

  stop(): void {
    this.#bar?.stop();
  }
}

function lineOf(options: Options, params: Params, { step, done, total }: ImportProgress): string {
  if (total === null) return `${step} ${done} rows`;
  const bar = cliProgress.Format.BarFormat(params.progress, options);
  return `${step} [${bar}] ${done}/${total} rows`;
}
