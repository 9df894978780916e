import { type AccountId, accountId } from "../../src/domain/ids.js";
import type { Blotter } from "../../src/index.js";

let opened = 0;

/** An account that no other test of the run uses. */
export async function freshAccount(blotter: Blotter): Promise<AccountId> {
  opened += 1;
  const id = accountId(`account-${process.pid}-${opened}`);
  await blotter.accounts.open({ accountId: id, startingBalance: 50_000 });
  return id;
}
