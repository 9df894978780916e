import type { Adoption } from "./adoption.js";
import { type CashMovement, compareCash } from "./cash.js";
import type { Instant } from "./instant.js";
import type { Money } from "./money.js";

/**
 * A stretch of an account's life that begins with a balance of its own: its opening, its adoption, or a reset.
 * Every running figure is counted from the start of its epoch.
 */
export interface Epoch {
  /** Counts up from 0. */
  readonly epoch: number;
  readonly kind: "opened" | "adopted" | "reset";
  /** Its first instant; null is since the beginning. */
  readonly startsAt: Instant | null;
  /** The first instant after it; null for the present one. */
  readonly endsAt: Instant | null;
  readonly openingBalance: Money;
  /** What the highest end-of-day balance counts from; null while that is not known. */
  readonly highestEodBalance: Money | null;
  /** The reset that began it. */
  readonly movementId: string | null;
}

/** The epochs that an account's facts make, oldest first. Resets before an adoption are history. */
export function epochsOf(
  startingBalance: Money,
  adoption: Adoption | null,
  movements: readonly CashMovement[],
): readonly Epoch[] {
  const first: Epoch = {
    epoch: 0,
    kind: adoption ? "adopted" : "opened",
    startsAt: adoption?.at ?? null,
    endsAt: null,
    openingBalance: adoption?.balance ?? startingBalance,
    highestEodBalance: adoption ? adoption.highestEodBalance : startingBalance,
    movementId: null,
  };
  const epochs = [first];
  const resets = movements.filter(
    ({ type, voidedAt, at }) => type === "reset" && voidedAt === null && at >= (adoption?.at ?? at),
  );
  for (const { at, amount, movementId } of [...resets].sort(compareCash)) {
    const before = epochs.pop() ?? first;
    epochs.push(
      { ...before, endsAt: at },
      {
        epoch: before.epoch + 1,
        kind: "reset",
        startsAt: at,
        endsAt: null,
        openingBalance: amount,
        highestEodBalance: amount,
        movementId,
      },
    );
  }
  return epochs;
}
