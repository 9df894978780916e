import { setImmediate as breathe } from "node:timers/promises";
import {
  AccountService,
  attachTo,
  attachToMarket,
  BrokerIntake,
  EndOfDay,
  EventSubscriptions,
  formatInstant,
  type HubAttachment,
  type HubGap,
  MarkService,
  OrderService,
  type OrderType,
  type ProjectXClient,
  Reconciler,
  type RecordedEvent,
  type Side,
  type SyncReport,
  tradingDay,
  tradingDayEnd,
} from "blotter";
import { inject, injectable } from "tsyringe";
import type { Bracket, PlaceRequest } from "./gateway/gateway-requests.js";
import { MINUTE_US } from "./gateway/gateway-time.js";
import type { Step, StepAnswer } from "./gateway/strategy-step.js";
import { DAYS_A_WEEK, perform, tradingDateUs, tradingDays } from "./gateway/trading-week.js";
import type { PaperBroker } from "./paper-broker.js";
import { RuleWatch, unlessGone } from "./rule-watch.js";
import { TrackedIntake } from "./tracked-intake.js";

/** What a run of the bot can tell at its end. */
export interface Run {
  readonly from: string;
  readonly to: string;
  /** The week was cut off before, and is finished from the broker's history. */
  readonly caughtUp: boolean;
  readonly wins: number;
  readonly losses: number;
  /** Times without the stream. */
  readonly gaps: number;
  /** Rows that a comparison with the broker brought or changed. */
  readonly healed: number;
  /** What the firm's rules had to say, in order. */
  readonly notices: readonly string[];
  /** The last comparison: empty differences mean that the books agree with the broker. */
  readonly last: SyncReport;
}

const FROM_START = { from: "start" } as const;
const SIDES: readonly Side[] = ["BUY", "SELL"];
const ORDER_TYPES: readonly (OrderType | null)[] = [
  null,
  "LIMIT",
  "MARKET",
  "STOP_LIMIT",
  "STOP",
  "TRAILING_STOP",
  "JOIN_BID",
  "JOIN_ASK",
];

/** A bot that trades on paper: what it hears, sends and asks of its broker goes through the books. */
@injectable()
export class PaperBot {
  /** Net result of every trade that was closed in this run. A map, because an event may come twice. */
  readonly #closed = new Map<unknown, number>();
  readonly #heard: TrackedIntake;
  #gaps = 0;
  #healed = 0;

  constructor(
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(OrderService) private readonly orders: OrderService,
    @inject(BrokerIntake) intake: BrokerIntake,
    @inject(MarkService) private readonly marks: MarkService,
    @inject(Reconciler) private readonly reconciler: Reconciler,
    @inject(EventSubscriptions) private readonly events: EventSubscriptions,
    @inject(EndOfDay) private readonly endOfDay: EndOfDay,
    @inject(RuleWatch) private readonly watch: RuleWatch,
  ) {
    this.#heard = new TrackedIntake(intake);
  }

