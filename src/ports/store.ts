import type { InjectionToken } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import type { ReadRepositories, Repositories } from "./repositories.js";

/** Which accounts a unit of work may touch; "global" is for facts that belong to no account. */
export type WriteScope = AccountId | readonly AccountId[] | "global";

/** What a store promises beyond the contract. */
export interface StoreCapabilities {
  /** Reads run beside a writer instead of behind it. */
  readonly concurrentReads: boolean;
  readonly processes: "one" | "many";
}

export interface Store {
  /**
   * Atomic: when it resolves every write is durable; when it throws none happened, but for code `unavailable`
   * with `outcome: "unknown"` (a connection cut during commit): every call may be repeated. Work of one
   * account runs one at a time: in the order asked for within a process, serially across processes. `work` may
   * run more than once, awaits nothing but `repos`, and `repos` is dead afterwards.
   *
   * @throws BlotterError `nested` inside another `write` or `read`; `unavailable` when the store stays locked.
   */
  write<T>(scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T>;

  /**
   * Reads one committed moment. A read begun after a write resolved sees it. Where the store can, it never
   * waits for a writer.
   *
   * @throws BlotterError `nested` inside another `write` or `read`.
   */
  read<T>(query: (repos: ReadRepositories) => Promise<T>): Promise<T>;

  readonly capabilities: StoreCapabilities;

  /** How healthy the store itself is: settings, integrity, schema. Empty `problems` means all is well. */
  inspect(): Promise<StoreReport>;

  /** Waits for what is running, then closes. Later calls throw `unavailable`. */
  close(): Promise<void>;
}
export const Store: InjectionToken<Store> = Symbol("Store");

export interface StoreReport {
  /** Name and value of what was looked at, for people. */
  readonly facts: readonly (readonly [string, string])[];
  readonly problems: readonly string[];
}
