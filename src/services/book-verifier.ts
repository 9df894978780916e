import type { Account } from "../domain/account.js";
import { adoptionFacts } from "../domain/adoption.js";
import { cashFacts } from "../domain/cash.js";
import type { Contract } from "../domain/contract.js";
import { DayLedger } from "../domain/daily.js";
import { fillFacts, holdHistory, settleStates } from "../domain/fill.js";
import { type AccountId, type ContractId, type OrderId, tradeName } from "../domain/ids.js";
import { formatInstant } from "../domain/instant.js";
import type { FillPlace, LotQueue, OpenLot } from "../domain/lot.js";
import { type Match, matchKey } from "../domain/match.js";
import { type Order, orderFacts } from "../domain/order.js";
import { applyFills } from "../domain/order-merge.js";
import { withLongerSpans } from "../domain/performance/sum-book.js";
import type { SumRow } from "../domain/performance/sum-row.js";
import {
  addToSums,
  closedPosition,
  NO_SUMS,
  openPosition,
  type Position,
} from "../domain/position.js";
import { type PositionSnapshot, snapshotDay } from "../domain/snapshot.js";
import type { Trade } from "../domain/trade.js";
import type { Ids } from "../ports/ids.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { Difference } from "../ports/services.js";
import type { Store } from "../ports/store.js";
import { requireContract } from "../ports/stored-contract.js";
import { wholeHistory } from "./book-rebuilder.js";
import { foldAll } from "./compliance-fold.js";
import { type MatchDelta, tradeOf } from "./derived-rows.js";
import { endedDays, endOfDayRows, valuedRows } from "./end-of-day-rows.js";
import { EntryOrders } from "./entry-orders.js";
import type { FeeBook } from "./fee-book.js";
import { stepsOf } from "./market-history.js";
import { positionsAt } from "./position-history.js";
import { Pricing } from "./pricing.js";
import { MatchingRun, NOTHING_OPEN } from "./rematch.js";
import { ResultLedger } from "./result-ledger.js";
import { risksOf } from "./risk-keeper.js";

const PAGE = 1_000;

const RESULT_TABLES = { match: "matches", trade: "trades", position: "positions" } as const;

/** Rebuilds an account in memory, position by position, and names every stored row that differs. */
export class BookVerifier {
  constructor(
    private readonly store: Store,
    private readonly ids: Ids,
    private readonly fees: FeeBook,
  ) {}

  async verify(accounts: readonly Account[]): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    for (const { accountId } of accounts) {
      const found = await this.store.read((repos) =>
        new AccountCheck(accountId, this.ids, this.fees, repos).run(),
      );
      for (const difference of found) differences.push(difference);
    }
    return differences;
  }
}

class AccountCheck {
  readonly #found: Difference[] = [];
  readonly #days: DayLedger;
  readonly #sums: ResultLedger;
  readonly #positions = new Set<string>();
  #matchCount = 0;
  #tradeCount = 0;

  constructor(
    private readonly accountId: AccountId,
    private readonly ids: Ids,
    private readonly fees: FeeBook,
    private readonly repos: ReadRepositories,
  ) {
    this.#days = new DayLedger(accountId);
    this.#sums = new ResultLedger(accountId, new EntryOrders(accountId, repos));
  }

  async run(): Promise<readonly Difference[]> {
    await this.#fills();
    await this.#orders();
    for (const contractId of await this.repos.fills.contracts(this.accountId)) {
      await this.#contract(contractId);
    }
    const { accountId } = this;
    const days = await this.repos.days.list(accountId);
    this.#compare("daily_performance", days, this.#days.days(), (day) => day.tradingDay);
    await this.#account();
    await this.#compliance();
    const sums = await this.repos.sums.all(accountId);
    // Books from before there were sums have none until their store is opened to write.
    if (sums.length > 0) {
      this.#compare("result_sums", sums, withLongerSpans(this.#sums.rows), sumKey);
    }
    await this.#strayRows();
    return this.#found;
  }

