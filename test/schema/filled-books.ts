import { type AccountId, fillId } from "../../src/domain/ids.js";
import { parseInstant } from "../../src/domain/instant.js";
import { parsePrice } from "../../src/domain/money.js";
import type { OrderInput } from "../../src/domain/order.js";
import type { Blotter } from "../../src/index.js";

/**
 * Two accounts with something in every table that Blotter writes: brackets, partial fills, a
 * reversal, a scale-out, a void, a correction, a stand-in that gave way, a placeholder order, a
 * contradiction in quarantine, fills with and without known costs, some also modelled. Each account ends with an open
 * position. Something is written on an order and on a fill.
 */
export async function fillBooks(blotter: Blotter): Promise<void> {
  await blotter.accounts.open({ accountId: "A1", accountName: "Combine", startingBalance: 50_000 });
  await blotter.accounts.open({ accountId: "A2", accountType: "practice", startingBalance: "0.5" });
  // Under rules that every fill of theirs breaks; one lock is lifted, and one finding restated.
  await blotter.rules.set("A1", { name: "strict", document: STRICT_RULES });
  await recordOrders(blotter);
  await recordFills(blotter);
  const { orders } = blotter;
  await recordBroker(blotter);
  await orders.correctFill({ accountId: "A1", fillId: "102", revision: 1, price: 21_001.75 });
  await orders.voidFill({ accountId: "A1", fillId: "105", reason: "busted" });
  await orders.voidFill({ accountId: "A1", fillId: "199" });
  await blotter.fees.use("A1", "topstepx");
  await blotter.fees.set({
    broker: "topstepx",
    root: "MNQ",
    account: "A1",
    validFrom: "2026-08-01",
    commissionPerSide: "0.25",
  });
  await keepAccounts(blotter);
  const [violation] = await blotter.compliance.log({ account: "A1", severity: "violation" });
  if (violation) await blotter.compliance.lift("A1", violation.eventKey, "a mistake of the feed");
  const note = { accountId: "A1", note: "chased it", tags: ["late"], plannedRisk: "12.5" };
  await blotter.annotations.annotate({ ...note, target: "order", id: "11" });
  await blotter.annotations.annotate({
    accountId: "A1",
    target: "fill",
    id: "103",
    tags: ["late"],
  });
  // The same id with another price: a contradiction, which waits in quarantine.
  await orders.recordFill({ ...fillOf("101", "11", "BUY", 2, 21_000.5, 10), price: 21_000.25 });
}

/** What the first release could write: orders, and fills that are restated. */
export async function fillFirstBooks(blotter: Blotter): Promise<void> {
  await blotter.accounts.open({ accountId: "A1", accountName: "Combine", startingBalance: 50_000 });
  await blotter.accounts.open({ accountId: "A2", accountType: "practice", startingBalance: "0.5" });
  await recordOrders(blotter);
  await recordFills(blotter);
  const { orders } = blotter;
  await orders.correctFill({ accountId: "A1", fillId: "102", revision: 1, price: 21_001.75 });
  await orders.voidFill({ accountId: "A1", fillId: "105", reason: "busted" });
  await orders.voidFill({ accountId: "A1", fillId: "199" });
  await orders.recordFill({ ...fillOf("101", "11", "BUY", 2, 21_000.5, 10), price: 21_000.25 });
}

/** What only a live broker brings: a price, an order on its way, and a comparison that finds something. */
async function recordBroker(blotter: Blotter): Promise<void> {
  const accountId = "A1" as AccountId;
  await blotter.marks.record({ contract: "MNQU26", price: 21_003.25, at: at(76) }, accountId);
  const order = { contract: "MNQU26", side: "buy", orderType: "market", quantity: 1 } as const;
  await blotter.orders.submit({ ...order, accountId, customTag: "t1" }, async () => {
    throw new Error("no answer");
  });
  const asked = parseInstant(at(90), "asked");
  await blotter.reconciler.compareWith(accountId, {
    orders: [],
    fills: [],
    tellsOrders: false,
    tellsFills: false,
    from: asked,
    to: asked,
    positions: [],
    accounts: null,
  });
  const { contractId } = await blotter.contracts.resolve("MNQU26", at(90));
  await blotter.store.write(accountId, async (repos) => {
    await repos.sync.setCursor(accountId, asked);
    await repos.explanations.save({
      accountId,
      contractId,
      asOf: asked,
      missing: 0,
      price: parsePrice("21000.123456789", "price"),
      openedAt: asked,
      fillId: fillId("synthetic-0123456789abcdef"),
      explainedAt: asked,
    });
  });
}

