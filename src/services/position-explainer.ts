import { inject, injectable } from "tsyringe";
import { type Fill, type FillReport } from "../domain/fill.js";
import {
  type AccountId,
  type ContractId,
  type FillId,
  fillKey,
  type OrderId,
  fillId as toFillId,
} from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Price } from "../domain/money.js";
import { signedQuantity } from "../domain/position.js";
import type { PositionExplanation } from "../domain/reconciliation.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange } from "../ports/services.js";
import { requireContract } from "../ports/stored-contract.js";
import { FactRecorder, type FillFact } from "./fact-recorder.js";

/** A position of the broker that our fills do not explain. */
export interface UnexplainedPosition {
  readonly accountId: AccountId;
  readonly contractId: ContractId;
  /** Signed contracts of the broker, and of our books. */
  readonly theirs: number;
  readonly ours: number;
  readonly price: Price;
  readonly openedAt: Instant;
  readonly asOf: Instant;
}

/**
 * Explains a position of the broker by a synthetic fill, until its real fills come.
 *
 * The explanation holds for the moment the broker was asked. What is missing there is the broker's position less
 * the fills executed up to then; each real fill that comes late makes it smaller, and the synthetic fill with it,
 * in the same unit of work. When nothing is missing any more, the synthetic fill is gone. So the end does not
 * depend on the order in which the real fills come.
 */
@injectable()
export class PositionExplainer {
  constructor(
    @inject(Ids) private readonly ids: Ids,
    @inject(FactRecorder) private readonly facts: FactRecorder,
  ) {}

  /** Makes the synthetic fill, under an id that is a function of what it explains. */
  async explain(position: UnexplainedPosition, repos: Repositories): Promise<FillFact> {
    const { accountId, contractId, theirs, ours, price, openedAt, asOf } = position;
    const fillId = this.#idOf(["explanation", accountId, contractId, theirs, ours, openedAt]);
    const missing = theirs - ours;
    const explanation = { accountId, contractId, asOf, missing, price, openedAt, fillId };
    await repos.explanations.save({ ...explanation, explainedAt: null });
    return this.facts.fill(await reportOf(explanation, repos), repos);
  }

  #idOf(name: readonly (string | number)[]): FillId {
    return toFillId(`synthetic-${this.ids.checksum(JSON.stringify(name))}`);
  }

  /** What changed fills explain: the synthetic fills that become smaller or go. */
  async settle(
    accountId: AccountId,
    changes: readonly FillChange[],
    now: Instant,
    repos: Repositories,
  ): Promise<readonly FillChange[]> {
    const settled: FillChange[] = [];
    for (const contractId of contractsOf(changes)) {
      const missing = await repos.explanations.missing(accountId, contractId);
      if (missing.length === 0) continue;
      for (const [explanation, explained] of explainedBy(changes, contractId, missing)) {
        const left = explanation.missing - explained;
        for (const change of await this.correct(explanation, left, now, repos))
          settled.push(change);
      }
    }
    return settled;
  }

  /** What is missing is another number of contracts: another synthetic fill stands for it; with 0, none does. */
  async correct(
    before: PositionExplanation,
    missing: number,
    now: Instant,
    repos: Repositories,
  ): Promise<readonly FillChange[]> {
    const { accountId } = before;
    const stored = await repos.fills.get(accountId, before.fillId, false);
    const why = "real fills explain the position";
    const gone = stored ? await this.facts.withdraw(stored, why, repos) : [];
    if (missing === 0) {
      await repos.explanations.save({ ...before, missing, explainedAt: now });
      return gone;
    }
    const fillId = this.#idOf(["explanation", before.fillId, missing]);
    const explanation = { ...before, missing, fillId };
    await repos.explanations.save(explanation);
    const made = await this.facts.fill(await reportOf(explanation, repos), repos);
    return [...gone, ...made.changes];
  }
}

function contractsOf(changes: readonly FillChange[]): ReadonlySet<ContractId> {
  const fills = changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
  return new Set(fills.filter(isReal).map((fill) => fill.contractId));
}

const isReal = (fill: Fill) => fill.origin !== "synthetic";

/** How many signed contracts of each explanation changed fills explain: the first asked after a fill counts it. */
function explainedBy(
  changes: readonly FillChange[],
  contractId: ContractId,
  missing: readonly PositionExplanation[],
): ReadonlyMap<PositionExplanation, number> {
  const explained = new Map<PositionExplanation, number>();
  const add = (fill: Fill | null, times: 1 | -1) => {
    if (fill === null || fill.contractId !== contractId || !isReal(fill)) return;
    const row = missing.find(({ asOf }) => fill.executedAt <= asOf);
    if (row === undefined) return;
    explained.set(row, (explained.get(row) ?? 0) + times * signedQuantity(fill));
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
  return new Map([...explained].filter(([, quantity]) => quantity !== 0));
}

async function reportOf(
  explanation: Omit<PositionExplanation, "explainedAt">,
  repos: Repositories,
): Promise<FillReport> {
  const { accountId, contractId, fillId, missing, price, openedAt } = explanation;
  const { symbol, root } = await requireContract(contractId, repos);
  return {
    accountId,
    fillId,
    fillKey: fillKey(fillId, false),
    orderId: orderOf(fillId),
    symbol,
    contractId,
    root,
    side: missing > 0 ? "BUY" : "SELL",
    quantity: Math.abs(missing),
    price,
    commission: null,
    fee: null,
    executedAt: openedAt,
    revision: 0,
    standIn: false,
    brokerPnl: null,
    source: "reconciliation",
    origin: "synthetic",
    voided: false,
  };
}

/** A synthetic fill is of an order of its own, which has its id. */
function orderOf(fillId: FillId): OrderId {
  return fillId as string as OrderId;
}
