import { afterAll, beforeAll, describe } from "vitest";
import type { OpenBlotter, StoreKind } from "../stores.js";
import type { Subject } from "./subject.js";

/** One open store for all tests of a part; each test trades in accounts of its own. */
export function onOneStore(name: string, kind: StoreKind, tests: (subject: Subject) => void): void {
  describe(name, () => {
    let open: OpenBlotter;
    beforeAll(async () => {
      open = await kind.open();
    });
    afterAll(() => open.dispose());
    tests(() => open);
  });
}
