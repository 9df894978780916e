import { z } from "zod";
import { formatPrice, type Price, parsePrice } from "../../domain/money.js";
import type { BrokerEvent } from "../../ports/broker.js";
import { refusedRow } from "../refused-row.js";
import { name, optionalInstant, optionalPrice, optionalText, refusalOf } from "./row-fields.js";

const QuoteRow = z.object({
  /** The contract; `symbol` is only its root (F.US.MNQ). */
  contract: optionalText,
  lastPrice: optionalPrice,
  bestBid: optionalPrice,
  bestAsk: optionalPrice,
  timestamp: optionalInstant,
  lastUpdated: optionalInstant,
});

/**
 * A quote of the market hub. A message tells what changed: without a last trade, the middle of bid
 * and ask is the price; with neither, there is none, and null is returned.
 *
 * @param contractId the event's first argument; null where the payload came without
 * @throws RefusedRow naming the field
 */
export function quoteEvent(row: unknown, contractId: string | null): BrokerEvent | null {
  const parsed = QuoteRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const { lastPrice, bestBid, bestAsk, timestamp, lastUpdated } = parsed.data;
  const contract = contractOf(contractId ?? parsed.data.contract);
  const at = timestamp ?? lastUpdated;
  if (at === null) throw refusedRow("timestamp", "timestamp is missing");
  const price = lastPrice ?? middle(bestBid, bestAsk);
  if (price === null) return null;
  return {
    kind: "quote",
    input: {
      contract,
      price,
      ...(bestBid === null ? {} : { bid: bestBid }),
      ...(bestAsk === null ? {} : { ask: bestAsk }),
      at,
    },
  };
}

function contractOf(value: string | null): string {
  const parsed = name.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusedRow("contract", "contract is missing");
}

/** Exact: half of the finest tick, 1/256, still has nine decimals. */
function middle(bid: number | null, ask: number | null): string | null {
  if (bid === null || ask === null) return null;
  const sum = parsePrice(bid, "bid") + parsePrice(ask, "ask");
  // Both are whole counts of 1e-9, and a middle between two counts is moved down to one.
  return formatPrice(Math.floor(sum / 2) as Price);
}
