import { GatewayEngine } from "../../examples/gateway/gateway-engine.js";
import type { HubEvent } from "../../examples/gateway/gateway-rows.js";
import { DAY_US, restTime } from "../../examples/gateway/gateway-time.js";
import { between, seededRandom } from "../../examples/gateway/random.js";
import {
  DAYS_A_WEEK,
  sessionStartUs,
  type TradingPlan,
} from "../../examples/gateway/trading-week.js";
import type { SyncOptions } from "../../src/ports/reconciler.js";
import type { Mischief } from "./mischief.js";

/** A broker, what is to be traded there, and everything that its hub truly said, in order. */
export interface SimulatedWorld {
  readonly engine: GatewayEngine;
  readonly plan: TradingPlan;
  readonly account: {
    readonly accountId: string;
    readonly accountName: string;
    readonly startingBalance: number;
  };
  readonly events: readonly HubEvent[];
  /** Where a first comparison begins: mostly shortly before the account does, which is quicker. */
  readonly firstSync: SyncOptions;
}

const FIRST_ACCOUNT_ID = 26_000_000;
const BALANCE = 150_000;

export function simulatedWorld(seed: number, { lateCommissions }: Mischief): SimulatedWorld {
  const random = seededRandom(seed);
  const accountId = FIRST_ACCOUNT_ID + seed;
  const accountName = `PRAC-V2-100001-${accountId}`;
  // Days around a roll, a weekend and the change to and from winter's clocks come up too.
  const firstDay = between(random, 0, 12 * DAYS_A_WEEK);
  const engine = new GatewayEngine({
    seed,
    startUs: sessionStartUs(firstDay) - DAY_US / 24,
    accounts: [{ id: accountId, name: accountName, balance: BALANCE }],
    partialFills: random() * 0.6,
    lateCommissions,
    commissionsInRest: true,
  });
  const events: HubEvent[] = [];
  engine.onEvent((event) => events.push(event));
  const days = random() < 0.25 ? 2 : 1;
  const tradesADay = between(random, 1, 7);
  return {
    engine,
    plan: { seed, accountId, firstDay, days, tradesADay },
    account: { accountId: String(accountId), accountName, startingBalance: BALANCE },
    events,
    firstSync: seed % 8 === 0 ? {} : { from: restTime(engine.nowUs) },
  };
}
