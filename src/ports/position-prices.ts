import type { AccountId } from "../domain/ids.js";
import { formatInstant } from "../domain/instant.js";
import { unrealizedAt } from "../domain/match.js";
import { moneyToNumber, priceToNumber } from "../domain/money.js";
import { type PlainRow, plainPosition } from "../domain/plain.js";
import type { PositionPrice, ReadRepositories } from "./repositories.js";
import type { ValuedPosition } from "./services.js";
import { requireContract } from "./stored-contract.js";

/**
 * What open positions of an account are worth at the newest prices that were seen, by position id. Fills may have
 * come since: the value is over the lots as they are.
 * @throws BlotterError `corrupt` when the contract of a position is missing
 */
export async function positionPrices(
  accountId: AccountId,
  { positions, lots, contracts }: Pick<ReadRepositories, "positions" | "lots" | "contracts">,
): Promise<ReadonlyMap<string, PositionPrice>> {
  const found = new Map<string, PositionPrice>();
  for (const { contractId, ...price } of await positions.prices(accountId)) {
    const { pointValue } = await requireContract(contractId, { contracts });
    const open = await lots.of(accountId, contractId);
    const unrealizedPnl = unrealizedAt(open, price.currentPrice, pointValue);
    found.set(price.positionId, { ...price, unrealizedPnl });
  }
  return found;
}

/** With what it is worth at the newest price that was seen; null where none was. */
export function plainValued({ position, price }: ValuedPosition): PlainRow {
  return {
    ...plainPosition(position),
    currentPrice: price && priceToNumber(price.currentPrice),
    unrealizedPnl: price && moneyToNumber(price.unrealizedPnl),
    markedAt: price && formatInstant(price.markedAt),
  };
}
