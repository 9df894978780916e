import { parseName } from "./codes.js";

export const ACCOUNT_TYPES = ["evaluation", "funded", "practice"] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

export function parseAccountType(value: string): AccountType {
  const upper = ACCOUNT_TYPES.map((type) => type.toUpperCase());
  const name = parseName(upper, value, "account type");
  return ACCOUNT_TYPES[upper.indexOf(name)] ?? "practice";
}
