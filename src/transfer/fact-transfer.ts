import type { PlainRow } from "../domain/plain.js";
import { hashCanonicalState } from "../ports/canonical-state.js";
import type { Ids } from "../ports/ids.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ImportFile } from "../ports/services.js";
import { FACT_TABLES, factPages } from "../ports/tables.js";
import type { ExportedRows, TransferReport, TransferService } from "../ports/transfer.js";
import { FIRST_LINE, factLine, factsIn, lastLine, linesOf } from "./export-file.js";
import { FactWriter, type TransferTarget } from "./fact-writer.js";
import { plainRowsOf } from "./plain-rows.js";

/** Carries the facts of one store out and in, page by page. */
export class FactTransfer implements TransferService {
  constructor(
    private readonly books: TransferTarget,
    private readonly ids: Ids,
  ) {}

  async exportFacts(write: (text: string) => Promise<void>): Promise<TransferReport> {
    return this.books.store.read(async (repos) => {
      await write(`${FIRST_LINE}\n`);
      const { rows, sha256 } = await this.#writeFacts(repos, write);
      const { hash: state } = await hashCanonicalState(repos, this.ids.digest());
      await write(`${lastLine({ rows, sha256, state })}\n`);
      return { rows, state };
    });
  }

  async #writeFacts(repos: ReadRepositories, write: (text: string) => Promise<void>) {
    const digest = this.ids.digest();
    let rows = 0;
    for (const table of FACT_TABLES) {
      for await (const page of factPages(repos.tables, table)) {
        const text = page.map((row) => `${factLine(table, row)}\n`).join("");
        digest.update(text);
        await write(text);
        rows += page.length;
      }
    }
    return { rows, sha256: digest.hex() };
  }

  async importFacts(file: ImportFile): Promise<TransferReport> {
    const writer = new FactWriter(this.books, this.ids);
    await writer.requireEmpty();
    const state = await this.#check(file);
    for await (const fact of this.#facts(file)) await writer.add(fact);
    await writer.finish(state);
    return { rows: writer.rows, state };
  }

  /** Reads the whole file before the first write; tells the state that it must make. */
  async #check(file: ImportFile): Promise<string> {
    const facts = this.#facts(file);
    for (;;) {
      const step = await facts.next();
      if (step.done) return step.value.state;
    }
  }

  #facts(file: ImportFile) {
    return factsIn(linesOf(file.open()), file.name, this.ids.digest());
  }

  async exportRows(
    kind: ExportedRows,
    write: (rows: readonly PlainRow[]) => Promise<void>,
  ): Promise<void> {
    await this.books.store.read(async (repos) => {
      for await (const rows of plainRowsOf(kind, repos)) await write(rows);
    });
  }
}
