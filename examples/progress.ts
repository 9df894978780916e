import { SingleBar } from "cli-progress";

export interface Progress {
  /** `total` may grow. */
  show(done: number, total: number, label: string): void;
  end(): void;
}

/** A bar on a terminal; elsewhere one line for each new label. Both on stderr, beside the results. */
export function createProgress(): Progress {
  return process.stderr.isTTY ? barProgress() : lineProgress();
}

function barProgress(): Progress {
  const bar = new SingleBar({ format: "{bar} {percentage}% {label}", hideCursor: true });
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
