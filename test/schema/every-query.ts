import type { AccountId, ContractId, FillKey, OrderId } from "../../src/domain/ids.js";
import type { Instant } from "../../src/domain/instant.js";
import type { Money } from "../../src/domain/money.js";
import { RESULT_LEVELS } from "../../src/domain/performance/result.js";
import type { Position } from "../../src/domain/position.js";
import type { Trade } from "../../src/domain/trade.js";
import type { WrittenQuery } from "../../src/ports/performance-repositories.js";
import type { Repositories } from "../../src/ports/repositories.js";
import type { RowQuery } from "../../src/ports/row-query.js";
import { DERIVED_TABLES, FACT_TABLES, type TableName } from "../../src/ports/tables.js";
import { TRADE_OUTCOMES, TRADE_RANKS } from "../../src/ports/trade-query.js";

/** Something to ask for: rows of the filled books. */
export interface Subject {
  readonly accountId: AccountId;
  readonly contractId: ContractId;
  readonly orderId: OrderId;
  readonly at: Instant;
}

/** Calls every repository method, with each combination of options that changes its SQL. */
export async function sendEveryQuery(repos: Repositories, subject: Subject): Promise<void> {
  await queryFacts(repos, subject);
  await queryDerived(repos, subject);
  await queryBookkeeping(repos, subject);
  await queryTables(repos, subject);
  await queryBroker(repos, subject);
  await queryAccount(repos, subject);
  await writeAccount(repos, subject);
  await queryCompliance(repos, subject);
  await writeFacts(repos, subject);
  await writeDerived(repos, subject);
  await writeCompliance(repos, subject);
}

function rowQueries({ accountId, contractId, at }: Subject): readonly RowQuery[] {
  const all = { accountId };
  const filters = { contractIds: [contractId], strategy: "trend", from: at, to: at };
  return [
    all,
    { ...all, newest: 50 },
    { ...all, contractIds: [contractId] },
    { ...all, contractIds: [contractId], newest: 50 },
    { ...all, strategy: "trend" },
    { ...all, strategy: "trend", newest: 50 },
    { ...all, from: at, to: at },
    { ...all, from: at, newest: 50 },
    { ...all, ...filters },
    { ...all, ...filters, newest: 50 },
  ];
}

/** A page before a place, and one after it, as an account's own rows and another account's ask for it. */
function pageQueries(
  { accountId, contractId }: Subject,
  key: readonly (number | string)[],
): readonly RowQuery[] {
  const filters = { contractIds: [contractId], strategy: "trend" };
  return [{ accountId }, { accountId, ...filters }].flatMap((query) => [
    { ...query, oldest: 50 },
    { ...query, newest: 50, before: { key, inclusive: false } },
    { ...query, oldest: 50, after: { key, inclusive: false } },
    { ...query, newest: 50, before: { key, inclusive: true } },
    { ...query, oldest: 50, after: { key, inclusive: true } },
  ]);
}

async function queryFacts({ orders, fills }: Repositories, subject: Subject): Promise<void> {
  const { accountId, contractId, orderId, at } = subject;
  for (const query of rowQueries(subject)) {
    await orders.list(query);
    await fills.list(query);
    await fills.list(query, true);
  }
  for (const query of pageQueries(subject, [at, "11"])) {
    await orders.list(query);
    await fills.list(query);
    await fills.list(query, true);
  }
  const [fill] = await fills.ofOrder(accountId, orderId);
  if (fill === undefined) throw new Error("the subject's order has no fills");
  await orders.get(accountId, orderId);
  await orders.page(accountId, null, 500);
  await orders.page(accountId, orderId, 500);
  await orders.events(accountId, orderId);
  await orders.withMissingFills(accountId, 1_000);
  await orders.working(accountId);
  await orders.entry(accountId, orderId);
  await fills.get(accountId, fill.fillId, false);
  await fills.versions(accountId, fill.fillId, false);
  await fills.page(accountId, null, 500);
  await fills.page(accountId, fill, 500);
  await fills.contracts(accountId);
  await fills.unmatched(accountId, 500);
  await fills.countUnmatched(accountId);
  const place = { executedAt: at, fillKey: fill.fillKey };
  for (const range of [{}, { from: place }, { after: place }, { before: place }]) {
    await fills.executions({ accountId, contractId, limit: 500, ...range });
  }
  await fills.executions({ accountId, contractId, limit: 500, from: place, before: place });
}

