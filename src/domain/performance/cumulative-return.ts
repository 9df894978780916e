/** Growth of 1 through the returns: the products (1 + r) up to each. Empty for none. */
export function growth(returns: readonly number[]): readonly number[] {
  let value = 1;
  return returns.map((day) => {
    value *= 1 + day;
    return value;
  });
}

/** Cumulative return = product of (1 + r) - 1: a fraction, net of costs. Null for no returns. */
export function cumulativeReturn(returns: readonly number[]): number | null {
  const path = growth(returns);
  const last = path[path.length - 1];
  return last === undefined ? null : last - 1;
}
