/** Gives the next number of a sequence, from 0 (included) to 1 (excluded). */
export type Random = () => number;

/**
 * Random numbers that are the same for the same seed, on every machine: sfc32 (C. Doty-Humphrey, PractRand, 2010),
 * whose state is made of the seed by splitmix32. Good for simulation, not for secrets.
 */
export function randomFrom(seed: number): Random {
  const next = splitMix(seed % 2 ** 32, Math.floor(seed / 2 ** 32));
  let [a, b, c, counter] = [next(), next(), next(), 1];
  const step = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i += 1) step();
  return step;
}

/** Spreads a seed over the bits of a state, however small the seed is. */
function splitMix(low: number, high: number): () => number {
  let state = (low ^ Math.imul(high, 0x9e3779b1)) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
