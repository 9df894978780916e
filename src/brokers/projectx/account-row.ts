import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import { brokerId, name, optionalFlag, optionalMoney, refusalOf } from "./row-fields.js";

const AccountRow = z.object({
  id: brokerId,
  name,
  balance: optionalMoney,
  canTrade: optionalFlag,
});

/**
 * An account of Account/search or GatewayUserAccount. Its `balance` is today's, not the one it
 * started with, and its type is told nowhere (a name only hints at it): both stay the trader's to
 * say.
 *
 * @throws RefusedRow naming the field
 */
export function accountEvent(row: unknown): Extract<BrokerEvent, { kind: "account" }> {
  const parsed = AccountRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const { id, name, balance, canTrade } = parsed.data;
  return {
    kind: "account",
    input: { accountId: id, accountName: name },
    told: { balance, canTrade },
  };
}
