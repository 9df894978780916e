/**
 * What a broker's messages about fills come to, once all of them are in: the highest revision that
 * knows a field decides it, and a void is final. Written over the whole set at once, so that the
 * order in which the messages came cannot matter.
 */

/** The fields of a fill that a message may tell; what it does not know is left out or null. */
export interface ToldFacts {
  readonly orderId?: string;
  readonly side?: "BUY" | "SELL";
  readonly quantity?: number;
  readonly price?: string;
  readonly executedAt?: number;
  readonly commission?: string | null;
  readonly fee?: string | null;
}

export interface Telling {
  readonly accountId: string;
  readonly fillId: string;
  readonly kind: "fill" | "correction" | "void";
  /** 0 for the fill itself. */
  readonly revision: number;
  readonly facts: ToldFacts;
}

export interface FinalFill {
  readonly accountId: string;
  readonly fillId: string;
  readonly revision: number;
  readonly facts: Required<ToldFacts>;
}

/** The fills that count: told as a fill at least once, and never taken back. */
export function finalFills(tellings: readonly Telling[]): readonly FinalFill[] {
  const ids = new Set(tellings.map((told) => JSON.stringify([told.accountId, told.fillId])));
  return [...ids].flatMap((id) => {
    const of = tellings.filter((told) => JSON.stringify([told.accountId, told.fillId]) === id);
    const counts = of.some((told) => told.kind === "fill") && of.every((t) => t.kind !== "void");
    return counts ? [fold(of)] : [];
  });
}

function fold(tellings: readonly Telling[]): FinalFill {
  const newestFirst = [...tellings].sort((a, b) => b.revision - a.revision);
  const [newest] = newestFirst;
  if (newest === undefined) throw new Error("a fill that nobody told of");
  /** Newest first, the values that are known. */
  const told = <T>(field: (facts: ToldFacts) => T | null | undefined): readonly T[] =>
    newestFirst.flatMap(({ facts }) => field(facts) ?? []);
  const must = <T>(field: (facts: ToldFacts) => T | null | undefined): T => {
    const [value] = told(field);
    if (value === undefined) throw new Error(`fill ${newest.fillId} was never told whole`);
    return value;
  };
  return {
    accountId: newest.accountId,
    fillId: newest.fillId,
    revision: newest.revision,
    facts: {
      orderId: must((facts) => facts.orderId),
      side: must((facts) => facts.side),
      quantity: must((facts) => facts.quantity),
      price: must((facts) => facts.price),
      executedAt: must((facts) => facts.executedAt),
      commission: told((facts) => facts.commission)[0] ?? null,
      fee: told((facts) => facts.fee)[0] ?? null,
    },
  };
}
