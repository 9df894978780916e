import { inject, injectable } from "tsyringe";
import type { AccountId, ContractId } from "../domain/ids.js";
import { parseInstant } from "../domain/instant.js";
import { formatMoney, formatPrice, parseAverage, parseMoney } from "../domain/money.js";
import { netQuantityOf } from "../domain/position.js";
import type { FoundDifference } from "../domain/reconciliation.js";
import { AccountService } from "../ports/account-service.js";
import type { BrokerPosition } from "../ports/broker.js";
import type { BrokerAccount } from "../ports/broker-client.js";
import { Clock } from "../ports/clock.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { ContractBook } from "./contract-book.js";
import { PositionExplainer, type UnexplainedPosition } from "./position-explainer.js";
import { WriterFactory } from "./writer-factory.js";

/** A position that the broker and the books see differently. */
export interface PositionDifference extends UnexplainedPosition {
  readonly symbol: string;
}

/** A cent: smaller differences are rounding of the broker's. */
const CENT = 10_000;

/** Compares what is held and what the account is worth with the broker's word. */
@injectable()
export class StateComparison {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(PositionExplainer) private readonly explainer: PositionExplainer,
    @inject(WriterFactory) private readonly writers: WriterFactory,
  ) {}

  /** Contracts whose net quantity differs, by symbol. */
  async positions(
    accountId: AccountId,
    told: readonly BrokerPosition[],
  ): Promise<readonly PositionDifference[]> {
    const theirs = await this.#told(accountId, told);
    const ours = await this.store.read((repos) => openQuantities(accountId, repos));
    const differences: PositionDifference[] = [];
    for (const contractId of new Set([...theirs.keys(), ...ours.keys()])) {
      const their = theirs.get(contractId);
      const our = ours.get(contractId);
      if ((their?.theirs ?? 0) === (our?.quantity ?? 0)) continue;
      const symbol = their?.symbol ?? our?.symbol ?? contractId;
      differences.push({
        ...(their ?? this.#flat(accountId, contractId)),
        symbol,
        ours: our?.quantity ?? 0,
      });
    }
    return differences.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  }

  #flat(accountId: AccountId, contractId: ContractId): Omit<PositionDifference, "symbol" | "ours"> {
    const asOf = this.clock.now();
    const nothing = { price: parseAverage(0, "price"), openedAt: asOf };
    return { accountId, contractId, theirs: 0, asOf, ...nothing };
  }

  async #told(
    accountId: AccountId,
    told: readonly BrokerPosition[],
  ): Promise<ReadonlyMap<ContractId, Omit<PositionDifference, "ours">>> {
    const asOf = this.clock.now();
    const theirs = new Map<ContractId, Omit<PositionDifference, "ours">>();
    for (const row of told) {
      const openedAt = parseInstant(row.openedAt, "opening time");
      const { contractId, symbol } = await this.contracts.resolve(row.contract, openedAt);
      theirs.set(contractId, {
        accountId,
        contractId,
        symbol,
        theirs: row.side === "LONG" ? row.quantity : -row.quantity,
        price: parseAverage(row.averagePrice, "average price"),
        openedAt,
        asOf,
      });
    }
    return theirs;
  }

  /**
   * Explains a position by a synthetic fill at the broker's average price. What the broker closed and we did not
   * has no such price, and is left for a person.
   */
  async explain(found: PositionDifference): Promise<FoundDifference> {
    const { accountId, contractId, theirs } = found;
    const healed = await this.store.write(accountId, async (repos) => {
      const position = await repos.positions.lastOpened(accountId, contractId, null);
      const ours = netQuantityOf(position);
      if (ours === theirs) return "explained by a fill that has come meanwhile";
      const writer = this.writers.writer(repos, { keepGoing: false });
      const corrected = await this.#correct({ ...found, ours }, repos);
      if (corrected) {
        writer.add(corrected);
      } else {
        if (theirs === 0 || ours * theirs < 0 || Math.abs(ours) > Math.abs(theirs)) return null;
        const after = Math.max(found.openedAt, position?.lastFillAt ?? 0);
        const openedAt = after as typeof found.openedAt;
        const fact = await this.explainer.explain({ ...found, ours, openedAt }, repos);
        writer.tell(accountId, fact);
      }
      await writer.finish();
      return "explained by a synthetic fill, until real ones come";
    });
    return positionDifference(found, healed);
  }

  /** An explanation that is there already, and is too large or too small by what differs now. */
  async #correct(found: PositionDifference, repos: Repositories) {
    const { accountId, contractId, theirs, ours } = found;
    const [oldest] = await repos.explanations.missing(accountId, contractId);
    if (oldest === undefined) return null;
    return this.explainer.correct(oldest, oldest.missing + theirs - ours, this.clock.now(), repos);
  }

  /** Keeps what the broker says of the account beside the books. */
  async report(accountId: AccountId, told: readonly BrokerAccount[]): Promise<void> {
    const theirs = told.find((account) => account.accountId === accountId);
    if (theirs) await this.accounts.report(accountId, theirs);
  }

  async balance(
    accountId: AccountId,
    told: readonly BrokerAccount[],
  ): Promise<FoundDifference | null> {
    const theirs = told.find((account) => account.accountId === accountId);
    if (theirs === undefined) return null;
    const { balance, totals } = await this.accounts.summary(accountId);
    const broker = parseMoney(theirs.balance, "balance");
    if (Math.abs(broker - balance) < CENT) return null;
    const { unknownCostFills } = totals;
    const remedy =
      unknownCostFills > 0
        ? `the costs of ${unknownCostFills} fills are unknown`
        : "compare starting balance, cash movements and costs";
    const [ours, their] = [formatMoney(balance), formatMoney(broker)];
    return { kind: "balance", subject: accountId, ours, theirs: their, healed: false, remedy };
  }
}

/** @param healed what healed it; null when nothing did */
export function positionDifference(
  found: PositionDifference,
  healed: string | null,
): FoundDifference {
  const { symbol, theirs, ours, price } = found;
  const closed = theirs === 0 || Math.abs(ours) > Math.abs(theirs) || ours * theirs < 0;
  const remedy = closed
    ? "fills that closed it are missing, and their price is unknown: import the broker's history"
    : "reconcile with --apply explains it by a synthetic fill";
  return {
    kind: "position",
    subject: symbol,
    ours: JSON.stringify({ quantity: ours }),
    theirs: JSON.stringify({
      quantity: theirs,
      ...(theirs !== 0 && { averagePrice: formatPrice(price) }),
    }),
    healed: healed !== null,
    remedy: healed ?? remedy,
  };
}

async function openQuantities(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<ReadonlyMap<ContractId, { readonly quantity: number; readonly symbol: string }>> {
  const open = await repos.positions.list({ accountId }, "open");
  return new Map(
    open.map((position) => [
      position.contractId,
      { quantity: netQuantityOf(position), symbol: position.symbol },
    ]),
  );
}
