import type { GatewayAccount } from "./gateway-account.js";
import { averagePoints } from "./gateway-contracts.js";
import type { GatewayEngine } from "./gateway-engine.js";

/** What the broker itself says that an account comes to, for comparing with somebody's books. */
export interface ExpectedAccount {
  readonly accountId: string;
  /** 1e-6 US dollars, as all money here. */
  readonly balance: number;
  readonly grossPnl: number;
  readonly fees: number;
  readonly commissions: number;
  readonly positions: readonly ExpectedPosition[];
  /** Trades that count, in the order in which they were made. */
  readonly trades: readonly ExpectedTrade[];
}

export interface ExpectedPosition {
  readonly contractId: string;
  /** Signed. */
  readonly quantity: number;
  readonly averagePrice: number;
}

export interface ExpectedTrade {
  readonly fillId: string;
  readonly orderId: string;
  readonly grossPnl: number | null;
}

export function expected(engine: GatewayEngine): readonly ExpectedAccount[] {
  return engine.accounts.map(expectedAccount);
}

function expectedAccount(account: GatewayAccount): ExpectedAccount {
  return {
    accountId: String(account.id),
    balance: account.balanceMicros,
    grossPnl: account.grossMicros,
    fees: account.feeMicros,
    commissions: account.commissionMicros,
    positions: account.openPositions.map((position) => ({
      contractId: position.contract.id,
      quantity: position.held,
      averagePrice: averagePoints(position.contract, position.averageTicks, position.averageSize),
    })),
    trades: account.trades
      .filter((trade) => !trade.voided)
      .map(({ id, order, grossMicros }) => ({
        fillId: String(id),
        orderId: String(order.id),
        grossPnl: grossMicros,
      })),
  };
}
