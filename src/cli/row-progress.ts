// CommonJS, whose named exports Node does not all see.
import cliProgress, { type Options, type Params, type SingleBar } from "cli-progress";
import type { CliDependencies } from "./context.js";

/** Work that is done sooner shows no bar. */
const PATIENCE_MS = 700;

/** How far work is. */
export interface RowProgress {
  readonly step: string;
  /** 0 for a step that is not counted. */
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

/** Draws a bar on stderr while work takes long, where somebody looks at it: on a terminal. */
export async function withProgress<T>(
  cli: Pick<CliDependencies, "err">,
  unit: "rows" | "bytes",
  work: (onProgress: ((progress: RowProgress) => void) | undefined) => Promise<T>,
): Promise<T> {
  if (!cli.err.isTerminal) return work(undefined);
  const bar = new RowProgressBar(unit);
  try {
    return await work(bar.update.bind(bar));
  } finally {
    bar.stop();
  }
}

class RowProgressBar {
  readonly #startedMs = performance.now();
  #bar: SingleBar | null = null;

  constructor(private readonly unit: string) {}

  update(progress: RowProgress): void {
    if (!this.#bar && performance.now() - this.#startedMs < PATIENCE_MS) return;
    if (!this.#bar) {
      this.#bar = new cliProgress.SingleBar({
        stream: process.stderr,
        format: (options, params, told: RowProgress) =>
          progressLine(options, params, told, this.unit),
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

/** `writing [====----] 1200/2400 rows`, `reading 1200 rows`, `comparing` */
export function progressLine(
  options: Options,
  params: Params,
  { step, done, total }: RowProgress,
  unit: string,
): string {
  if (total === null) return done === 0 ? step : `${step} ${done} ${unit}`;
  const bar = cliProgress.Format.BarFormat(params.progress, options);
  return `${step} [${bar}] ${done}/${total} ${unit}`;
}
