/** A stream of numbers in [0, 1) that a seed decides; the same seed gives the same stream everywhere. */
export type SeededRandom = () => number;

/** Creates the stream of a seed (mulberry32: 32 bits of state, enough to choose moments, not to keep secrets). */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export const randomInteger = (random: SeededRandom, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
