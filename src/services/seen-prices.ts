import type { ComplianceState } from "../domain/compliance/state.js";
import type { Contract } from "../domain/contract.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { requireContract } from "../ports/stored-contract.js";

export interface SeenPrice {
  readonly contract: Contract;
  readonly mark: Mark;
}

/**
 * The newest prices of what an account holds that were seen after the state's last event and, changing nothing
 * for its rules then, are no part of it; oldest first. Rules look at all contracts at once: when one of them
 * matters, the others' prices matter with it.
 *
 * @param but a contract whose price is told otherwise
 * @param until prices after this instant do not come
 */
export async function seenPrices(
  accountId: AccountId,
  { open, last }: ComplianceState,
  but: ContractId | null,
  until: Instant,
  repos: ReadRepositories,
): Promise<readonly SeenPrice[]> {
  const others = open.filter((exposure) => exposure.contractId !== but);
  if (others.length === 0) return [];
  const since = last?.at ?? 0;
  const seen: SeenPrice[] = [];
  for (const { contractId, currentPrice, markedAt } of await repos.positions.prices(accountId)) {
    const held = others.find((exposure) => exposure.contractId === contractId);
    if (!held || held.price === currentPrice || markedAt <= since || markedAt > until) continue;
    const mark = { at: markedAt, price: currentPrice };
    seen.push({ contract: await requireContract(contractId, repos), mark });
  }
  return seen.sort((a, b) => a.mark.at - b.mark.at);
}
