import type { Blotter } from "../../src/index.js";

export const ACCOUNT = "PRAC-100";
/** Text that would run, or look different, if it were read as HTML. */
export const NASTY_NAME = '<img src=x onerror="alert(1)"> 50K';
export const NASTY_STRATEGY = "<b>fade</b>";

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse("2026-09-01T00:00:00Z");

/** Numbers that look like chance and are the same every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** What the books call things; by default also what a careless page would choke on. */
export interface Names {
  readonly second: string;
  readonly strategies: readonly string[];
}
const NASTY: Names = { second: NASTY_NAME, strategies: ["breakout", "reversal", NASTY_STRATEGY] };

/** Tight limits, so that there is something to show. */
const RULES = {
  firm: "Made-up firm",
  program: "Test",
  stage: "evaluation",
  version: "1",
  maxLoss: { amount: 800, basis: "eodBalance", lockAt: 0, breachAt: "lt" },
  dailyLoss: { amount: 250, at: "lte", action: "lock" },
  warnAt: [50, 80],
};

/** Two accounts with ten weeks of trades, one that holds a position with a stop, and one without anything. */
export async function fillBooks(blotter: Blotter, names = NASTY): Promise<void> {
  const { accounts, orders, rules } = blotter;
  await accounts.open({ accountId: ACCOUNT, accountName: "Practice 100", startingBalance: 50_000 });
  await accounts.open({
    accountId: "EVAL-200",
    accountName: names.second,
    startingBalance: 50_000,
  });
  await accounts.open({
    accountId: "NEW-300",
    accountName: "Opened today",
    startingBalance: 1_000,
  });
  for (const accountId of [ACCOUNT, "EVAL-200"]) {
    const document = { ...RULES, startingBalance: 50_000 };
    await rules.set(accountId, { name: "made-up", document, from: "2026-08-01" });
  }
  for (const [index, accountId] of [ACCOUNT, "EVAL-200"].entries()) {
    const roll = dice(8 - index);
    let id = 0;
    for (let day = 0; day < 70; day += 1) {
      const midnight = FIRST_DAY + day * DAY_MS;
      if ([0, 6].includes(new Date(midnight).getUTCDay())) continue;
      const trades = 1 + Math.floor(roll() * 4);
      for (let n = 0; n < trades; n += 1) {
        id += 1;
        const at = midnight + (14 + n * 1.5 + roll()) * 3_600_000;
        await tradeOnce(orders, accountId, id, at, roll, names.strategies);
      }
    }
  }
  const held = { accountId: ACCOUNT, contract: "MNQZ26", quantity: 1 } as const;
  const entry = { ...held, orderId: "held", side: "BUY" } as const;
  const executedAt = "2026-11-10T15:00:00Z";
  await orders.recordFill({ ...entry, fillId: "held", price: 25_000.25, executedAt });
  const stop = {
    ...held,
    orderId: "stop",
    side: "SELL",
    orderType: "STOP",
    stopPrice: 24_950,
  } as const;
  await orders.recordOrder({ ...stop, status: "WORKING", createdAt: executedAt });
}

async function tradeOnce(
  orders: Blotter["orders"],
  accountId: string,
  id: number,
  atMs: number,
  roll: () => number,
  strategies: readonly string[],
): Promise<void> {
  const long = roll() < 0.5;
  const contract = roll() < 0.6 ? "MNQZ26" : "MESZ26";
  const shared = { accountId, contract, quantity: 1 + Math.floor(roll() * 3) };
  const costs = { commission: 0.25, fee: 0.37 };
  const strategy = strategies[Math.floor(roll() * strategies.length)] ?? "none";
  const entered = new Date(atMs);
  const left = new Date(atMs + (1 + roll() * 40) * 60_000);
  const entry = { ...shared, orderId: `${id}01`, side: long ? "BUY" : "SELL" } as const;
  const exit = { ...shared, orderId: `${id}02`, side: long ? "SELL" : "BUY" } as const;
  const points = Math.round((roll() - 0.46) * 80) * 0.25;
  const price = contract === "MNQZ26" ? 25_000 : 6_700;
  await orders.recordOrder({ ...entry, strategy, orderType: "MARKET", createdAt: entered });
  await orders.recordFill({ ...entry, ...costs, fillId: `${id}1`, price, executedAt: entered });
  await orders.recordOrder({ ...exit, orderType: "LIMIT", createdAt: entered });
  const exitPrice = price + (long ? points : -points);
  await orders.recordFill({
    ...exit,
    ...costs,
    fillId: `${id}2`,
    price: exitPrice,
    executedAt: left,
  });
}
