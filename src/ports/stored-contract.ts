import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import type { ContractId } from "../domain/ids.js";
import type { ReadRepositories } from "./repositories.js";

/** The contract of a stored fill. @throws BlotterError `corrupt` when its row is missing */
export async function requireContract(
  contractId: ContractId,
  { contracts }: Pick<ReadRepositories, "contracts">,
): Promise<Contract> {
  const contract = await contracts.get(contractId);
  if (!contract) throw new BlotterError("corrupt", `fills of ${contractId} have no contract row`);
  return contract;
}