  /** Cash, adoptions, and what the ends of days should be. */
  async #account(): Promise<void> {
    const { accountId, repos } = this;
    const checksum = (facts: string) => this.ids.checksum(facts);
    const cash = await repos.cash.list({ accountId });
    const rightCash = cash.map((row) => ({ ...row, checksum: checksum(cashFacts(row)) }));
    this.#compare("cash_movements", cash, rightCash, (row) => row.movementId);
    const adoptions = await repos.adoptions.list(accountId);
    const right = adoptions.map((row) => ({ ...row, checksum: checksum(adoptionFacts(row)) }));
    this.#compare("account_adoptions", adoptions, right, (row) => String(row.revision));
    const rows = await endOfDayRows(accountId, null, this.#days.days(), repos);
    const stored = await repos.snapshots.list({ accountId, type: "eod" });
    const held = await positionsAt(accountId, endedDays(rows), repos);
    this.#compare("account_snapshots", stored, valuedRows(rows, held), snapshotDay);
    const storedHeld = await repos.positionSnapshots.list({ accountId });
    const keyOf = (row: PositionSnapshot) => `${formatInstant(row.at)}|${row.positionId}`;
    this.#compare("position_snapshots", storedHeld, held, keyOf);
  }

  async #compliance(): Promise<void> {
    const stored = await this.repos.compliance.days(this.accountId);
    const rebuilt = await foldAll(this.accountId, this.repos);
    this.#compare("compliance_state", stored, rebuilt, (day) => day.tradingDay);
  }

  async #fills(): Promise<void> {
    let after: FillPlace | null = null;
    for (;;) {
      const page = await this.repos.fills.page(this.accountId, after, PAGE);
      for (const fill of page) {
        const modelled = await this.fees.modelled(fill, this.repos);
        const checksum = this.ids.checksum(fillFacts(fill));
        const expected = { ...fill, ...modelled, checksum };
        this.#compare("fills", [fill], [expected], (row) => row.fillId);
      }
      after = page[page.length - 1] ?? null;
      if (page.length < PAGE) return;
    }
  }

  async #orders(): Promise<void> {
    let after: OrderId | null = null;
    for (;;) {
      const page: readonly Order[] = await this.repos.orders.page(this.accountId, after, PAGE);
      for (const order of page) await this.#order(order);
      after = page[page.length - 1]?.orderId ?? null;
      if (page.length < PAGE) return;
    }
  }

  async #order(order: Order): Promise<void> {
    const fills = await this.repos.fills.ofOrder(this.accountId, order.orderId);
    const settled = settleStates(fills.filter((fill) => fill.state !== "unmatched"));
    const adoptedAt = await this.repos.adoptions.instant(this.accountId);
    for (const fill of holdHistory(settled, adoptedAt)) {
      const stored = fills.filter((row) => row.fillKey === fill.fillKey);
      this.#compare("fills", stored, [fill], (row) => row.fillKey);
    }
    const derived = applyFills(order, settled);
    const expected = { ...derived, checksum: this.ids.checksum(orderFacts(derived)) };
    this.#compare("orders", [order], [expected], (row) => row.orderId);
    await this.#risks(order.orderId);
  }

  /** Of all that an order entered. */
  async #risks(orderId: OrderId): Promise<void> {
    for (const { row, risk } of await risksOf(this.accountId, orderId, this.repos)) {
      const expected = { ...row, plannedRisk: risk };
      this.#compare(RESULT_TABLES[row.level], [row], [expected], ({ resultId }) => resultId);
    }
  }

  async #contract(contractId: ContractId): Promise<void> {
    const contract = await requireContract(contractId, this.repos);
    const pricing = new Pricing(this.accountId, contract, this.ids);
    const run = new MatchingRun(NOTHING_OPEN);
    const pending = new Map<string, Match[]>();
    for await (const page of wholeHistory(this.accountId, contractId, this.repos)) {
      for (const { fill, mark } of stepsOf(page)) {
        if (mark) {
          run.see(mark);
          continue;
        }
        run.step(fill);
        this.#days.fill(fill, 1);
      }
      const seen = run.take();
      for (const match of seen.slices.map((slice) => pricing.match(slice))) {
        this.#days.match(match, 1);
        append(pending, match.positionId, match);
      }
      for (const trace of seen.traces.filter((candidate) => candidate.closed)) {
        const position = pricing.identified(trace);
        await this.#position(contract, position, pending, null);
      }
    }
    for (const trace of run.take().traces) {
      await this.#position(contract, pricing.identified(trace), pending, run.queue);
    }
    const lots = await this.repos.lots.of(this.accountId, contractId);
    const keyOf = (lot: OpenLot) => `${contractId}|${lot.execution.fillKey}`;
    this.#compare("open_lots", lots, run.queue.lots, keyOf);
  }

  async #position(
    contract: Contract,
    trace: MatchDelta["positions"][number],
    pending: Map<string, Match[]>,
    queue: LotQueue | null,
  ): Promise<void> {
    const { positionId } = trace;
    const matches = pending.get(positionId) ?? [];
    pending.delete(positionId);
    this.#positions.add(positionId);
    this.#matchCount += matches.length;
    const stored = await this.repos.matches.ofPosition(this.accountId, positionId);
    this.#compare("matches", stored, matches, matchKey);
    const trades = this.#tradesOf(matches, contract);
    this.#tradeCount += trades.length;
    for (const match of matches) await this.#sums.match(match, 1);
    for (const trade of trades) await this.#sums.trade(trade, 1);
    const storedTrades = await this.repos.trades.ofPosition(this.accountId, positionId);
    this.#compare("trades", storedTrades, trades, (trade) => trade.tradeId);
    const row = await this.repos.positions.get(this.accountId, positionId);
    const expected = this.#positionRow(contract, trace, matches, queue);
    await this.#sums.position(expected, 1);
    this.#compare("positions", row ? [row] : [], [expected], (position) => position.positionId);
  }

  #tradesOf(matches: readonly Match[], contract: Contract): readonly Trade[] {
    const groups = new Map<string, Match[]>();
    for (const match of matches) {
      const name = tradeName(match.positionId, match.entryOrderId, match.exitOrderId);
      append(groups, name, match);
    }
    return [...groups].map(([name, group]) => tradeOf(group, this.ids.uuid(name), contract));
  }

  #positionRow(
    contract: Contract,
    trace: MatchDelta["positions"][number],
    matches: readonly Match[],
    queue: LotQueue | null,
  ): Position {
    const { accountId } = this;
    const { executedAt: lastFillAt, fillKey: lastFillKey } = trace;
    const head = { ...trace, accountId, contract, lastFillAt, lastFillKey };
    const sums = matches.reduce((total, match) => addToSums(total, match, 1), NO_SUMS);
    return queue ? openPosition(head, queue, sums) : closedPosition(head, matches, sums);
  }

  /** Rows of positions that the fills know nothing of. */
  async #strayRows(): Promise<void> {
    const { accountId, repos } = this;
    const known = (row: { readonly positionId: string }) => this.#positions.has(row.positionId);
    if ((await repos.matches.count(accountId)) > this.#matchCount) {
      const stray = (await repos.matches.list({ accountId })).filter((row) => !known(row));
      this.#compare("matches", stray, [], matchKey);
    }
    if ((await repos.trades.count(accountId)) > this.#tradeCount) {
      const stray = (await repos.trades.list({ accountId })).filter((row) => !known(row));
      this.#compare("trades", stray, [], (row) => row.tradeId);
    }
    if ((await repos.positions.count(accountId)) > this.#positions.size) {
      const open = await repos.positions.list({ accountId }, "open");
      const closed = await repos.positions.list({ accountId }, "closed");
      const stray = [...open, ...closed].filter((row) => !known(row));
      this.#compare("positions", stray, [], (row) => row.positionId);
    }
    const lots = await repos.lots.list(accountId);
    const contracts = new Set<string>(await repos.fills.contracts(accountId));
    const stray = lots.filter((lot) => !contracts.has(lot.contractId));
    this.#compare("open_lots", stray, [], (lot) => `${lot.contractId}|${lot.execution.fillKey}`);
  }

  #compare<R extends object>(
    table: string,
    stored: readonly R[],
    rebuilt: readonly R[],
    keyOf: (row: R) => string,
  ): void {
    const left = new Map(stored.map((row) => [keyOf(row), stableText(row)]));
    for (const row of rebuilt) {
      const key = keyOf(row);
      const expected = stableText(row);
      const found = left.get(key) ?? null;
      left.delete(key);
      if (found !== expected) this.#note(table, key, found, expected);
    }
    for (const [key, found] of left) this.#note(table, key, found, null);
  }

  #note(table: string, key: string, stored: string | null, rebuilt: string | null): void {
    this.#found.push({ accountId: this.accountId, table, key, stored, rebuilt });
  }
}

function append(groups: Map<string, Match[]>, key: string, match: Match): void {
  const group = groups.get(key);
  if (group) group.push(match);
  else groups.set(key, [match]);
}

const sumKey = ({ level, family, span, period, bucket }: SumRow) =>
  [level, family, span, period, bucket].join(" ");

/** JSON with sorted keys, so that equal rows have equal text. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
