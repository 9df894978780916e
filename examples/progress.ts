import { SingleBar } from "cli-progress";

export interface Progress {
  /** `total` may grow. */
  show(done: number, total: number, label: string): void;
  /** Leaves the terminal as it was. */
  end(): void;
}

/** A bar on a terminal; elsewhere one line for each new label. Both on stderr, beside the results. */
export async function withProgress<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = process.stderr.isTTY ? barProgress() : lineProgress();
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

function barProgress(): Progress {
  const bar = new SingleBar({ format: "{bar} {percentage}% {label}" });
  let started = false;
  return {
    show(done, total, label) {
      if (!started) bar.start(total, done, { label });
      started = true;
      bar.setTotal(total);
      bar.update(done, { label });
    },
    end: () => bar.stop(),
  };
}

function lineProgress(): Progress {
  let last = "";
  return {
    show(_done, _total, label) {
      if (label !== last) process.stderr.write(`${label}\n`);
      last = label;
    },
    end() {},
  };
}
