import { createHash, randomBytes, randomInt } from 'node:crypto';
import { seededRandom, type SeededRandom } from '../crash/seeded-random.ts';

/** What chance decides while one scenario runs. */
export interface Chance {
  /** Mints an id in the form of a UUID, with 122 bits that look random. */
  mintId(): string;
  /** Decides who of a race goes first, and how much later the others go. */
  readonly random: SeededRandom;
}

/** Everything that chance decides in one run of the suite, by one number: the same seed gives the same order, the same ids and the same jitter. */
export interface Seed {
  readonly number: number;
  /** Goes into the ids beside the number, for a server that remembers the ids of an earlier run. */
  readonly salt: string;
}

/** A number that nobody chose, for a run that is given none. */
export const randomSeed = (): number => randomInt(1, 2 ** 31);

/** A salt that no earlier run had. */
export const freshSalt = (): string => randomBytes(12).toString('hex');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Creates the chance of one place, such as a scenario in a variant at its first attempt; other places have another, whatever the order in which they run. */
export function chanceOf(seed: Seed, place: string): Chance {
  let minted = 0;
  return {
    random: seededRandom(digest(`${seed.number} ${place}`).readUInt32LE()),
    mintId() {
      minted += 1;
      const hex = digest(`${seed.number} ${seed.salt} ${place} ${minted}`).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}

/** Puts items into the order of a seed. */
export function shuffle<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const ranked = items.map((item) => ({ item, rank: random() }));
  return ranked.sort((left, right) => left.rank - right.rank).map(({ item }) => item);
}
