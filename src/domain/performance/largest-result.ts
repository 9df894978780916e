import type { Money } from "../money.js";

/** The largest net result above 0: exact dollars. Null without a win. */
export function largestWin(nets: readonly Money[]): Money | null {
  return nets.reduce<Money | null>(
    (best, net) => (net > 0 && (best === null || net > best) ? net : best),
    null,
  );
}

/** The lowest net result below 0: exact dollars. Null without a loss. */
export function largestLoss(nets: readonly Money[]): Money | null {
  return nets.reduce<Money | null>(
    (worst, net) => (net < 0 && (worst === null || net < worst) ? net : worst),
    null,
  );
}
