import { BlotterError } from "../domain/errors.js";
import { hashCanonicalState } from "../ports/canonical-state.js";
import type { Digest, Ids } from "../ports/ids.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { OpenedStore, StoreFactory } from "../ports/store-factory.js";
import { FACT_TABLES, factPages } from "../ports/tables.js";
import type { TransferReport, TransferWishes } from "../ports/transfer.js";
import { type Fact, factLine } from "./export-file.js";
import { FactWriter } from "./fact-writer.js";
import { Handoff } from "./handoff.js";

/**
 * Copies one store into another of any kind: the facts as one committed moment had them, and what follows from
 * them made anew. Both are then hashed, facts and canonical state, and must agree. What was only seen of an open
 * position, its newest price and the broker's own id, is not carried: the next price and report tell it.
 * @throws BlotterError `not_found` without a source; `conflict` when the target is not empty; `corrupt` when the
 *   two do not agree
 */
export async function copyStore(
  stores: StoreFactory,
  fromUrl: string,
  toUrl: string,
  ids: Ids,
  wishes: TransferWishes = {},
): Promise<TransferReport> {
  const from = await stores.open(fromUrl, false);
  try {
    const to = await stores.open(toUrl, true);
    try {
      return await copyFacts(from, to, ids, wishes);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function copyFacts(
  from: OpenedStore,
  to: OpenedStore,
  ids: Ids,
  wishes: TransferWishes,
): Promise<TransferReport> {
  const writer = new FactWriter(to, ids, wishes);
  await writer.requireEmpty();
  const facts = new Handoff<readonly Fact[]>();
  const reading = from.store.read((repos) => read(repos, facts, ids)).finally(() => facts.end());
  // Whoever fails first stops the other.
  reading.catch((error: unknown) => facts.fail(error));
  try {
    for await (const page of facts.taken()) for (const fact of page) await writer.add(fact);
  } catch (error) {
    facts.fail(error);
    await reading.catch(() => undefined);
    throw error;
  }
  const left = await reading;
  await writer.finish(left.state);
  const digest = ids.digest();
  await to.store.read((repos) => eachFact(repos, digest, async () => undefined));
  if (digest.hex() !== left.facts) {
    throw new BlotterError("corrupt", "the facts that arrived differ from those that were sent");
  }
  return { rows: writer.rows, state: left.state };
}

async function read(repos: ReadRepositories, facts: Handoff<readonly Fact[]>, ids: Ids) {
  const digest = ids.digest();
  await eachFact(repos, digest, (page) => facts.put(page));
  const { hash: state } = await hashCanonicalState(repos, ids.digest());
  return { facts: digest.hex(), state };
}

async function eachFact(
  repos: ReadRepositories,
  digest: Digest,
  take: (page: readonly Fact[]) => Promise<void>,
): Promise<void> {
  for (const table of FACT_TABLES) {
    for await (const page of factPages(repos.tables, table)) {
      for (const row of page) digest.update(`${factLine(table, row)}\n`);
      await take(page.map((row) => ({ table, row })));
    }
  }
}
