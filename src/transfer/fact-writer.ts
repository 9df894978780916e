import { BlotterError } from "../domain/errors.js";
import { type CanonicalState, hashCanonicalState } from "../ports/canonical-state.js";
import type { Ids } from "../ports/ids.js";
import type { TradeConsolidator } from "../ports/services.js";
import type { Store } from "../ports/store.js";
import { FACT_TABLES, type FactTable, type StoredRow } from "../ports/tables.js";
import type { TransferWishes } from "../ports/transfer.js";
import type { Fact } from "./export-file.js";

/** Rows of one table that are written at once. */
const BATCH = 1_000;

/** What a transfer writes to: a store, and what rebuilds its derived rows. */
export interface TransferTarget {
  readonly store: Store;
  readonly trades: Pick<TradeConsolidator, "rebuild">;
}

/** Writes facts into an empty store as they are, then makes everything that follows from them. */
export class FactWriter {
  #table: FactTable | null = null;
  #batch: StoredRow[] = [];
  #rows = 0;
  #total: number | null = null;

  constructor(
    private readonly target: TransferTarget,
    private readonly ids: Ids,
    private readonly wishes: TransferWishes = {},
  ) {}

  /** How many facts will come. */
  expect(total: number): void {
    this.#total = total;
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws BlotterError `conflict` */
  async requireEmpty(): Promise<void> {
    const full = await this.target.store.read(async ({ tables }) => {
      for (const table of FACT_TABLES) {
        if ((await tables.page(table, null)).rows.length > 0) return table;
      }
      return null;
    });
    if (full === null) return;
    throw new BlotterError(
      "conflict",
      `the store has rows in ${full} already: a transfer needs an empty one, so that both end the same`,
    );
  }

  async add({ table, row }: Fact): Promise<void> {
    if (table !== this.#table || this.#batch.length === BATCH) await this.#flush();
    this.#table = table;
    this.#batch.push(row);
  }

  async #flush(): Promise<void> {
    const [table, rows] = [this.#table, this.#batch];
    if (table === null || rows.length === 0) return;
    this.#batch = [];
    await this.target.store.write("global", (repos) => repos.tables.insert(table, rows));
    this.#rows += rows.length;
    this.wishes.onProgress?.({ step: "writing", done: this.#rows, total: this.#total });
  }

  /** Rebuilds, and proves that the canonical state is the one that was left. @throws BlotterError `corrupt` */
  async finish(expected: string): Promise<CanonicalState> {
    await this.#flush();
    this.wishes.onProgress?.({ step: "rebuilding", done: 0, total: null });
    await this.target.trades.rebuild();
    this.wishes.onProgress?.({ step: "comparing", done: 0, total: null });
    const state = await this.target.store.read((repos) =>
      hashCanonicalState(repos, this.ids.digest()),
    );
    if (state.hash === expected) return state;
    throw new BlotterError(
      "corrupt",
      "the books that were made differ from those that were left: run blotter verify on both stores",
    );
  }
}
