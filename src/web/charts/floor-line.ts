import type { AccountFloor } from "../../http/report-data.js";

/** The dashed line under the balance, and what it means. */
export interface FloorLine {
  readonly name: string;
  /** By trading day; null where it is not known. */
  readonly values: ReadonlyMap<string, number | null>;
  /** Said under the chart; null when there is nothing to say. */
  readonly note: string | null;
}

/**
 * The floor of one account; of several, whose balances are drawn as one sum, the sum of their floors. A sum is only
 * drawn where each of them has a floor: with less it would stand for other accounts than the balance does. A floor
 * holds until the next day that has one.
 *
 * @param days oldest first
 */
export function floorLine(days: readonly string[], accounts: readonly AccountFloor[]): FloorLine {
  const [only] = accounts;
  const held = accounts.map(({ floors }) => heldFloors(days, floors));
  const values = new Map(days.map((day) => [day, sumOf(held.map((floors) => floors.get(day)))]));
  if (accounts.length === 1 && only) return { name: "Floor", values, note: noteOfOne(values) };
  return { name: "Floors, summed", values, note: noteOfSeveral(accounts) };
}

function noteOfOne(values: FloorLine["values"]): string | null {
  const isKnown = [...values.values()].some((value) => value !== null);
  return isKnown ? "Dashed: the floor, the balance at which the account is lost." : null;
}

function noteOfSeveral(accounts: readonly AccountFloor[]): string | null {
  const without = accounts.filter(({ floors }) => floors.every(({ floor }) => floor === null));
  if (without.length === accounts.length) return null;
  if (without.length === 0) {
    return (
      `Dashed: the floors of all ${accounts.length} accounts, summed as their balances are. Below it at least one ` +
      "account is lost; above it one may be: choose an account to see its own floor."
    );
  }
  const names = without.map(({ name }) => name).join(", ");
  const has = without.length === 1 ? "has" : "have";
  return `No floor is drawn: the balance counts ${names}, which ${has} none. Choose an account to see its own floor.`;
}

/** The floor at the end of each day: of that day, or of the last one before it. */
function heldFloors(
  days: readonly string[],
  floors: AccountFloor["floors"],
): ReadonlyMap<string, number | null> {
  const held = new Map<string, number | null>();
  let next = 0;
  let floor: number | null = null;
  for (const day of days) {
    for (; next < floors.length; next += 1) {
      const found = floors[next];
      if (found === undefined || found.tradingDay > day) break;
      floor = found.floor;
    }
    held.set(day, floor);
  }
  return held;
}

/** Null when one is not known. */
function sumOf(floors: readonly (number | null | undefined)[]): number | null {
  let sum = 0;
  for (const floor of floors) {
    if (floor === null || floor === undefined) return null;
    sum += floor;
  }
  return floors.length === 0 ? null : sum;
}
