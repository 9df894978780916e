import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import { refusedRow } from "../refused-row.js";
import { GATEWAY_POSITIONS } from "./codes.js";
import { average, brokerId, code, instantText, name, refusalOf } from "./row-fields.js";

/** Size 0 or more; the direction stands in `type`. */
const PositionRow = z.object({
  id: brokerId,
  accountId: brokerId,
  contractId: name,
  creationTimestamp: instantText,
  type: code(GATEWAY_POSITIONS),
  size: z
    .int({ error: "must be a whole number of contracts" })
    .nonnegative({ error: "must not be negative" }),
});

const OpenRow = z.object({ averagePrice: average });

/** The action of an envelope around a position that is closed. */
const CLOSED = 2;

/**
 * A position of Position/searchOpen or GatewayUserPosition. It is flat when its size is 0, whatever
 * its type, or when its envelope says that it was closed. An open one of undefined type is refused:
 * read as long or short it would be a guess.
 *
 * @param action of the stream's envelope; null where there is none
 * @throws RefusedRow naming the field
 */
export function positionEvent(
  row: unknown,
  action: number | null = null,
): Extract<BrokerEvent, { kind: "position" }> {
  const parsed = PositionRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const { id, accountId, contractId, creationTimestamp, type, size } = parsed.data;
  const place = {
    accountId,
    contract: contractId,
    openedAt: creationTimestamp,
    brokerPositionId: id,
  };
  if (size === 0 || action === CLOSED) {
    return {
      kind: "position",
      input: { ...place, side: null, quantity: 0, averagePrice: null },
    };
  }
  if (type === null) throw refusedRow("type", `type 0 Undefined of ${size} contracts: which side?`);
  const open = OpenRow.safeParse(row);
  if (!open.success) throw refusalOf(open.error, row);
  const { averagePrice } = open.data;
  return { kind: "position", input: { ...place, side: type, quantity: size, averagePrice } };
}