  /** Trades the week after the last one in the books. @param onDay told of each trading day, with what is done */
  async tradeWeek(
    broker: PaperBroker,
    client: ProjectXClient,
    onDay: (date: string, done: number) => void = () => {},
  ): Promise<Run> {
    const account = String(broker.accountId);
    const { accountName, startingBalance } = broker;
    await this.accounts.open({ accountId: account, accountName, startingBalance });
    await this.watch.begin(account);
    const { week, isCutOff } = await this.#nextWeek(account, broker);
    const listener = this.events.subscribe("paper-bot", (event) => this.#count(event), FROM_START);
    if (!isCutOff) await this.#trade(broker, client, week, onDay);
    const last = await this.#sync(account);
    await this.events.drain();
    await listener.unsubscribe();
    const results = [...this.#closed.values()];
    return {
      from: dateOf(week * DAYS_A_WEEK),
      to: dateOf(week * DAYS_A_WEEK + DAYS_A_WEEK - 1),
      caughtUp: isCutOff,
      wins: results.filter((net) => net > 0).length,
      losses: results.filter((net) => net < 0).length,
      gaps: this.#gaps,
      healed: this.#healed,
      notices: this.watch.notices,
      last,
    };
  }

  /** Lets the weeks in the books pass at the broker. One that is not whole there is finished without the bot. */
  async #nextWeek(account: string, broker: PaperBroker) {
    const sent = await this.orders.orders({ account });
    const tags = new Set(sent.flatMap(({ customTag }) => customTag ?? []));
    const newest = sent.at(-1);
    if (newest === undefined) {
      broker.passWeeks(0);
      return { week: 0, isCutOff: false };
    }
    const week = weekOf(newest.createdAt);
    broker.passWeeks(week + 1, tags);
    const [fill] = await this.orders.fills({ account, limit: 1 });
    const isWhole = fill?.fillId === broker.books().trades.at(-1)?.fillId;
    return isWhole ? { week: week + 1, isCutOff: false } : { week, isCutOff: true };
  }

  async #trade(
    broker: PaperBroker,
    client: ProjectXClient,
    week: number,
    onDay: (date: string, done: number) => void,
  ): Promise<void> {
    const account = String(broker.accountId);
    const { engine, hub } = broker;
    // The simulated clock stands still while a try waits for its turn.
    const options = { now: broker.clock.now, pauseMs: () => 1 };
    const onGap = (gap: HubGap) => this.#heard.track(this.#gap(account, gap));
    const contractIds = broker.contracts(week);
    const attached: HubAttachment[] = [
      attachTo(hub, this.#heard, { ...options, onGap, accountIds: [account] }),
      attachToMarket(hub, this.#heard, { ...options, contractIds }),
    ];
    await hub.start();
    for (const attachment of attached) await attachment.subscribe();
    const strategies = tradingDays(broker.plan(week), () => engine.nowUs);
    let answer: StepAnswer = null;
    for (;;) {
      const { done, value: step } = strategies.next(answer);
      if (done) break;
      answer = await this.#perform(broker, client, step);
      const day = Math.floor((engine.nowUs - tradingDateUs(week * DAYS_A_WEEK)) / 86_400_000_000);
      onDay(dateOf(week * DAYS_A_WEEK + Math.min(Math.max(day, 0), DAYS_A_WEEK - 1)), day + 1);
    }
    hub.flush();
    for (const attachment of attached) await attachment.detach();
    await hub.stop();
    await this.marks.flush();
  }

  async #perform(broker: PaperBroker, client: ProjectXClient, step: Step): Promise<StepAnswer> {
    const account = String(broker.accountId);
    switch (step.do) {
      case "place":
        return this.#place(broker, client, step.request);
      case "cancel":
        await unlessGone(client.cancelOrder(account, String(step.request.orderId)));
        return null;
      case "close":
        await unlessGone(client.closePosition(account, step.request.contractId));
        return null;
      case "price":
      case "filled":
      case "news":
        return perform(broker.engine, step);
      case "wait":
        await this.#letTimePass(broker, client, step.untilUs);
        return null;
    }
  }

  /** Stops at 17:00 in Chicago, where the schedule closes the day when the clock is not a simulated one. */
  async #letTimePass(broker: PaperBroker, client: ProjectXClient, untilUs: number): Promise<void> {
    const account = String(broker.accountId);
    for (;;) {
      const dayEndUs = tradingDayEnd(tradingDay(broker.clock.now()));
      if (dayEndUs > untilUs) break;
      // Nothing is held over the end of a day: the stream has not told of what closed it.
      await this.#advance(broker, client, dayEndUs - MINUTE_US);
      if (await this.watch.holds(account)) await this.#sync(account);
      await this.#advance(broker, client, dayEndUs);
      await this.endOfDay.catchUp();
    }
    await this.#advance(broker, client, untilUs);
  }