async function queryDerived(repos: Repositories, subject: Subject): Promise<void> {
  const { lots, matches, trades, positions, days } = repos;
  const { accountId, contractId } = subject;
  for (const query of rowQueries(subject)) {
    await matches.list(query);
    await trades.list(query);
    for (const status of ["open", "closed"] satisfies Position["status"][]) {
      await positions.list(query, status);
    }
  }
  await querySums(repos, subject);
  const trade = first(await trades.list({ accountId }));
  await trades.ofEntry(accountId, trade.entryOrderId);
  await positions.ofEntry(accountId, trade.entryOrderId);
  await queryPages(repos, subject, trade);
  const { positionId, entryOrderId, exitOrderId } = trade;
  const place = { executedAt: trade.exitTimestamp, fillKey: trade.exitFillKey };
  await lots.of(accountId, contractId);
  await lots.list(accountId);
  await matches.ofPosition(accountId, positionId);
  await matches.ofTrade(accountId, positionId, entryOrderId, exitOrderId);
  await matches.ofExit(accountId, place);
  await matches.lastBefore(accountId, positionId, place);
  await matches.count(accountId);
  await trades.get(accountId, trade.tradeId);
  await trades.ofPosition(accountId, positionId);
  await trades.count(accountId);
  await repos.made.count(accountId, "synthetic");
  await repos.made.places(accountId, "synthetic");
  await positions.get(accountId, positionId);
  await positions.lastOpened(accountId, contractId, null);
  await positions.lastOpened(accountId, contractId, place);
  await positions.count(accountId);
  const day = first(await days.list(accountId)).tradingDay;
  await days.get(accountId, day);
  await days.from(accountId, day);
  await days.nets([accountId], null);
  await days.nets([accountId], day);
}

async function queryCompliance({ compliance }: Repositories, { accountId, at }: Subject) {
  const day = first(await compliance.days(accountId));
  await compliance.rules(accountId);
  await compliance.day(accountId, null);
  await compliance.day(accountId, day.tradingDay);
  const ranges = [{}, { newest: 50 }, { from: at, to: at }, { from: at, newest: 50 }];
  for (const range of ranges) {
    await compliance.log({ accountId, ...range });
    await compliance.log({ accountId, ...range, severity: "violation" });
  }
  await compliance.logFrom(accountId, day.tradingDay);
  const entry = first(await compliance.log({ accountId }));
  await compliance.entry(accountId, entry.eventKey);
  await compliance.locks(accountId, 0 as Instant);
  await compliance.lifts(accountId);
}

async function writeCompliance({ compliance }: Repositories, { accountId }: Subject) {
  await compliance.addRules(first(await compliance.rules(accountId)));
  const day = first(await compliance.days(accountId));
  await compliance.saveDay(day);
  await compliance.clearDays(accountId, day.tradingDay);
  await compliance.clearDays(accountId, null);
  const entry = first(await compliance.log({ accountId }));
  await compliance.append({ ...entry, eventKey: "another" });
}

async function querySums(
  { sums, results, annotations }: Repositories,
  subject: Subject,
): Promise<void> {
  const { accountId, contractId, at } = subject;
  const range = { accountId, level: "trade", family: "style", span: "day" } as const;
  await sums.byBucket({ ...range, first: "2026-01-01", last: "2026-12-31" });
  await sums.list({ ...range, first: "2026-01-01", last: "2026-12-31" });
  const days = { accountIds: [accountId], level: "trade", first: "", last: "2026-12-31" } as const;
  for (const query of [
    { ...days, family: "day", buckets: null },
    { ...days, family: "style", buckets: ["LONG|1m"] },
  ] as const) {
    await sums.byDay(query);
    await sums.netsByDay(query);
  }
  await sums.newestDay(accountId);
  await sums.all(accountId);
  for (const level of ["match", "trade", "position"] as const) {
    const filters = {
      contractIds: [contractId],
      strategies: ["trend", null],
      sides: ["LONG"],
    } as const;
    await results.list({ accountId, level });
    await results.list({ accountId, level, newest: 50 });
    await results.list({ accountId, level, from: at, to: at, ...filters });
    await results.list({ accountId, level, strategies: [null] });
    await results.columns({ accountId, level }, ["netPnl", "entryOrderType"]);
    await results.columns({ accountId, level, from: at, to: at, ...filters }, ["mae"]);
    await results.columns({ accountId, level, exits: [at] }, ["exitFillKey"]);
  }
  await queryWritten(results, subject);
  await annotations.places(accountId);
  await annotations.places(accountId, ["11" as OrderId]);
  const { target, targetId } = first(await annotations.list(accountId));
  await annotations.get(accountId, target, targetId);
}

