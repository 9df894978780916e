import { type Money, ZERO } from "../money.js";

/** The largest net result above 0: exact dollars. Null without a win. */
export function largestWin(nets: ArrayLike<Money>): Money | null {
  let best = ZERO;
  for (let n = 0; n < nets.length; n += 1) {
    const net = nets[n] ?? ZERO;
    if (net > best) best = net;
  }
  return best > 0 ? best : null;
}

/** The lowest net result below 0: exact dollars. Null without a loss. */
export function largestLoss(nets: ArrayLike<Money>): Money | null {
  let worst = ZERO;
  for (let n = 0; n < nets.length; n += 1) {
    const net = nets[n] ?? ZERO;
    if (net < worst) worst = net;
  }
  return worst < 0 ? worst : null;
}