/** Cash, a closed day with a position open at its end, a broker's report, and an adoption. */
async function keepAccounts({ accounts }: Blotter): Promise<void> {
  await accounts.recordCash({ account: "A1", type: "payout", amount: 250.5, at: at(90) });
  await accounts.closeDay("A1", "2026-08-03");
  await accounts.recordSnapshot({ account: "A1", at: at(95), brokerBalance: "49750.01" });
  await accounts.adopt({
    account: "A2",
    at: "2026-08-03T13:00:00Z",
    balance: "1000.25",
    highestEodBalance: 1_100,
    payouts: { count: 1, total: "20.5" },
  });
}

const STRICT_RULES = {
  firm: "Strict",
  program: "Strict",
  version: "1",
  dailyLoss: { amount: 1, action: "lock" },
  profitTarget: 30,
};

async function recordOrders({ orders }: Blotter): Promise<void> {
  const record = (input: Partial<OrderInput> & Pick<OrderInput, "orderId" | "side">) =>
    orders.recordOrder({
      accountId: "A1",
      contract: "MNQU26",
      orderType: "MARKET",
      quantity: 3,
      status: "WORKING",
      createdAt: at(0),
      ...input,
    });
  await record({ orderId: "11", side: "BUY", customTag: "bot-strategy-trend-1" });
  await record({
    orderId: "12",
    side: "SELL",
    orderType: "STOP",
    stopPrice: 20_990.25,
    parentOrderId: "11",
    linkedOrderId: "13",
  });
  await record({
    orderId: "13",
    side: "SELL",
    orderType: "LIMIT",
    limitPrice: 21_010,
    parentOrderId: "11",
    linkedOrderId: "12",
  });
  await record({
    orderId: "11",
    side: "BUY",
    status: "FILLED",
    filledQuantity: 3,
    filledAt: at(11),
  });
  await record({
    orderId: "12",
    side: "SELL",
    orderType: "STOP",
    status: "CANCELLED",
    cancelledAt: at(40),
  });
  await record({
    orderId: "14",
    side: "SELL",
    orderType: "TRAILING_STOP",
    trailAmount: "2.5",
    status: "REJECTED",
    rejectionReason: "margin",
    submittedAt: at(1, 250),
  });
  // Refused: a terminal order does not work again.
  await record({ orderId: "12", side: "SELL", orderType: "STOP", updatedAt: at(50) });
}

async function recordFills({ orders }: Blotter): Promise<void> {
  await orders.recordFill(fillOf("101", "11", "BUY", 2, 21_000.5, 10));
  await orders.recordFill(fillOf("102", "11", "BUY", 1, 21_001.5, 11));
  await orders.recordFill(fillOf("103", "13", "SELL", 2, 21_010, 30));
  // Its order is never told: a placeholder. Closes what is left and turns the position round.
  await orders.recordFill(fillOf("104", "15", "SELL", 2, 21_002.25, 60));
  await orders.recordFill(fillOf("105", "15", "SELL", 1, 21_002.25, 61));
  await orders.recordFill({
    ...fillOf("16", "16", "BUY", 1, 21_000.123456, 70),
    standIn: true,
    commission: null,
    fee: null,
  });
  await orders.recordFill(fillOf("106", "16", "BUY", 1, 21_000.25, 70));
  await orders.recordFill(fillOf("107", "17", "BUY", 2, 21_003, 75));
  await orders.recordFill({
    ...fillOf("101", "11", "BUY", 1, 5_000.25, 80),
    accountId: "A2",
    contract: "CON.F.US.EP.U26",
    commission: null,
  });
}

function fillOf(
  fillId: string,
  orderId: string,
  side: "BUY" | "SELL",
  quantity: number,
  price: number,
  second: number,
) {
  const costs = { commission: 0.35 * quantity, fee: 0.37 * quantity };
  const executedAt = at(second, Number(fillId) % 1000);
  return {
    accountId: "A1",
    fillId,
    orderId,
    contract: "MNQU26",
    side,
    quantity,
    price,
    ...costs,
    executedAt,
  };
}

/** Some seconds, and microseconds, after half past one (UTC) on a Monday. */
function at(seconds: number, microseconds = 0): string {
  const second = new Date(Date.UTC(2026, 7, 3, 13, 30, seconds)).toISOString().slice(0, 19);
  return `${second}.${String(microseconds).padStart(6, "0")}Z`;
}