  async #advance(broker: PaperBroker, client: ProjectXClient, untilUs: number): Promise<void> {
    const account = String(broker.accountId);
    perform(broker.engine, { do: "wait", untilUs });
    await this.#takeIn();
    if (await this.watch.flatten(account, client)) await this.#sync(account);
  }

  /** What the stream brought meanwhile is booked, and told to those who listen. */
  async #takeIn(): Promise<void> {
    await breathe();
    await this.#heard.idle();
    await this.marks.flush();
    await this.events.drain();
  }

  /** The intent is on disk before it is sent; without a clear answer the broker is asked for its tag. */
  async #place(
    { accountId, clock }: PaperBroker,
    client: ProjectXClient,
    request: PlaceRequest,
  ): Promise<number | null> {
    const account = String(accountId);
    const { contractId, size, limitPrice, stopPrice, customTag } = request;
    const side = SIDES[request.side];
    const orderType = ORDER_TYPES[request.type];
    if (!side || !orderType || !customTag) throw new Error("a strategy asked for no order");
    const stopTicks = request.stopLossBracket ? Math.abs(request.stopLossBracket.ticks) : null;
    const wish = { contract: contractId, side, quantity: size, stopTicks };
    const objection = await this.watch.objectionTo(account, wish);
    if (objection) {
      this.watch.heldBack(objection, formatInstant(clock.now()));
      return null;
    }
    const order = { accountId: account, side, orderType, quantity: size, customTag };
    const prices = { limitPrice: limitPrice ?? null, stopPrice: stopPrice ?? null };
    const intent = await this.orders.submit(
      { ...order, ...prices, contract: contractId },
      async () => {
        const orderId = await client.placeOrder({
          ...order,
          ...prices,
          contractId,
          trailPrice: request.trailPrice ?? null,
          stopLoss: bracketOf(request.stopLossBracket),
          takeProfit: bracketOf(request.takeProfitBracket),
        });
        return { orderId };
      },
    );
    // The firm may know of a loss that the stream has not told.
    if (intent.state === "rejected") await this.#sync(account);
    if (intent.state !== "unknown") return intent.orderId === null ? null : Number(intent.orderId);
    await this.#sync(account);
    const settled = (await this.orders.intents(account)).find((row) => row.customTag === customTag);
    return settled?.orderId ? Number(settled.orderId) : null;
  }

  async #gap(account: string, { from, to }: HubGap): Promise<void> {
    this.#gaps += 1;
    await this.#sync(account, { from, to });
  }

  async #sync(account: string, gap?: Pick<HubGap, "from" | "to">): Promise<SyncReport> {
    const reason = gap ? "reconnect" : "manual";
    const from = new Date(tradingDateUs(0) / 1_000 - 86_400_000).toISOString();
    const [known] = await this.reconciler.runs(account, 1);
    const start = known ? {} : { from };
    const report = await this.reconciler.sync(account, { reason, ...start, ...(gap && { gap }) });
    this.#healed += report.differences.filter(({ healed }) => healed).length;
    return report;
  }

  #count(event: RecordedEvent): void {
    this.watch.hear(event);
    if (event.type === "trade.closed") {
      this.#closed.set(event.payload.tradeId, Number(event.payload.netPnl));
    } else if (event.type === "trades.restated") {
      const { removed, added } = event.payload;
      for (const trade of removed) this.#closed.delete(trade.tradeId);
      for (const trade of added) this.#closed.set(trade.tradeId, Number(trade.netPnl));
    }
  }
}

function bracketOf(bracket: Bracket | null | undefined) {
  if (!bracket) return null;
  const orderType = ORDER_TYPES[bracket.type];
  return { ticks: bracket.ticks, ...(orderType && { orderType }) };
}

function dateOf(day: number): string {
  return new Date(tradingDateUs(day) / 1_000).toISOString().slice(0, 10);
}

/** The week of an instant in microseconds; its Sunday evening belongs to it. */
function weekOf(us: number): number {
  let week = 0;
  while (us >= tradingDateUs((week + 1) * DAYS_A_WEEK) - 86_400_000_000) week += 1;
  return week;
}
