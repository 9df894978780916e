import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import type { SettlementInput } from "../domain/expiry.js";
import { type Fill, type FillInput, parseFill } from "../domain/fill.js";
import { type FillVersion } from "../domain/fill-version.js";
import type { AccountId } from "../domain/ids.js";
import { compareText, fillId as toFillId, orderId as toOrderId } from "../domain/ids.js";
import { parseInstant } from "../domain/instant.js";
import { comparePlaces } from "../domain/lot.js";
import { type Order, type OrderInput } from "../domain/order.js";
import type { OrderIntent, OrderIntentInput } from "../domain/order-intent.js";
import { parseOrder } from "../domain/order-report.js";
import { netQuantityOf } from "../domain/position.js";
import type { StrategyRule } from "../domain/strategy.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import { type SendOrder, type ToldTags } from "../ports/order-submission.js";
import type { OrderEvent, Repositories } from "../ports/repositories.js";
import {
  type FillCorrection,
  type FillOutcome,
  type FillVoid,
  type OrderOutcome,
  type OrderService,
  type RowFilter,
  TradeConsolidator,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { StrategyOfTag } from "../ports/strategy.js";
import { AccountBook } from "./account-book.js";
import { closedByOrder, fillEvents, orderChanged } from "./book-events.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";
import { FactRecorder, type FillFact } from "./fact-recorder.js";
import { joined } from "./fill-changes.js";
import { parseCorrection, voidVersion } from "./fill-tellings.js";
import { OrderRecorder } from "./order-recorder.js";
import { OrderSubmission } from "./order-submission.js";
import { PositionExplainer } from "./position-explainer.js";
import { Quarantine } from "./quarantine.js";
import { findAccount, RowReader } from "./row-reader.js";

/** Each call is one unit of work: the fact, all that follows from it, and the events that tell of it. */
@injectable()
export class BookkeepingOrderService implements OrderService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(StrategyOfTag) private readonly strategyOf: StrategyRule,
    @inject(TradeConsolidator) private readonly consolidator: TradeConsolidator,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(OrderSubmission) private readonly submission: OrderSubmission,
    @inject(OrderRecorder) private readonly orderFacts: OrderRecorder,
    @inject(FactRecorder) private readonly facts: FactRecorder,
    @inject(PositionExplainer) private readonly explainer: PositionExplainer,
    @inject(Quarantine) private readonly quarantine: Quarantine,
    @inject(RowReader) private readonly rows: RowReader,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async recordOrder(input: OrderInput): Promise<OrderOutcome> {
    const accountId = await this.accounts.require(input.accountId);
    const at = parseInstant(input.createdAt, "createdAt");
    const contract = await this.contracts.resolve(input.contract, at);
    const report = { ...parseOrder(input, contract, this.strategyOf), accountId };
    const fact = await this.store.write(accountId, async (repos) => {
      const done = await this.orderFacts.order(report, repos);
      if (done.outcome !== "known") {
        const closed = await closedByOrder(done.before, done.order, repos);
        const events = [done.order, ...done.relatives].map(orderChanged).concat(closed);
        await repos.outbox.append(accountId, events, this.clock.now());
      }
      return done;
    });
    this.doorbell.ring();
    const { outcome, order, refused } = fact;
    return { outcome, order, refused };
  }

  async recordFill(input: FillInput): Promise<FillOutcome> {
    const accountId = await this.accounts.require(input.accountId);
    const at = parseInstant(input.executedAt, "execution time");
    const contract = await this.contracts.resolve(input.contract, at);
    const report = { ...parseFill(input, contract), accountId };
    return this.#book(accountId, input, (repos) => this.facts.fill(report, repos));
  }

  async voidFill(input: FillVoid): Promise<FillOutcome> {
    const accountId = await this.accounts.require(input.accountId);
    return this.#book(accountId, input, async (repos) =>
      this.facts.version(await voidVersion(accountId, input, repos), repos),
    );
  }

  async correctFill(input: FillCorrection): Promise<FillOutcome> {
    const accountId = await this.accounts.require(input.accountId);
    const version = await this.#correction(accountId, input);
    return this.#book(accountId, input, (repos) => this.facts.version(version, repos));
  }

  /** A correction that names no contract is of the contract that the fill has. */
  async #correction(accountId: AccountId, input: FillCorrection): Promise<FillVersion> {
    const at =
      input.executedAt === undefined
        ? this.clock.now()
        : parseInstant(input.executedAt, "execution time");
    const contract =
      input.contract === undefined ? null : await this.contracts.resolve(input.contract, at);
    const version = parseCorrection(accountId, input, contract);
    if (contract !== null || version.content.price === undefined) return version;
    const stored = await this.store.read((repos) =>
      repos.fills.get(accountId, version.fillId, false),
    );
    if (stored === null) return version;
    return parseCorrection(accountId, input, await this.contracts.resolve(stored.contractId, at));
  }

  async #book(
    accountId: AccountId,
    input: FillInput | FillVoid,
    tell: (repos: Repositories) => Promise<FillFact>,
  ): Promise<FillOutcome> {
    const outcome = await this.store.write(accountId, async (repos) => {
      const fact = await tell(repos);
      if (fact.conflict.length > 0) await this.quarantine.conflict(input, fact.conflict, repos);
      return this.#consolidate(accountId, fact, repos);
    });
    this.doorbell.ring();
    return outcome;
  }

  async #consolidate(
    accountId: AccountId,
    fact: FillFact,
    repos: Repositories,
  ): Promise<FillOutcome> {
    const { outcome, fill, conflict, changes } = fact;
    const told = { outcome, fill, conflict };
    if (changes.length === 0) return { ...told, trades: [], removedTrades: [], position: null };
    const settled = await this.explainer.settle(accountId, changes, this.clock.now(), repos);
    const all = settled.length === 0 ? changes : joined(changes, settled);
    const done = [];
    for (const [contract, changed] of await this.contracts.group(all, repos)) {
      done.push(await this.consolidator.consolidate(accountId, contract, changed, repos));
    }
    const events = done.flatMap((consolidation) => fillEvents(fact, consolidation));
    const now = this.clock.now();
    await repos.outbox.append(accountId, events, now);
    await this.compliance.review(accountId, { kind: "fills", changes: all }, repos, now);
    return {
      ...told,
      trades: done.flatMap((consolidation) => consolidation.trades),
      removedTrades: done.flatMap((c) => c.removedTrades.map((trade) => trade.tradeId)),
      position: done[done.length - 1]?.position ?? null,
    };
  }

  submit(input: OrderIntentInput, send: SendOrder): Promise<OrderIntent> {
    return this.submission.submit(input, send);
  }

  settleIntents(account: string, told: ToldTags): Promise<readonly OrderIntent[]> {
    return this.submission.settleTold(account, told);
  }

  async intents(account?: string): Promise<readonly OrderIntent[]> {
    const filter = account === undefined ? {} : { account };
    return this.rows.read(filter, compareIntents, (repos, { accountId }) =>
      repos.intents.list(accountId),
    );
  }

  async settleContract(input: SettlementInput): Promise<FillOutcome> {
    const { accountId: account, contract: name, ...told } = input;
    const accountId = await this.accounts.require(account);
    const at = parseInstant(input.at, "settlement time");
    const contract = await this.contracts.resolve(name, at);
    const { contractId, symbol } = contract;
    const id = `settlement-${symbol}`;
    const open = await this.store.read(async (repos) =>
      netQuantityOf(await repos.positions.lastOpened(accountId, contractId, null)),
    );
    const known = await this.store.read((r) => r.fills.get(accountId, toFillId(id), false));
    if (open === 0 && known === null) throw invalid(`nothing of ${symbol} is open in ${accountId}`);
    const side = known?.side ?? (open > 0 ? "SELL" : "BUY");
    const quantity = known?.quantity ?? Math.abs(open);
    const ids = { accountId, fillId: id, orderId: id, contract: contractId };
    const { price, commission, fee } = told;
    const costs = { commission: commission ?? null, fee: fee ?? null };
    return this.recordFill({
      ...ids,
      side,
      quantity,
      price,
      ...costs,
      executedAt: input.at,
      source: "settlement",
      origin: "settlement",
    });
  }

  async order(account: string, id: string): Promise<Order | null> {
    const orderId = toOrderId(id);
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return repos.orders.get(accountId, orderId);
    });
  }

  async orderEvents(account: string, id: string): Promise<readonly OrderEvent[]> {
    const orderId = toOrderId(id);
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return repos.orders.events(accountId, orderId);
    });
  }

  async orders(filter: RowFilter = {}): Promise<readonly Order[]> {
    return this.rows.read(filter, compareOrders, (repos, query) => repos.orders.list(query));
  }

  async fills(filter: RowFilter = {}, all = false): Promise<readonly Fill[]> {
    return this.rows.read(filter, compareFills, (repos, query) => repos.fills.list(query, all));
  }

  async workingOrders(account?: string): Promise<readonly Order[]> {
    const filter = account === undefined ? {} : { account };
    return this.rows.read(filter, compareOrders, (repos, { accountId }) =>
      repos.orders.working(accountId),
    );
  }

  async ordersWithMissingFills(account?: string): Promise<readonly Order[]> {
    const filter = account === undefined ? {} : { account };
    return this.rows.read(filter, compareOrders, (repos, { accountId }) =>
      repos.orders.withMissingFills(accountId, MOST_FINDINGS),
    );
  }
}

const MOST_FINDINGS = 1_000;

function compareOrders(a: Order, b: Order): number {
  return (
    a.createdAt - b.createdAt ||
    compareText(a.orderId, b.orderId) ||
    compareText(a.accountId, b.accountId)
  );
}

function compareIntents(a: OrderIntent, b: OrderIntent): number {
  return (
    a.createdAt - b.createdAt ||
    compareText(a.customTag, b.customTag) ||
    compareText(a.accountId, b.accountId)
  );
}

function compareFills(a: Fill, b: Fill): number {
  return comparePlaces(a, b) || compareText(a.accountId, b.accountId);
}
