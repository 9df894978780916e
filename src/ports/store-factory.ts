import type { TradeConsolidator } from "./services.js";
import type { Store } from "./store.js";

/** Opens stores by their urls. */
export interface StoreFactory {
  /** @throws BlotterError `not_found` when there is none and `create` is false */
  open(url: string, create: boolean): Promise<OpenedStore>;
}

export interface OpenedStore {
  readonly store: Store;
  readonly trades: TradeConsolidator;
  close(): Promise<void>;
}
