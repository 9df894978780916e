import type { AccountId } from "../../src/domain/ids.js";
import type { Instant } from "../../src/domain/instant.js";
import type { ReadRepositories } from "../../src/ports/repositories.js";
import type { Store } from "../../src/ports/store.js";

const ALL = 100_000;

/** Every row of a store that its repositories show, as one comparable value. */
export async function wholeStore(store: Store): Promise<unknown> {
  return store.read(async (repos) => {
    const accounts = await repos.accounts.list();
    const books: unknown[] = [];
    for (const { accountId } of accounts) books.push(await rowsOf(accountId, repos));
    return {
      accounts,
      books,
      contracts: await repos.contracts.list(),
      products: await repos.contracts.products(),
      quarantine: await repos.quarantine.list(true, ALL),
    };
  });
}

async function rowsOf(accountId: AccountId, repos: ReadRepositories): Promise<unknown> {
  const query = { accountId };
  const orders = await repos.orders.page(accountId, null, ALL);
  const fills = await repos.fills.page(accountId, null, ALL);
  const histories: unknown[] = [];
  for (const order of orders) histories.push(await repos.orders.events(accountId, order.orderId));
  const versions: unknown[] = [];
  for (const { fillId, standIn } of fills) {
    versions.push(await repos.fills.versions(accountId, fillId, standIn));
  }
  return {
    orders,
    fills,
    histories,
    versions,
    lots: await repos.lots.list(accountId),
    matches: await repos.matches.list(query),
    trades: await repos.trades.list(query),
    open: await repos.positions.list(query, "open"),
    closed: await repos.positions.list(query, "closed"),
    days: await repos.days.list(accountId),
    cash: await repos.cash.list(query),
    adoptions: await repos.adoptions.list(accountId),
    closings: await repos.closings.list(accountId, null),
    snapshots: await repos.snapshots.list(query),
    held: await repos.positionSnapshots.list(query),
    marks: await repos.marks.ofAccount(accountId, 0 as Instant, null, ALL),
    rules: await repos.compliance.rules(accountId),
    found: await repos.compliance.log(query),
    judged: await repos.compliance.days(accountId),
    outbox: await repos.outbox.after(accountId, 0, ALL),
  };
}