const PLACES = {
  orders: ["11" as OrderId],
  fills: [{ fillKey: "003103" as FillKey, orderId: "12" as OrderId }],
};

/** What closed rows are narrowed down by: what was written, and planned risk. */
const WRITTEN: WrittenQuery = {
  written: [PLACES],
  risk: { min: 1 as Money, max: 1_000_000_000 as Money },
};

async function queryWritten(
  results: Repositories["results"],
  { accountId }: Subject,
): Promise<void> {
  for (const level of RESULT_LEVELS) {
    await results.columns({ accountId, level, ...WRITTEN }, ["netPnl", "plannedRisk"]);
    await results.list({ accountId, level, newest: 50, ...WRITTEN });
  }
}

/** Planned risks of what an order entered, as they are kept. */
async function keepRisks(
  { results, orders, positions }: Repositories,
  accountId: AccountId,
): Promise<void> {
  const { entryOrderId } = first(await positions.list({ accountId, newest: 1 }, "closed"));
  await orders.protectedBy(accountId, entryOrderId);
  const rows = await results.ofEntry(accountId, entryOrderId);
  for (const row of rows) await results.setPlannedRisk(accountId, row, row.plannedRisk);
}

async function queryPages(repos: Repositories, subject: Subject, trade: Trade): Promise<void> {
  const { exitTimestamp, exitFillKey, entryTimestamp, entryFillKey } = trade;
  const place = [exitTimestamp, exitFillKey, entryTimestamp, entryFillKey];
  const written = WRITTEN;
  const written50 = { accountId: subject.accountId, newest: 50, ...written };
  await repos.matches.list(written50);
  await repos.trades.list(written50);
  await repos.positions.list(written50, "closed");
  for (const query of pageQueries(subject, place)) {
    await repos.matches.list(query);
    await repos.trades.list(query);
    await repos.positions.list(query, "closed");
    for (const outcome of TRADE_OUTCOMES) {
      await repos.trades.list({ ...query, side: "LONG", outcome });
    }
  }
  for (const rank of TRADE_RANKS.filter((name) => name !== "exitTimestamp")) {
    for (const query of pageQueries(subject, [trade[rank], ...place])) {
      await repos.trades.list({ ...query, rank });
    }
  }
}

async function queryBookkeeping(repos: Repositories, subject: Subject): Promise<void> {
  const { accounts, contracts, quarantine, outbox, fees } = repos;
  const { accountId, contractId, at } = subject;
  const account = first(await accounts.list());
  await accounts.get(accountId);
  await accounts.named("Combine");
  await accounts.insert(account);
  const contract = await contracts.get(contractId);
  await contracts.insert(contract ?? first(await contracts.list()));
  await contracts.list();
  await contracts.products();
  await contracts.insertProduct({
    root: "ZZT",
    code: "ZZT",
    exchange: "TEST",
    name: "A product of a test",
    tickSize: first(await contracts.list()).tickSize,
    pointValue: first(await contracts.list()).pointValue,
    dated: true,
  });
  await quarantine.list(false, 100);
  const entry = first(await quarantine.list(true, 100));
  await quarantine.get(entry.quarantineId);
  await quarantine.countWaiting();
  await quarantine.put(entry);
  await quarantine.setStatus(entry.quarantineId, "waiting");
  await fees.account(accountId);
  await fees.accounts();
  await fees.entries();
  await fees.entries("topstepx");
  await fees.save(first(await fees.entries()));
  await fees.use(accountId, "topstepx");
  await fees.use(accountId, null);
  await outbox.accounts();
  await outbox.last(accountId);
  await outbox.last(accountId, at);
  const event = first(await outbox.after(accountId, 0, 100));
  // So many that old events are looked for.
  await outbox.append(accountId, Array(1_000).fill(event), at);
  await outbox.advance("a consumer", accountId, 1);
  await outbox.cursor("a consumer", accountId);
}

