import { z } from "zod";
import type { BrokerEvent } from "../../ports/broker.js";
import type { BrokerAccount } from "../../ports/broker-client.js";
import { refusedRow } from "../refused-row.js";
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

/** An account of Account/search, which tells all of it. @throws RefusedRow naming the field */
export function brokerAccount(row: unknown): BrokerAccount {
  const { input, told } = accountEvent(row);
  const { accountId, accountName = accountId } = input;
  const balance = told?.balance ?? null;
  const canTrade = told?.canTrade ?? null;
  if (balance === null) throw refusedRow("balance", "balance is missing");
  if (canTrade === null) throw refusedRow("canTrade", "canTrade is missing");
  return { accountId, accountName, balance, canTrade };
}
