import type { Store } from "../../src/ports/store.js";
import type { Subject } from "./subject.js";

/** Writes and reads of the store that a suite shares, whichever it will be when a test runs. */
export function shortcuts(subject: Subject): Pick<Store, "write" | "read"> {
  return {
    write: (scope, work) => subject().blotter.store.write(scope, work),
    read: (query) => subject().blotter.store.read(query),
  };
}
