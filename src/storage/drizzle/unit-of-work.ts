import { AsyncLocalStorage } from "node:async_hooks";
import { BlotterError } from "../../domain/errors.js";
import type { Instant } from "../../domain/instant.js";
import type { Repositories } from "../../ports/repositories.js";
import { type Handle, Session } from "./handle.js";
import { repositoriesOf } from "./repositories.js";

/** The unit of work that the present call chain is inside of, if any. */
const current = new AsyncLocalStorage<{ alive: boolean }>();

/** A unit of work inside a unit of work would wait for itself. @throws BlotterError `nested` */
export function refuseNested(): void {
  if (current.getStore()?.alive) {
    throw new BlotterError(
      "nested",
      "a unit of work was opened inside another one: use its repositories",
    );
  }
}

/** Runs work on a connection whose transaction is open; its repositories are dead afterwards. */
export async function runWork<T>(
  handle: Handle,
  now: Instant,
  work: (repos: Repositories) => Promise<T>,
): Promise<T> {
  const session = new Session(handle, now);
  const scope = { alive: true };
  try {
    return await current.run(scope, () => work(repositoriesOf(session)));
  } finally {
    scope.alive = false;
    session.end();
  }
}
