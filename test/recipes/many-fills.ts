import type { Blotter } from "../../src/index.js";

const ACCOUNTS = ["PRAC-1", "EXPRESS-2"] as const;
const CONTRACTS = [
  { contract: "MNQU26", price: 21_000, tick: 0.25 },
  { contract: "MCLU26", price: 68, tick: 0.01 },
] as const;

/**
 * Some days of trading in two accounts and two contracts: fills of one to three contracts that go
 * both ways, some voided, some without their costs, some without their order. The same every time.
 */
export async function recordManyFills({ accounts, orders }: Blotter, fills: number): Promise<void> {
  for (const [i, accountId] of ACCOUNTS.entries()) {
    await accounts.open({ accountId, startingBalance: 50_000 * (i + 1) });
  }
  const random = lehmer(20_260_803);
  for (let i = 0; i < fills; i += 1) {
    const account = ACCOUNTS[random(2)] ?? ACCOUNTS[0];
    const { contract, price, tick } = CONTRACTS[random(2)] ?? CONTRACTS[0];
    const quantity = 1 + random(3);
    const at = new Date(Date.UTC(2026, 7, 3, 14, i * 37)).toISOString();
    const id = String(1_000 + i);
    const told = {
      accountId: account,
      orderId: id,
      contract,
      side: random(2) === 0 ? ("BUY" as const) : ("SELL" as const),
      quantity,
    };
    if (random(10) > 0) {
      await orders.recordOrder({ ...told, orderType: "MARKET", status: "FILLED", createdAt: at });
    }
    await orders.recordFill({
      ...told,
      fillId: id,
      price: (price + tick * random(400)).toFixed(2),
      commission: random(20) === 0 ? null : (0.35 * quantity).toFixed(2),
      fee: random(20) === 0 ? null : (0.37 * quantity).toFixed(2),
      executedAt: at,
    });
    if (random(15) === 0) await orders.voidFill({ accountId: account, fillId: id });
  }
}

/** Park and Miller's generator: whole numbers below n, the same ones for the same seed. */
function lehmer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };
}
