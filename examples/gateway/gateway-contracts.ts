import { DAY_US, HOUR_US } from "./gateway-time.js";

export type Root = "MNQ" | "MES" | "MCL";

/** What a micro contract is, and what it costs a contract and side. */
interface GatewayProduct {
  /** The platform's own code, which differs from the exchange's for some products. */
  readonly code: string;
  readonly title: string;
  /** 1e-9 points. */
  readonly tickSizeNanos: number;
  /** 1e-6 US dollars. */
  readonly tickValueMicros: number;
  readonly feeMicros: number;
  readonly commissionMicros: number;
  readonly startTicks: number;
}

const PRODUCTS: Readonly<Record<Root, GatewayProduct>> = {
  MNQ: micro("MNQ", "Micro E-mini Nasdaq-100", 250_000_000, 500_000, 360_000, 100_000),
  MES: micro("MES", "Micro E-mini S&P 500", 250_000_000, 1_250_000, 360_000, 27_200),
  MCL: micro("MCLE", "Micro Crude Oil", 10_000_000, 1_000_000, 510_000, 7_500),
};

function micro(
  code: string,
  title: string,
  tickSizeNanos: number,
  tickValueMicros: number,
  feeMicros: number,
  startTicks: number,
): GatewayProduct {
  const costs = { feeMicros, commissionMicros: 250_000 };
  return { code, title, tickSizeNanos, tickValueMicros, ...costs, startTicks };
}

export interface GatewayContract extends GatewayProduct {
  readonly root: Root;
  readonly id: string;
  readonly symbolId: string;
  /** As the hub's positions name it: two digits of the year. */
  readonly displayName: string;
  /** As Contract/search names it: one digit of the year. */
  readonly name: string;
  /** From this instant on it cannot be traded. */
  readonly expiresUs: number;
}

/** Trading moves on to the next contract so long before this one expires. */
const ROLL_US = 7 * DAY_US;

/** The quarterly contracts of a root that can be traded at an instant, the front one first. */
export function listedContracts(root: Root, us: number): readonly GatewayContract[] {
  const date = new Date(us / 1_000);
  const quarter = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
  return [0, 1, 2]
    .map((ahead) => quarterly(root, quarter + ahead))
    .filter((contract) => contract.expiresUs > us)
    .slice(0, 2);
}

/** The contract that most is traded in at an instant. */
export function frontContract(root: Root, us: number): GatewayContract {
  const [first, second] = listedContracts(root, us);
  if (!first || !second) throw new Error(`no contract of ${root} is listed at ${us}`);
  return first.expiresUs - us > ROLL_US ? first : second;
}

const known = new Map<string, GatewayContract>();

/** Null for an id that names no quarterly contract of a known product. */
export function contractOf(contractId: string): GatewayContract | null {
  const found = known.get(contractId);
  if (found) return found;
  const parts = /^CON\.F\.US\.([A-Z]+)\.([HMUZ])(\d\d)$/.exec(contractId);
  const root = ROOTS.find((candidate) => PRODUCTS[candidate].code === parts?.[1]);
  if (!parts || !root) return null;
  return quarterly(root, (2000 + Number(parts[3])) * 4 + MONTHS.indexOf(parts[2] ?? ""));
}

export const ROOTS: readonly Root[] = ["MNQ", "MES", "MCL"];
const MONTHS = "HMUZ";

/** @param quarter counted from the year 0, so that quarters of all years follow on each other */
function quarterly(root: Root, quarter: number): GatewayContract {
  const product = PRODUCTS[root];
  const year = Math.floor(quarter / 4);
  const expiry = `${MONTHS.charAt(quarter % 4)}${year % 100}`;
  const id = `CON.F.US.${product.code}.${expiry}`;
  const found = known.get(id);
  if (found) return found;
  const contract = {
    ...product,
    root,
    id,
    symbolId: `F.US.${product.code}`,
    displayName: `${root}${expiry}`,
    name: `${root}${expiry.charAt(0)}${year % 10}`,
    expiresUs: thirdFridayUs(year, (quarter % 4) * 3 + 2),
  };
  known.set(id, contract);
  return contract;
}

function thirdFridayUs(year: number, month: number): number {
  const weekday = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const day = 15 + ((5 - weekday + 7) % 7);
  return Date.UTC(year, month, day) * 1_000 + 14 * HOUR_US;
}

/** Points of a whole number of ticks, exact to the nearest double. */
export function pointsOf(contract: GatewayContract, ticks: number): number {
  return (ticks * contract.tickSizeNanos) / 1e9;
}

/** Null for a price off the tick. */
export function ticksOf(contract: GatewayContract, points: number): number | null {
  const nanos = Math.round(points * 1e9);
  return nanos % contract.tickSizeNanos === 0 ? nanos / contract.tickSizeNanos : null;
}

/** Points of an average over contracts, to nine decimals. */
export function averagePoints(contract: GatewayContract, ticks: number, size: number): number {
  return Math.round((ticks * contract.tickSizeNanos) / size) / 1e9;
}
