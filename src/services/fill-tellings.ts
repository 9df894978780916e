import { parseName, SIDES } from "../domain/codes.js";
import { type Contract, requireOnTick } from "../domain/contract.js";
import { invalid } from "../domain/errors.js";
import {
  type FillContent,
  optionalMoney,
  parseRevision,
  positiveQuantity,
} from "../domain/fill.js";
import { type FillVersion } from "../domain/fill-version.js";
import { type AccountId, fillId, orderId } from "../domain/ids.js";
import { parseInstant } from "../domain/instant.js";
import { parsePrice } from "../domain/money.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { FillCorrection, FillVoid } from "../ports/services.js";

/** A void names a fill; where only a stand-in has that id, the stand-in. */
export async function voidVersion(
  accountId: AccountId,
  input: FillVoid,
  repos: ReadRepositories,
): Promise<FillVersion> {
  const id = fillId(input.fillId);
  const real = await repos.fills.get(accountId, id, false);
  const standIn = real === null && (await repos.fills.get(accountId, id, true)) !== null;
  return {
    accountId,
    fillId: id,
    standIn,
    revision: 0,
    kind: "void",
    content: {},
    reason: input.reason ?? null,
    source: input.source ?? "api",
  };
}

/**
 * @param contract for the tick and the contract's own fields; null when the correction names none
 * @throws BlotterError `invalid` naming the field
 */
export function parseCorrection(
  accountId: AccountId,
  input: FillCorrection,
  contract: Contract | null,
): FillVersion {
  const revision = parseRevision(input.revision);
  if (revision === 0)
    throw invalid("revision of a correction must be from 1: 0 is the first telling");
  return {
    accountId,
    fillId: fillId(input.fillId),
    standIn: false,
    revision,
    kind: "correction",
    content: correctedContent(input, contract),
    reason: input.reason ?? null,
    source: input.source ?? "api",
  };
}

function correctedContent(input: FillCorrection, contract: Contract | null): Partial<FillContent> {
  const { orderId: order, side, quantity, price, executedAt } = input;
  const commission = optionalMoney(input.commission, "commission");
  const fee = optionalMoney(input.fee, "fee");
  const brokerPnl = optionalMoney(input.brokerPnl, "profit and loss");
  const points = price === undefined ? undefined : parsePrice(price, "price");
  if (points !== undefined && contract) requireOnTick(points, contract, "price");
  return {
    ...(order !== undefined && { orderId: orderId(order) }),
    ...(input.contract !== undefined && contract && contractFields(contract)),
    ...(side !== undefined && { side: parseName(SIDES, side, "side") }),
    ...(quantity !== undefined && { quantity: positiveQuantity(quantity, "quantity") }),
    ...(points !== undefined && { price: points }),
    ...(executedAt !== undefined && { executedAt: parseInstant(executedAt, "execution time") }),
    ...(commission !== null && { commission }),
    ...(fee !== null && { fee }),
    ...(brokerPnl !== null && { brokerPnl }),
  };
}

function contractFields({ contractId, symbol, root }: Contract) {
  return { contractId, symbol, root };
}
