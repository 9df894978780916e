// CommonJS, whose named exports Node does not all see.
import cliProgress, { type Options, type Params, type SingleBar } from "cli-progress";
import type { SyncProgress } from "../ports/reconciler.js";

/** Comparisons that are done sooner show no bar. */
const PATIENCE_MS = 700;

/** A bar on stderr for a comparison that takes long: how much of the time span has landed. */
export class SyncProgressBar {
  readonly #startedMs = performance.now();
  #bar: SingleBar | null = null;

  /** @param stream a terminal */
  constructor(
    private readonly account: string,
    private readonly stream: NodeJS.WritableStream = process.stderr,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  update(progress: SyncProgress): void {
    if (!this.#bar && performance.now() - this.#startedMs < this.patienceMs) return;
    const { from, through, until } = progress;
    const payload = { ...progress, account: this.account };
    if (!this.#bar) {
      this.#bar = new cliProgress.SingleBar({
        stream: this.stream,
        format: syncLine,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.#bar.start(until - from, through - from, payload);
    }
    // A deeper look at the history is another span of time.
    this.#bar.setTotal(until - from);
    this.#bar.update(through - from, payload);
  }

  stop(): void {
    this.#bar?.stop();
  }
}

/** `PRAC-1 [====----] through 2026-08-19: 1200 orders, 800 fills` */
export function syncLine(
  options: Options,
  params: Params,
  { account, through, orders, fills }: SyncProgress & { readonly account: string },
): string {
  const bar = cliProgress.Format.BarFormat(params.progress, options);
  const day = new Date(through / 1000).toISOString().slice(0, 10);
  return `${account} [${bar}] through ${day}: ${orders} orders, ${fills} fills`;
}
