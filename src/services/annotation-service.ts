import { inject, injectable } from "tsyringe";
import {
  ANNOTATION_TARGETS,
  type Annotation,
  type AnnotationTarget,
  annotationFacts,
  isBlank,
  parseNote,
  parsePlannedRisk,
  parseTags,
} from "../domain/annotation.js";
import { BlotterError, invalid } from "../domain/errors.js";
import { type AccountId, fillId, type OrderId, orderId, show } from "../domain/ids.js";
import { Ids } from "../ports/ids.js";
import type { AnnotationFilter, AnnotationInput, AnnotationService } from "../ports/performance.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { keepRisks } from "./risk-keeper.js";
import { findAccount, RowReader } from "./row-reader.js";

@injectable()
export class StoredAnnotationService implements AnnotationService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Ids) private readonly ids: Ids,
    @inject(RowReader) private readonly rows: RowReader,
  ) {}

  async annotate(input: AnnotationInput): Promise<Annotation | null> {
    const changes = changesOf(input);
    const { accountId } = await this.store.read((repos) => findAccount(repos, input.accountId));
    return this.store.write(accountId, async (repos) => {
      const targetId = await requireTarget(accountId, input, repos);
      const { target } = input;
      const stored = await repos.annotations.get(accountId, target, targetId);
      const blank = { accountId, target, targetId, note: null, tags: [], plannedRisk: null };
      const next: Annotation = { ...blank, ...stored, ...changes, checksum: "" };
      if (isBlank(next)) {
        await repos.annotations.remove(accountId, target, targetId);
        await moveRisks(stored, next, repos);
        return null;
      }
      const checked = { ...next, checksum: this.ids.checksum(annotationFacts(next)) };
      if (stored?.checksum !== checked.checksum) await repos.annotations.save(checked);
      await moveRisks(stored, next, repos);
      return checked;
    });
  }

  async annotations(filter: AnnotationFilter = {}): Promise<readonly Annotation[]> {
    const { target, id, tag } = filter;
    const accounts = await this.rows.accounts(filter.account);
    const wanted = (row: Annotation) =>
      (target === undefined || row.target === target) &&
      (id === undefined || row.targetId === id) &&
      (tag === undefined || row.tags.includes(tag.toLowerCase()));
    return this.store.read(async (repos) => {
      const found: Annotation[] = [];
      for (const { accountId } of accounts) {
        found.push(...(await repos.annotations.list(accountId)).filter(wanted));
      }
      return found;
    });
  }
}

/** Another planned risk is one of all that the order entered, on which or on whose fill it is written. */
async function moveRisks(
  before: Annotation | null,
  { accountId, target, targetId, plannedRisk }: Annotation,
  repos: Repositories,
): Promise<void> {
  if ((before?.plannedRisk ?? null) === plannedRisk) return;
  if (target === "order") return keepRisks(accountId, [orderId(targetId)], repos);
  const orders = new Set<OrderId>();
  for (const standIn of [false, true]) {
    const fill = await repos.fills.get(accountId, fillId(targetId), standIn);
    if (fill) orders.add(fill.orderId);
  }
  await keepRisks(accountId, orders, repos);
}

function changesOf(input: AnnotationInput): Partial<Annotation> {
  const { target, note, tags, plannedRisk } = input;
  if (!ANNOTATION_TARGETS.includes(target)) {
    throw invalid(`a note hangs on an order or a fill, not on ${show(target)}`);
  }
  if (note === undefined && tags === undefined && plannedRisk === undefined) {
    throw invalid("nothing to write: give a note, tags or a planned risk");
  }
  return {
    ...(note !== undefined && { note: note === null ? null : parseNote(note) }),
    ...(tags !== undefined && { tags: parseTags(tags) }),
    ...(plannedRisk !== undefined && {
      plannedRisk: plannedRisk === null ? null : parsePlannedRisk(plannedRisk),
    }),
  };
}

/** The order or fill must be there: a slip of the pen would hang a note on nothing. */
async function requireTarget(
  accountId: AccountId,
  { target, id }: AnnotationInput,
  repos: ReadRepositories,
): Promise<string> {
  const exists: Readonly<Record<AnnotationTarget, () => Promise<boolean>>> = {
    order: async () => (await repos.orders.get(accountId, orderId(id))) !== null,
    fill: async () =>
      (await repos.fills.get(accountId, fillId(id), false)) !== null ||
      (await repos.fills.get(accountId, fillId(id), true)) !== null,
  };
  if (await exists[target]()) return id;
  throw new BlotterError("not_found", `account ${accountId} has no ${target} ${show(id)}`);
}
