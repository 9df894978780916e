import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import { refusedRow } from "../refused-row.js";
import { GATEWAY_SIDES, GATEWAY_STATUSES, GATEWAY_TYPES } from "./codes.js";
import {
  brokerId,
  code,
  contracts,
  instantText,
  name,
  optionalAverage,
  optionalContracts,
  optionalId,
  optionalInstant,
  optionalPrice,
  optionalText,
  refusalOf,
} from "./row-fields.js";

/**
 * `trailDistance` (ticks, signed) and `trailPrice` (of unclear meaning) are left out: neither is a
 * distance in points.
 */
const OrderRow = z.object({
  id: optionalId,
  /** The stream was seen to send this in place of `id`. */
  orderId: optionalId,
  accountId: brokerId,
  contractId: name,
  creationTimestamp: instantText,
  updateTimestamp: optionalInstant,
  status: code(GATEWAY_STATUSES),
  type: code(GATEWAY_TYPES),
  side: code(GATEWAY_SIDES),
  size: contracts,
  limitPrice: optionalPrice,
  stopPrice: optionalPrice,
  fillVolume: optionalContracts,
  filledPrice: optionalAverage,
  customTag: optionalText,
  parentOrderId: optionalId,
  linkedOrderId: optionalId,
});

/**
 * An order of Order/search or GatewayUserOrder. The row's last change is never taken for the
 * instant of a fill: it comes before or after it. A cancelled order can have filled contracts, so
 * the filled quantity is told whatever the status.
 *
 * @param source where the row came from, as in `OrderInput.source`
 * @throws RefusedRow naming the field
 */
export function orderEvent(row: unknown, source: string): BrokerEvent {
  const parsed = OrderRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const order = parsed.data;
  const orderId = order.id ?? order.orderId;
  if (orderId === null) throw refusedRow("id", "id is missing");
  return {
    kind: "order",
    input: {
      accountId: order.accountId,
      orderId,
      contract: order.contractId,
      side: order.side,
      orderType: order.type,
      quantity: order.size,
      limitPrice: order.limitPrice,
      stopPrice: order.stopPrice,
      status: order.status,
      filledQuantity: order.fillVolume,
      averageFillPrice: order.filledPrice,
      parentOrderId: order.parentOrderId,
      linkedOrderId: order.linkedOrderId,
      createdAt: order.creationTimestamp,
      cancelledAt: order.status === "CANCELLED" ? order.updateTimestamp : null,
      updatedAt: order.updateTimestamp,
      customTag: order.customTag,
      source,
      authority: "api",
    },
  };
}
