import type { ReadRepositories, Repositories } from "../../src/ports/repositories.js";
import type { Store, StoreReport, WriteScope } from "../../src/ports/store.js";

/** A store whose writes fail before their Nth call to a repository. */
export class FailingStore implements Store {
  #callsLeft = Number.POSITIVE_INFINITY;

  constructor(private readonly inner: Store) {}

  get capabilities() {
    return this.inner.capabilities;
  }

  /** @param calls how many calls to repositories succeed from now on */
  failAfter(calls: number): void {
    this.#callsLeft = calls;
  }

  write<T>(scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T> {
    return this.inner.write(scope, (repos) => work(this.#counted(repos)));
  }

  read<T>(query: (repos: ReadRepositories) => Promise<T>): Promise<T> {
    return this.inner.read(query);
  }

  inspect(): Promise<StoreReport> {
    return this.inner.inspect();
  }

  /** The store inside belongs to the test. */
  async close(): Promise<void> {}

  #counted(repos: Repositories): Repositories {
    const entries = Object.entries(repos).map(([name, repository]) => [
      name,
      new Proxy(repository, { get: (target, method) => this.#call(target, method) }),
    ]);
    // The same names, each with a repository that does the same until it fails.
    return Object.fromEntries(entries) as Repositories;
  }

  #call(target: object, method: string | symbol): unknown {
    const called: unknown = Reflect.get(target, method);
    if (typeof called !== "function") return called;
    return async (...values: readonly unknown[]) => {
      if (this.#callsLeft <= 0) throw new Error(`cut off before ${String(method)}`);
      this.#callsLeft -= 1;
      return called.apply(target, values);
    };
  }
}
