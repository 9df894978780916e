import {
  AccountService,
  BrokerIntake,
  EventSubscriptions,
  OrderService,
  parseGatewayEvent,
  type RecordedEvent,
} from "blotter";
import { inject, injectable } from "tsyringe";
import type { PaperDay, PaperExchange } from "./paper-exchange.js";
import type { GatewayEvent } from "./paper-gateway.js";

/** What a run of the bot can tell at its end. */
export interface Run {
  readonly days: readonly PaperDay[];
  readonly wins: number;
  readonly losses: number;
  /** Payloads that made no sense, each with the reason. */
  readonly unreadable: readonly string[];
}

const FROM_START = { from: "start" } as const;

/** A bot that trades on paper. Everything it hears from its broker goes into the books at once. */
@injectable()
export class PaperBot {
  /** Net result of every trade that was closed in this run. A map, because an event may come twice. */
  readonly #closed = new Map<unknown, number>();
  readonly #unreadable: string[] = [];

  constructor(
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(OrderService) private readonly orders: OrderService,
    @inject(BrokerIntake) private readonly intake: BrokerIntake,
    @inject(EventSubscriptions) private readonly events: EventSubscriptions,
  ) {}

  /** Trades to the end of the week, from where the books stop: a day that was cut off is heard again. */
  async tradeWeek(
    exchange: PaperExchange,
    onHeard: (day: PaperDay, events: number) => void = () => {},
  ): Promise<Run> {
    const { id, name, startingBalance } = exchange.account;
    const account = String(id);
    await this.accounts.open({ accountId: account, accountName: name, startingBalance });
    const [newest] = await this.orders.fills({ account, limit: 1 });
    exchange.skipTo(Number(newest?.fillId ?? 0));

    const listener = this.events.subscribe("paper-bot", (event) => this.#count(event), FROM_START);
    const days: PaperDay[] = [];
    do {
      const day = exchange.nextDay();
      days.push(day);
      for (const [index, event] of day.events.entries()) {
        await this.hear(event);
        onHeard(day, index + 1);
      }
    } while (!days.at(-1)?.lastOfWeek);
    await this.events.drain();
    await listener.unsubscribe();

    const results = [...this.#closed.values()];
    const wins = results.filter((net) => net > 0).length;
    const losses = results.filter((net) => net < 0).length;
    return { days, wins, losses, unreadable: this.#unreadable };
  }

  /** Books what the broker says. Told twice, late or out of order: the books end the same. */
  async hear({ event, payload }: GatewayEvent): Promise<void> {
    for (const told of parseGatewayEvent(event, payload)) {
      if ("event" in told) await this.intake.handle(told.event);
      else {
        const { problem, text } = told;
        this.#unreadable.push(`${event}: ${problem.message}`);
        const input = { message: problem.message, text, source: "paper-exchange" };
        await this.intake.handle({ kind: "unreadable", input });
      }
    }
  }

  #count(event: RecordedEvent): void {
    if (event.type === "trade.closed") {
      this.#closed.set(event.payload.tradeId, Number(event.payload.netPnl));
    } else if (event.type === "trades.restated") {
      const { removed, added } = event.payload;
      for (const trade of removed) this.#closed.delete(trade.tradeId);
      for (const trade of added) this.#closed.set(trade.tradeId, Number(trade.netPnl));
    }
  }
}
