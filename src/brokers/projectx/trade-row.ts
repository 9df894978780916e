import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import { GATEWAY_SIDES } from "./codes.js";
import {
  brokerId,
  code,
  contracts,
  instantText,
  name,
  optionalMoney,
  price,
  refusalOf,
} from "./row-fields.js";

const TradeRow = z.object({
  id: brokerId,
  accountId: brokerId,
  contractId: name,
  creationTimestamp: instantText,
  price,
  /** Gross; null on a fill that only opens. */
  profitAndLoss: optionalMoney,
  /** Of this side only. */
  fees: optionalMoney,
  /** Of this side only. REST rows may lack it: then it is unknown, not zero. */
  commissions: optionalMoney,
  side: code(GATEWAY_SIDES),
  size: contracts,
  voided: z
    .boolean({ error: "must be true or false" })
    .nullish()
    .transform((voided) => voided ?? false),
  orderId: brokerId,
});

/**
 * A half-turn of Trade/search or GatewayUserTrade: one fill, one side.
 *
 * @param source where the row came from, as in `FillInput.source`
 * @throws RefusedRow naming the field
 */
export function tradeEvent(row: unknown, source: string): BrokerEvent {
  const parsed = TradeRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const trade = parsed.data;
  return {
    kind: "fill",
    input: {
      accountId: trade.accountId,
      fillId: trade.id,
      orderId: trade.orderId,
      contract: trade.contractId,
      side: trade.side,
      quantity: trade.size,
      price: trade.price,
      commission: trade.commissions,
      fee: trade.fees,
      executedAt: trade.creationTimestamp,
      voided: trade.voided,
      brokerPnl: trade.profitAndLoss,
      source,
    },
  };
}