/** Places as each table has them: a key is told by any row. */
async function queryTables({ tables }: Repositories, subject: Subject): Promise<void> {
  const { accountId, contractId, at } = subject;
  const byKey: Readonly<Partial<Record<TableName, readonly (string | number)[]>>> = {
    accounts: [accountId],
    products: ["ZZ"],
    contracts: [contractId],
    orders: [accountId, at, "11"],
    order_intents: [accountId, "tag"],
    fills: [accountId, at, "003101"],
    account_snapshots: [accountId, at, "manual"],
    account_rules: [accountId, "2026-08-03", 1],
    compliance_state: [accountId, "2026-08-03"],
    annotations: [accountId, "order", "11"],
    result_sums: [accountId, "trade", "style", "day", "2026-08-03", "b"],
    fee_schedule: ["key"],
    account_fees: [accountId],
    cash_movements: [accountId, at, "m"],
    account_adoptions: [accountId, 1],
    day_closings: [accountId, "2026-08-03"],
    position_snapshots: [accountId, at, "p"],
    marks: [accountId, at, contractId, 1],
    position_explanations: [accountId, contractId, at],
    sync_cursors: [accountId],
    sync_runs: [accountId, at, "run"],
    open_lots: [accountId, contractId, "003101"],
    matches: [accountId, at, "003101", at, "003101"],
    trades: [accountId, at, "003101", at, "003101"],
    positions: [accountId, contractId, at, "003101"],
    daily_performance: [accountId, "2026-08-03"],
  };
  for (const table of [...FACT_TABLES, ...DERIVED_TABLES]) {
    await tables.page(table, null);
    await tables.page(table, byKey[table] ?? [1]);
  }
  const account = first((await tables.page("accounts", null)).rows);
  await tables.insert("accounts", [{ ...account, accountId: "another" }]);
}

async function queryBroker(repos: Repositories, subject: Subject): Promise<void> {
  const { contracts, orders, marks, intents, explanations, sync } = repos;
  const { accountId, contractId, at } = subject;
  await orders.tagged(accountId, "bot-strategy-trend-1");
  await orders.taggedEither(accountId, "bot-strategy-trend-1-SL", "bot-strategy-trend-1-TP");
  await orders.children(accountId, subject.orderId);
  await contracts.setLastTradingDay(contractId, null);
  await marks.ofContract(accountId, contractId, at, null);
  await marks.ofContract(accountId, contractId, at, at);
  await marks.newest(accountId, contractId);
  await marks.ofAccount(accountId, at, null, 100);
  await marks.ofAccount(accountId, at, at, 100);
  const mark = first(await marks.page(accountId, null, 100));
  await marks.page(accountId, mark, 100);
  await marks.insert(accountId, mark);
  const intent = first(await intents.list(accountId));
  await intents.list(accountId, 5);
  await intents.open(accountId);
  await intents.unheard(accountId, at);
  await intents.get(accountId, intent.customTag);
  await intents.insert(intent);
  await intents.settle(intent);
  const explanation = first(await explanations.list(accountId));
  await explanations.missing(accountId, contractId);
  await explanations.save(explanation);
  await sync.cursor(accountId);
  await sync.setCursor(accountId, at);
  await sync.saveRun(first(await sync.runs(accountId, 5)));
  const difference = first(await sync.differences(accountId, true, 5));
  await sync.differences(accountId, false, 5);
  await sync.difference(accountId, difference.differenceId);
  await sync.putDifference(difference);
  await sync.healDifference(accountId, difference.differenceId, "gone", at);
}

async function queryAccount(repos: Repositories, subject: Subject): Promise<void> {
  const { cash, adoptions, closings, snapshots, positionSnapshots } = repos;
  const { accountId, at } = subject;
  for (const { strategy: _, contractIds, ...query } of rowQueries(subject)) {
    await cash.list(query);
    await positionSnapshots.list({ ...query, ...(contractIds && { contractIds }) });
    for (const type of ["eod", "manual"] as const) {
      await snapshots.list({ ...query, type });
      await snapshots.list({ ...query, type, epoch: 0 });
    }
    await snapshots.list(query);
  }
  await cash.resets(accountId);
  await cash.entries([accountId], null);
  await cash.entries([accountId], at);
  await cash.get(accountId, first(await cash.list({ accountId })).movementId);
  await adoptions.current(accountId);
  await adoptions.instant(accountId);
  await adoptions.openings([accountId]);
  await adoptions.list(accountId);
  const { tradingDay: day } = first(await closings.list(accountId, null));
  await closings.list(accountId, day);
  await closings.get(accountId, day);
  await closings.last(accountId);
  await snapshots.get(accountId, at, "eod");
  await snapshots.lastEods(accountId);
  await snapshots.eodUpTo(accountId, at);
  await snapshots.lastReport(accountId);
  await snapshots.lastWord(accountId, at);
}

