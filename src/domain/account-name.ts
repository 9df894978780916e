import type { AccountType } from "./account-type.js";

/** What a prop-firm account's name tells. Null is what the pattern does not tell. */
export interface NamedAccount {
  readonly accountType: AccountType;
  readonly stage: "combine" | "express" | "live" | "practice";
  /** Nominal size in US dollars: 50000, 100000, 150000. */
  readonly size: number | null;
  /** True for the variant with a daily loss limit. */
  readonly dailyLossLimit: boolean | null;
}

type NameReader = (name: RegExpExecArray) => NamedAccount;

const PATTERNS: readonly (readonly [RegExp, NameReader])[] = [
  // 50KTC-V2-..., 150KTC-V2-DLL-...
  [
    /^(50|100|150)KTC(?![A-Z0-9])(.*)$/,
    ([, size, rest = ""]) => ({
      accountType: "evaluation",
      stage: "combine",
      size: Number(size) * 1000,
      dailyLossLimit: /(?:^|-)DLL(?:-|$)/.test(rest),
    }),
  ],
  // The older S1AUG14..., by month.
  [
    /^S1(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/,
    () => ({ accountType: "evaluation", stage: "combine", size: null, dailyLossLimit: null }),
  ],
  [
    /^EXPRESS/,
    () => ({ accountType: "funded", stage: "express", size: null, dailyLossLimit: null }),
  ],
  [
    /^PRAC(?:TICE|-)/,
    () => ({ accountType: "practice", stage: "practice", size: null, dailyLossLimit: null }),
  ],
  [/^TOPX\d/, () => ({ accountType: "funded", stage: "live", size: null, dailyLossLimit: null })],
];

/**
 * What the name of an account tells by the firm's own patterns; null when none fits. The gateway's API has
 * no account type: names of 142 accounts showed these. A guess from a name, so that a caller may always
 * say otherwise.
 */
export function readAccountName(accountName: string): NamedAccount | null {
  const name = accountName.trim().toUpperCase();
  for (const [pattern, read] of PATTERNS) {
    const found = pattern.exec(name);
    if (found) return read(found);
  }
  return null;
}
