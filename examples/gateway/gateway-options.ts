import type { FirmLimits } from "./firm-desk.js";
import type { ExchangeHabits } from "./order-desk.js";

export interface GatewayOptions extends Partial<ExchangeHabits> {
  /** Everything the gateway does follows from it and from the calls it gets. */
  readonly seed: number;
  /** Where the virtual clock starts. */
  readonly startUs: number;
  readonly accounts: readonly GatewayAccountOptions[];
  /** Whether Trade/search tells commissions, which its documents do not know. */
  readonly commissionsInRest?: boolean;
  /** Contracts that an account may hold at most. */
  readonly maxPosition?: number;
  /** What a prop firm holds every account to; default nothing. */
  readonly limits?: FirmLimits;
}

export interface GatewayAccountOptions {
  readonly id: number;
  readonly name: string;
  /** US dollars. */
  readonly balance: number;
}
