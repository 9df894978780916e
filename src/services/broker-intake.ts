import { inject, injectable } from "tsyringe";
import type { BrokerEvent } from "../ports/broker.js";
import {
  AccountService,
  type BrokerIntake,
  OrderService,
  type Outcome,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { Quarantine, type Refused, reasonOf, refusedInput } from "./quarantine.js";

/** One exhaustive switch from what the broker said to the service that records it. */
@injectable()
export class EventIntake implements BrokerIntake {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(OrderService) private readonly orders: OrderService,
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(Quarantine) private readonly quarantine: Quarantine,
  ) {}

  async handle(event: BrokerEvent): Promise<Outcome> {
    try {
      return await this.#record(event);
    } catch (error) {
      const why = reasonOf(error);
      if (why === null) throw error;
      return this.#refuse(refusedInput(event, why));
    }
  }

  async #record(event: BrokerEvent): Promise<Outcome> {
    switch (event.kind) {
      case "order":
        return this.orders.recordOrder(event.input);
      case "fill":
        return this.orders.recordFill(event.input);
      case "account":
        await this.accounts.open(event.input);
        return { outcome: "known" };
      case "position":
      case "quote":
        return { outcome: "known" };
      case "unreadable":
        return this.#refuse(
          refusedInput(event, { reason: "invalid", message: event.input.message }),
        );
    }
  }

  async #refuse(refused: Refused): Promise<Outcome> {
    await this.store.write("global", (repos) => this.quarantine.put(refused, repos));
    return { outcome: "quarantined" };
  }
}
