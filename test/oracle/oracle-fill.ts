/** A booked fill as the oracle reads it: text and numbers, nothing of the product's own types. */
export interface OracleFill {
  readonly accountId: string;
  readonly contractId: string;
  readonly symbol: string;
  readonly root: string;
  /** US dollars per point, decimal text. */
  readonly pointValue: string;
  readonly fillId: string;
  readonly orderId: string;
  readonly side: "BUY" | "SELL";
  readonly quantity: number;
  /** Decimal text, as are the costs; null is unknown. */
  readonly price: string;
  readonly commission: string | null;
  readonly fee: string | null;
  /** What a fee table says where the broker told nothing; left out where no table was asked. */
  readonly modelled?: Pick<OracleFill, "commission" | "fee">;
  /** Microseconds since 1970. */
  readonly executedAt: number;
  /** The strategy of the fill's order. */
  readonly strategy: string | null;
}

/** Digits-only ids first, shorter before longer, then by bytes; then the other ids by bytes. */
export function compareFillIds(a: string, b: string): number {
  const [digitsA, digitsB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (digitsA !== digitsB) return digitsA ? -1 : 1;
  if (digitsA && a.length !== b.length) return a.length - b.length;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The order of fills: by instant, then by id. */
export function compareFills(a: OracleFill, b: OracleFill): number {
  return a.executedAt - b.executedAt || compareFillIds(a.fillId, b.fillId);
}

/** ISO-8601 in UTC: no fraction on a whole second, else six digits. */
export function isoOf(micros: number): string {
  const fraction = micros % 1_000_000;
  const whole = new Date((micros - fraction) / 1000).toISOString().replace(".000Z", "");
  return fraction === 0 ? `${whole}Z` : `${whole}.${String(fraction).padStart(6, "0")}Z`;
}

/** Chicago's date seven hours on: the session rolls at 17:00 there. */
export function sessionDay(micros: number): string {
  const chicago = new Date(micros / 1000).toLocaleString("sv-SE", { timeZone: "America/Chicago" });
  const [date = "", time = ""] = chicago.split(" ");
  const shifted = new Date(`${date}T${time}Z`).getTime() + 7 * 3_600_000;
  return new Date(shifted).toISOString().slice(0, 10);
}
