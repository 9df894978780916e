import type { Clock, Instant } from "blotter";
import { ProjectXClient } from "blotter";
import type { FirmLimits } from "./gateway/firm-desk.js";
import { listedContracts, ROOTS } from "./gateway/gateway-contracts.js";
import { GatewayEngine } from "./gateway/gateway-engine.js";
import { expected } from "./gateway/gateway-expected.js";
import { gatewayHandler } from "./gateway/gateway-handler.js";
import { type RunningGateway, startGateway } from "./gateway/gateway-server.js";
import { HubFaults } from "./gateway/hub-faults.js";
import { HubStandIn } from "./gateway/hub-stand-in.js";
import { type RestFault, RestFaults } from "./gateway/rest-faults.js";
import {
  DAYS_A_WEEK,
  sessionStartUs,
  type TradingPlan,
  trade,
  tradingDateUs,
} from "./gateway/trading-week.js";

const TRADES_A_DAY = 6;
/** Topstep's Trading Combine of 50,000 dollars with its daily loss limit: 5 minis are 50 micros. */
const FIRM_LIMITS = { dailyLoss: 1_000, maxLoss: 2_000, maxContracts: 50, liquidates: true };
const CREDENTIALS = { userName: "paper", apiKey: "paper-key" };

/** A hub as it is on a bad day: events lost, told twice, late and out of order, minutes without any. */
const HUB_FAULTS = { drop: 0.03, repeat: 0.05, reorder: 0.05, delay: 0.03, disconnect: 0.0006 };
const READ_FAULTS = { tooMany: 0.02, serverError: 0.02, truncated: 0.02, expiredToken: 0.02 };
const PLACE_FAULTS = { lostAnswer: 0.03 };

/** Reading fails in every way; an order that is placed arrives, but its answer may be lost. */
class PaperRestFaults extends RestFaults {
  readonly #placing: RestFaults;

  constructor(seed: number) {
    super(seed, READ_FAULTS, 0.05);
    this.#placing = new RestFaults(seed + 1, PLACE_FAULTS);
  }

  override next(path: string): RestFault | null {
    if (path === "/api/Order/place") return this.#placing.next(path);
    return /search/i.test(path) ? super.next(path) : null;
  }
}

/**
 * A broker on this machine: a simulated gateway behind HTTP, on a clock that only trading moves. A seed decides
 * everything, week by week, so that another process finds the same weeks behind it.
 */
export class PaperBroker {
  readonly accountId: number;
  readonly accountName: string;
  readonly startingBalance = 50_000;
  readonly engine: GatewayEngine;
  readonly hub: HubStandIn;
  readonly clock: Clock;
  #server: RunningGateway | null = null;

  /** @param limits what the firm behind the broker holds the account to */
  constructor(
    private readonly seed: number,
    limits: FirmLimits = FIRM_LIMITS,
  ) {
    this.accountId = 26_000_000 + seed;
    this.accountName = `50KTC-V2-100001-${this.accountId}`;
    const { accountId: id, accountName: name, startingBalance: balance } = this;
    this.engine = new GatewayEngine({
      seed,
      startUs: sessionStartUs(0),
      accounts: [{ id, name, balance }],
      commissionsInRest: true,
      limits,
    });
    this.hub = new HubStandIn(this.engine, new HubFaults(seed, HUB_FAULTS));
    // Microseconds since 1970, as the engine counts.
    this.clock = { now: () => Math.trunc(this.engine.nowUs) as Instant };
  }

  plan(week: number): TradingPlan {
    return {
      seed: this.seed + week,
      accountId: this.accountId,
      firstDay: week * DAYS_A_WEEK,
      days: DAYS_A_WEEK,
      tradesADay: TRADES_A_DAY,
      tagPrefix: `paperbot-v1-w${week}`,
      underRules: true,
    };
  }

  /**
   * The weeks before this one have happened, whoever watched.
   *
   * @param tags of all orders that were sent, as far as somebody knows: earlier ones that are not among them were
   *   not sent. Null when nobody knows of any.
   */
  passWeeks(week: number, tags: ReadonlySet<string> | null = null): void {
    const last = Math.max(0, ...[...(tags ?? [])].map(tagPlace));
    const isLeftOut = (tag: string) => tags !== null && !tags.has(tag) && tagPlace(tag) < last;
    for (let past = 0; past < week; past += 1) trade(this.engine, this.plan(past), isLeftOut);
    this.engine.advanceTo(sessionStartUs(week * DAYS_A_WEEK));
  }

  /** Starts the gateway's HTTP server, and a client of it. */
  async connect(): Promise<ProjectXClient> {
    const faults = new PaperRestFaults(this.seed);
    const handler = gatewayHandler(this.engine, { ...CREDENTIALS, faults });
    this.#server = await startGateway(handler);
    return new ProjectXClient({
      ...CREDENTIALS,
      baseUrl: this.#server.url,
      now: () => this.engine.nowUs / 1_000,
      // The simulated clock does not move while a call waits to be tried again.
      sleep: async () => {},
      onWarning: () => {},
    });
  }

  async close(): Promise<void> {
    await this.#server?.stop();
  }

  /** Every contract that a strategy may trade in a week. */
  contracts(week: number): readonly string[] {
    const us = tradingDateUs(week * DAYS_A_WEEK);
    return ROOTS.flatMap((root) => listedContracts(root, us).map((contract) => contract.id));
  }

  /** The broker's own word on the account. */
  books() {
    const [account] = expected(this.engine);
    if (!account) throw new Error("the gateway lost its account");
    return account;
  }
}

/** Where an order stands among all that the plans make: by week, then as they came. 0 for other tags. */
function tagPlace(tag: string): number {
  const [, week, order] = /^paperbot-v1-w(\d+)-.*?(\d+)$/.exec(tag) ?? [];
  return week === undefined ? 0 : Number(week) * 100_000 + Number(order);
}
