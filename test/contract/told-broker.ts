import { accountId } from "../../src/domain/ids.js";
import { type Instant, parseInstant } from "../../src/domain/instant.js";
import {
  type Blotter,
  type BrokerAccount,
  type BrokerClient,
  type BrokerEvent,
  type BrokerPosition,
  type Clock,
  createBlotter,
  type FillInput,
  type OrderInput,
} from "../../src/index.js";
import { Desk, fillInput, secondsAfterOpen } from "./desk.js";
import { freshAccount } from "./fresh-account.js";

/** A broker that answers what a test put into it. */
export class ToldBroker implements BrokerClient {
  readonly fillRows: FillInput[] = [];
  readonly orderRows: OrderInput[] = [];
  readonly unreadable: BrokerEvent[] = [];
  positionRows: BrokerPosition[] = [];
  balances: BrokerAccount[] = [];
  /** The stretches that were asked for. */
  readonly asked: (readonly [from: Instant, to: Instant | null])[] = [];
  /** Called before each answer: a test's way to change the world, or to fail. */
  before: () => Promise<void> | void = () => {};

  async accounts(): Promise<readonly BrokerAccount[]> {
    return this.balances;
  }

  async orders(
    _account: string,
    from: Instant,
    to: Instant | null,
  ): Promise<readonly BrokerEvent[]> {
    await this.before();
    const rows = this.orderRows.filter((row) => within(String(row.createdAt), from, to));
    return [...rows.map((input) => ({ kind: "order" as const, input })), ...this.unreadable];
  }

  async fills(
    _account: string,
    from: Instant,
    to: Instant | null,
  ): Promise<readonly BrokerEvent[]> {
    this.asked.push([from, to]);
    const rows = this.fillRows.filter((row) => within(String(row.executedAt), from, to));
    return rows.map((input) => ({ kind: "fill", input }));
  }

  async openOrders(): Promise<readonly BrokerEvent[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    return this.positionRows;
  }
}

function within(text: string, from: Instant, to: Instant | null): boolean {
  const at = parseInstant(text, "row");
  return at >= from && (to === null || at < to);
}

/** A clock that a test turns. */
export class SetClock implements Clock {
  constructor(public at: Instant) {}

  now(): Instant {
    return this.at;
  }

  turnTo(seconds: number): void {
    this.at = parseInstant(secondsAfterOpen(seconds), "now");
  }
}

/** A desk whose broker answers, over the store of a suite. */
export async function deskWithBroker(
  shared: Blotter,
): Promise<{ desk: Desk; broker: ToldBroker; clock: SetClock }> {
  const broker = new ToldBroker();
  const clock = new SetClock(parseInstant(secondsAfterOpen(3_600), "now"));
  const blotter = await createBlotter({ store: shared.store, broker, clock, closeDays: false });
  const account = await freshAccount(shared);
  broker.balances = [{ accountId: account, accountName: account, balance: 50_000, canTrade: true }];
  return { desk: new Desk(blotter, accountId(account)), broker, clock };
}

/** A fill as the broker's history tells it. */
export function historyFill(
  desk: Desk,
  at: number,
  id: string,
  order: string,
  trade: string,
  more: Partial<FillInput> = {},
): FillInput {
  return fillInput(desk.account, at, id, order, trade, {
    fee: "0.36",
    commission: "0.25",
    ...more,
  });
}
