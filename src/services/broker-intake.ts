import { inject, injectable } from "tsyringe";
import type { BrokerEvent } from "../ports/broker.js";
import {
  AccountService,
  type BrokerIntake,
  OrderService,
  type Outcome,
} from "../ports/services.js";

/** One exhaustive switch from what the broker said to the service that records it. */
@injectable()
export class EventIntake implements BrokerIntake {
  constructor(
    @inject(OrderService) private readonly orders: OrderService,
    @inject(AccountService) private readonly accounts: AccountService,
  ) {}

  async handle(event: BrokerEvent): Promise<Outcome> {
    switch (event.kind) {
      case "order":
        return this.orders.recordOrder(event.input);
      case "fill":
        return this.orders.recordFill(event.input);
      case "account":
        await this.accounts.open(event.input);
        return { outcome: "known" };
    }
  }
}
