import { describe, expect, it } from 'vitest';
import { seededRandom } from '../crash/seeded-random.ts';
import { counts, judgeBackoff, type Wait } from './judge-backoff.ts';

const backoff = { baseMs: 100, capMs: 800 };
const clients = 20;
const rounds = [3, 3, 3, 9];

type Draw = (n: number, round: number, chance: number) => number;

/** The waits of one run: each drawn by a client, each a little late, one of a hundred by much. */
const runOf = (draw: Draw, random: () => number): readonly Wait[] =>
  Array.from({ length: clients }, () => rounds.flatMap((length, round) => Array.from({ length }, (_, n) => {
    const lateMs = random() < 0.01 ? 100 + 400 * random() : 30 * random();
    return { n, ms: draw(n, round, random()) + lateMs };
  }))).flat();

const bound = (n: number): number => Math.min(backoff.capMs, backoff.baseMs * 2 ** n);
const good: Draw = (n, _, chance) => chance * bound(n);

const bad: { readonly [name: string]: readonly [Draw, string] } = {
  'no cap': [(n, _, chance) => chance * 100 * 2 ** n, 'RECONNECT-2'],
  'twice the cap': [(n, _, chance) => chance * Math.min(1600, 100 * 2 ** n), 'RECONNECT-2'],
  'jitter before the cap': [(n, _, chance) => Math.min(800, 2 * chance * 100 * 2 ** n), 'RECONNECT-2'],
  'no jitter': [(n) => bound(n), 'RECONNECT-1'],
  'equal jitter': [(n, _, chance) => bound(n) * (0.5 + chance / 2), 'RECONNECT-1'],
  'no wait': [() => 0, 'RECONNECT-1'],
  'a wait that never grows': [(_, __, chance) => 100 * chance, 'RECONNECT-1'],
  'a first attempt at once': [(n, _, chance) => (n === 0 ? 0 : chance * bound(n)), 'RECONNECT-1'],
  'a first wait without jitter': [(n, _, chance) => (n === 0 ? 100 : chance * bound(n)), 'RECONNECT-1'],
  'no reset': [(n, round, chance) => chance * bound(n + 3 * round), 'RECONNECT-3'],
};

describe('the judge of backoff', () => {
  it('blames no good client in 2000 runs', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 2_000; run++) expect(judgeBackoff(runOf(good, random), backoff)).toEqual([]);
  });

  it.each(Object.entries(bad))('blames %s each time', (_, [draw, rule]) => {
    const random = seededRandom(11);
    for (let run = 0; run < 200; run++) expect(judgeBackoff(runOf(draw, random), backoff).flatMap(({ cites }) => cites)).toContain(rule);
  });

  it('fails a good client less than once in 100000 runs', () => {
    const first = clients * rounds.length;
    const capped = clients * rounds.reduce((sum, length) => sum + Math.max(0, length - 3), 0);
    expect({ first, capped }).toEqual({ first: 80, capped: 120 });
    const alarms = [
      1 - atMost(capped, 0.01, counts.aboveCap), atMost(capped, 0.37, counts.belowHalf - 1), atMost(capped, 0.5, counts.aboveHalf - 1),
      atMost(first, 0.7, counts.firstAbove - 1), atMost(first, 0.2475, counts.firstBelow - 1), 1 - atMost(first, 0.01, counts.firstNotReset),
    ];
    expect(alarms.reduce((sum, chance) => sum + chance, 0)).toBeLessThan(1e-5);
  });
});

/** The chance of at most `most` successes of `tries`. */
function atMost(tries: number, chance: number, most: number): number {
  let term = (1 - chance) ** tries;
  let sum = 0;
  for (let hits = 0; hits <= most; hits++) {
    sum += term;
    term *= ((tries - hits) / (hits + 1)) * (chance / (1 - chance));
  }
  return sum;
}