async function writeAccount(repos: Repositories, { accountId }: Subject): Promise<void> {
  const { cash, adoptions, closings, snapshots, positionSnapshots } = repos;
  const movement = first(await cash.list({ accountId }));
  await cash.insert({ ...movement, movementId: "another" });
  await cash.void(movement);
  const adoption = first(await adoptions.list("A2" as AccountId));
  await adoptions.insert({ ...adoption, accountId });
  await closings.insert(first(await closings.list(accountId, null)));
  const snapshot = first(await snapshots.list({ accountId }));
  await snapshots.save(snapshot);
  await snapshots.move(snapshot);
  await snapshots.remove(accountId, snapshot.at, snapshot.type);
  await snapshots.clearEods(accountId);
  const held = first(await positionSnapshots.list({ accountId }));
  await positionSnapshots.save(held);
  await positionSnapshots.remove(accountId, held.at, held.positionId);
  await positionSnapshots.clear(accountId);
}

async function writeFacts({ orders, fills }: Repositories, subject: Subject): Promise<void> {
  const { accountId, orderId } = subject;
  const order = first(await orders.list({ accountId }));
  // Another order, and another fill of it: ids and keys only have to be new.
  const other = { ...order, orderId: "another" as OrderId };
  await orders.insert(other);
  await orders.update(other);
  await orders.updateFromFills(other);
  await orders.addEvent(first(await orders.events(accountId, orderId)));
  const fill = first(await fills.ofOrder(accountId, orderId));
  await fills.insert({ ...fill, orderId: other.orderId, standIn: true });
  await fills.update(fill);
  await fills.remove({ ...fill, orderId: other.orderId, standIn: true });
  await orders.remove(accountId, other.orderId);
  const version = (await fills.versions(accountId, fill.fillId, fill.standIn)).at(0);
  const { revision, source } = fill;
  await fills.addVersion(
    version ?? {
      accountId,
      fillId: fill.fillId,
      standIn: fill.standIn,
      revision,
      kind: "void",
      reason: null,
      source,
      content: {},
    },
  );
}

async function writeDerived(repos: Repositories, subject: Subject): Promise<void> {
  const { lots, matches, trades, positions, days, sums, annotations } = repos;
  const { accountId, contractId } = subject;
  await keepRisks(repos, accountId);
  const match = first(await matches.list({ accountId }));
  await matches.remove(match);
  await matches.insert(match, null);
  const trade = first(await trades.list({ accountId }));
  await trades.remove(accountId, trade.tradeId);
  await trades.save(trade, null);
  const position = first(await positions.list({ accountId }, "closed"));
  await positions.remove(accountId, position.positionId);
  await positions.insert(position, null);
  await positions.update(position, null);
  await positions.prices(accountId);
  await positions.mark(accountId, {
    positionId: position.positionId,
    currentPrice: position.entryPrice,
    unrealizedPnl: position.netPnl,
    markedAt: position.openedAt,
  });
  await positions.setBrokerId(accountId, position.positionId, "825");
  await positions.observe(accountId, first(await positions.observed(accountId)));
  await positions.replace(position, null);
  await positions.setStrategy(accountId, trade.entryOrderId, "trend");
  const lot = first(await lots.of(accountId, contractId));
  await lots.save(accountId, contractId, lot);
  await lots.remove(accountId, contractId, lot.execution.fillKey);
  const day = first(await days.list(accountId));
  await days.remove(accountId, day.tradingDay);
  await days.insert(day);
  await days.update(day);
  const sum = first(await sums.all(accountId));
  await sums.add(sum);
  await sums.prune(sum);
  await sums.removeFrom(accountId, "month", "2026-08");
  const annotation = first(await annotations.list(accountId));
  await annotations.save(annotation);
  await annotations.remove(accountId, annotation.target, annotation.targetId);
  const all = [lots, matches, trades, positions, days, sums];
  for (const derived of all) await derived.clear(accountId);
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("the filled books have no such row");
  return row;
}

/** Repositories that write down which of their methods are called, as `orders.get`. */
export function watched(repos: Repositories, called: Set<string>): Repositories {
  const entries = Object.entries(repos).map(([name, repository]) => [
    name,
    new Proxy(repository, {
      get(target, method) {
        called.add(`${name}.${String(method)}`);
        const found: unknown = Reflect.get(target, method);
        return typeof found === "function" ? found.bind(target) : found;
      },
    }),
  ]);
  // The same names and repositories, each behind a proxy of itself.
  return Object.fromEntries(entries) as Repositories;
}

/** Every method that the repositories have. */
export function methodsOf(repos: Repositories): readonly string[] {
  return Object.entries(repos).flatMap(([name, repository]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(repository))
      .filter((method) => method !== "constructor")
      .map((method) => `${name}.${method}`),
  );
}
