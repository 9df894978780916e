import { join } from "node:path";
import { type Blotter, createBlotter } from "../../src/index.js";

const ROUNDS = 2_000;
const WARM_UP = 1_000;
const ACCOUNT = "R";
const OPEN = Date.UTC(2026, 2, 2, 15);
const SECOND = 1_000;

/**
 * What a bot waits for before an order: `status` and `headroom` of an account under Topstep's rules that has traded so
 * often, with a position open, its stop and two more orders working.
 */
export async function benchRisk(folder: string, trades: number): Promise<void> {
  const blotter = await createBlotter({
    url: `file:${join(folder, `risk-${trades}.db`)}`,
    closeDays: false,
  });
  const at = await trade(blotter, trades);
  const request = { contract: "MNQU26", stopTicks: 20, costsPerContract: 1.22 };
  const status = await timesOf(() => blotter.compliance.status(ACCOUNT, at));
  const headroom = await timesOf(() => blotter.compliance.headroom(ACCOUNT, request, at));
  await blotter.close();
  console.log(`\nunder rules, history of ${trades.toLocaleString("en")} trades, ${ROUNDS} rounds`);
  for (const [what, times] of Object.entries({ status, headroom })) {
    console.log(
      `  ${what.padEnd(13)} p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`,
    );
  }
}

/** @returns the instant of the last thing that happened */
async function trade(blotter: Blotter, trades: number): Promise<string> {
  const { accounts, orders, rules, marks, compliance } = blotter;
  await accounts.open({ accountId: ACCOUNT, startingBalance: 50_000 });
  await rules.set(ACCOUNT, { name: "topstep-combine-50k-dll" });
  let second = 0;
  const now = () => new Date(OPEN + second * SECOND).toISOString();
  const fill = async (side: "buy" | "sell", price: number, quantity = 1) => {
    second += 1;
    const id = String(10_000 + second);
    const told = { accountId: ACCOUNT, contract: "MNQU26", side, quantity, price };
    const costs = { commission: 0.25, fee: 0.36 };
    await orders.recordFill({ ...told, ...costs, fillId: id, orderId: id, executedAt: now() });
  };
  for (let i = 0; i < trades; i += 1) {
    // Won and lost in turn, so that no limit is near.
    await fill("buy", 20_000);
    await fill("sell", 20_000 + (i % 2 === 0 ? 2 : -1));
  }
  await fill("buy", 20_000, 2);
  const working = {
    accountId: ACCOUNT,
    contract: "MNQU26",
    status: "working",
    quantity: 2,
  } as const;
  const order = { ...working, createdAt: now() };
  await orders.recordOrder({
    ...order,
    orderId: "1",
    side: "sell",
    orderType: "stop",
    stopPrice: 19_980,
  });
  await orders.recordOrder({
    ...order,
    orderId: "2",
    side: "sell",
    orderType: "limit",
    limitPrice: 20_040,
  });
  await orders.recordOrder({
    ...order,
    orderId: "3",
    side: "buy",
    orderType: "limit",
    limitPrice: 19_990,
  });
  second += 1;
  await marks.record({ contract: "MNQU26", price: 19_995, at: now() }, ACCOUNT);
  const { canTrade, reason } = await compliance.status(ACCOUNT, now());
  if (!canTrade) throw new Error(`the account that is measured is locked: ${reason}`);
  return now();
}

async function timesOf(ask: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS + WARM_UP; i += 1) {
    const start = performance.now();
    await ask();
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], q: number): string {
  const place = Math.min(sorted.length - 1, Math.floor(q * sorted.length));
  return (sorted[place] ?? Number.NaN).toFixed(3);
}
