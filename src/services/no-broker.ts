import { BlotterError } from "../domain/errors.js";
import type { BrokerClient } from "../ports/broker-client.js";

/** In place of a broker's client where the bot brought none. */
export class NoBroker implements BrokerClient {
  async accounts(): Promise<never> {
    throw noBroker();
  }

  async orders(): Promise<never> {
    throw noBroker();
  }

  async fills(): Promise<never> {
    throw noBroker();
  }

  async openOrders(): Promise<never> {
    throw noBroker();
  }

  async positions(): Promise<never> {
    throw noBroker();
  }
}

function noBroker(): BlotterError {
  return new BlotterError(
    "unsupported",
    "there is no broker to ask: give createBlotter a broker (such as a ProjectXClient)",
  );
}
