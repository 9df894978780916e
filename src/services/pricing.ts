import type { Contract } from "../domain/contract.js";
import type { Slice } from "../domain/fifo.js";
import { type AccountId, positionName } from "../domain/ids.js";
import { type Match, priceSlice } from "../domain/match.js";
import type { Ids } from "../ports/ids.js";
import type { MatchDelta } from "./derived-rows.js";
import type { PositionTrace } from "./rematch.js";

/** Gives slices their P&L and positions their ids; each id is computed once. */
export class Pricing {
  readonly #ids = new Map<string, string>();

  constructor(
    private readonly accountId: AccountId,
    private readonly contract: Contract,
    private readonly ids: Ids,
  ) {}

  positionId(opener: PositionTrace["fillKey"]): string {
    const known = this.#ids.get(opener);
    if (known) return known;
    const id = this.ids.uuid(positionName(this.accountId, this.contract.contractId, opener));
    this.#ids.set(opener, id);
    return id;
  }

  match(slice: Slice): Match {
    const positionId = this.positionId(slice.opener.fillKey);
    return priceSlice(slice, this.accountId, this.contract, positionId);
  }

  identified(trace: PositionTrace): MatchDelta["positions"][number] {
    return { ...trace, positionId: this.positionId(trace.opener.fillKey) };
  }
}
