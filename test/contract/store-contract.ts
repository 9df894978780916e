import type { StoreKind } from "../stores.js";
import { describeAtomicity } from "./atomicity-contract.js";
import { describeClosing } from "./closing-contract.js";
import { describeOrderOfWrites, describeReads } from "./isolation-contract.js";
import { onOneStore } from "./one-store.js";
import { describeRepositories } from "./repositories-contract.js";
import { describeAtomicWrites, describeSwallowedErrors } from "./unit-of-work-contract.js";
import { describeDeadRepositories, describeNesting } from "./unit-of-work-ends-contract.js";

/** What every store promises. The parts share one open store, each test in accounts of its own. */
export function describeStoreContract(kind: StoreKind): void {
  onOneStore(`the store contract on ${kind.name}`, kind, (subject) => {
    describeAtomicWrites(subject);
    describeSwallowedErrors(subject);
    describeNesting(subject);
    describeDeadRepositories(subject);
    describeRepositories(subject);
    describeReads(subject);
    describeOrderOfWrites(subject);
    describeAtomicity(kind);
    describeClosing(kind);
  });
}
