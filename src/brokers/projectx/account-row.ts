import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import { brokerId, name, refusalOf } from "./row-fields.js";

const AccountRow = z.object({ id: brokerId, name });

/**
 * An account of Account/search or GatewayUserAccount. Its `balance` is today's, not the one it
 * started with, and its type is told nowhere (a name only hints at it): both stay the trader's to
 * say.
 *
 * @throws RefusedRow naming the field
 */
export function accountEvent(row: unknown): BrokerEvent {
  const parsed = AccountRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  return {
    kind: "account",
    input: { accountId: parsed.data.id, accountName: parsed.data.name },
  };
}
