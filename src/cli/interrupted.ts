/** Longer than anybody waits: a timer, because a promise alone keeps no process alive. */
const WAIT_MS = 2 ** 31 - 1;

/** Resolves at Ctrl-C or when the process is asked to end; a second Ctrl-C ends it at once. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, WAIT_MS);
    const end = () => {
      clearInterval(alive);
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  });
}
