import type { AccountId } from "../domain/ids.js";
import type { MadeOrigin } from "../domain/made.js";
import type { PlainRow } from "../domain/plain.js";
import { hashCanonicalState } from "../ports/canonical-state.js";
import type { Ids } from "../ports/ids.js";
import { madePositions } from "../ports/made-repositories.js";
import { positionPrices } from "../ports/position-prices.js";
import type { PositionPrice, ReadRepositories } from "../ports/repositories.js";
import type { ImportFile } from "../ports/services.js";
import { FACT_TABLES, factPages, type TableReads, tablesOf } from "../ports/tables.js";
import type {
  ExportedRows,
  ExportWishes,
  TransferReport,
  TransferService,
  TransferWishes,
} from "../ports/transfer.js";
import { FIRST_LINE, factLine, factsIn, type LastLine, lastLine, linesOf } from "./export-file.js";
import { FactWriter, type TransferTarget } from "./fact-writer.js";
import { type Beside, plainRowsOf } from "./plain-rows.js";

/** Carries the facts of one store out and in, page by page. */
export class FactTransfer implements TransferService {
  constructor(
    private readonly books: TransferTarget,
    private readonly ids: Ids,
  ) {}

  async exportFacts(
    write: (text: string) => Promise<void>,
    wishes: ExportWishes = {},
  ): Promise<TransferReport> {
    return this.books.store.read(async (repos) => {
      const tables = asked(repos, wishes);
      await write(`${FIRST_LINE}\n`);
      const { rows, sha256 } = await this.#writeFacts(tables, write, wishes);
      wishes.onProgress?.({ step: "comparing", done: 0, total: null });
      const { hash: state } = await hashCanonicalState({ tables }, this.ids.digest());
      await write(`${lastLine({ rows, sha256, state })}\n`);
      return { rows, state };
    });
  }

  async #writeFacts(
    tables: TableReads,
    write: (text: string) => Promise<void>,
    { onProgress }: TransferWishes,
  ) {
    const digest = this.ids.digest();
    let rows = 0;
    for (const table of FACT_TABLES) {
      for await (const page of factPages(tables, table)) {
        const text = page.map((row) => `${factLine(table, row)}\n`).join("");
        digest.update(text);
        await write(text);
        rows += page.length;
        onProgress?.({ step: "reading", done: rows, total: null });
      }
    }
    return { rows, sha256: digest.hex() };
  }

  async importFacts(file: ImportFile, wishes: TransferWishes = {}): Promise<TransferReport> {
    const writer = new FactWriter(this.books, this.ids, wishes);
    await writer.requireEmpty();
    const { state, rows: total } = await this.#check(file, wishes);
    writer.expect(total);
    for await (const fact of this.#facts(file)) await writer.add(fact);
    await writer.finish(state);
    return { rows: writer.rows, state };
  }

  /** Reads the whole file before the first write; tells what its end says of it. */
  async #check(file: ImportFile, { onProgress }: TransferWishes): Promise<LastLine> {
    const facts = this.#facts(file);
    for (let done = 1; ; done += 1) {
      const step = await facts.next();
      if (step.done) return step.value;
      if (done % TOLD_EVERY === 0) onProgress?.({ step: "reading", done, total: null });
    }
  }

  #facts(file: ImportFile) {
    return factsIn(linesOf(file.open()), file.name, this.ids.digest());
  }

  async exportRows(
    kind: ExportedRows,
    write: (rows: readonly PlainRow[]) => Promise<void>,
    wishes: ExportWishes = {},
  ): Promise<void> {
    await this.books.store.read(async (repos) => {
      let done = 0;
      const beside = await besideIn(repos);
      for await (const rows of plainRowsOf(kind, asked(repos, wishes), beside)) {
        await write(rows);
        done += rows.length;
        wishes.onProgress?.({ step: "reading", done, total: null });
      }
    });
  }
}

/** Lines between two words of progress while a file is checked. */
const TOLD_EVERY = 1_000;

/** Read before the rows: there is little of it. */
async function besideIn(repos: ReadRepositories): Promise<Beside> {
  const made = new Map<AccountId, ReadonlyMap<string, readonly MadeOrigin[]>>();
  const prices = new Map<AccountId, ReadonlyMap<string, PositionPrice>>();
  for (const { accountId } of await repos.accounts.list()) {
    made.set(accountId, await madePositions(accountId, repos));
    prices.set(accountId, await positionPrices(accountId, repos));
  }
  return {
    made: ({ accountId, positionId }) => made.get(accountId)?.get(positionId) ?? [],
    price: ({ accountId, positionId }) => prices.get(accountId)?.get(positionId) ?? null,
  };
}

/** The tables of all accounts, or of the one that was asked for. */
const asked = ({ tables }: ReadRepositories, { accountId }: ExportWishes): TableReads =>
  accountId === undefined ? tables : tablesOf(tables, accountId);
