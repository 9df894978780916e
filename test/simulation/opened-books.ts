import "reflect-metadata";
import { container } from "tsyringe";
import {
  AccountService,
  BrokerIntake,
  OrderService,
  type ProjectXClient,
  registerBlotter,
} from "../../src/index.js";
import { Reconciler } from "../../src/ports/reconciler.js";
import type { Store } from "../../src/ports/store.js";
import type { SimulatedWorld } from "./simulated-world.js";
import { VirtualClock } from "./virtual-clock.js";

/** One process of a bot: its services, from when it opens the store until it closes or dies. */
export interface OpenedBooks {
  readonly accounts: AccountService;
  readonly orders: OrderService;
  readonly intake: BrokerIntake;
  readonly reconciler: Reconciler;
  close(): Promise<void>;
}

/** Opens the books as a process does that starts. The store is closed when they are. */
export async function openBooks(
  store: Store,
  { engine }: SimulatedWorld,
  broker: ProjectXClient,
): Promise<OpenedBooks> {
  const own = container.createChildContainer();
  // Which days a process closes depends on when it runs, and not on the broker.
  const clock = new VirtualClock(engine);
  const handle = await registerBlotter(own, { store, broker, clock, closeDays: false });
  return {
    accounts: own.resolve(AccountService),
    orders: own.resolve(OrderService),
    intake: own.resolve(BrokerIntake),
    reconciler: own.resolve(Reconciler),
    close: () => handle.close(),
  };
}
