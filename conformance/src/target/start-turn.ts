import { availableParallelism } from 'node:os';

const free: (() => void)[] = [];
let starting = 0;

/** Starts one process when its turn comes: as many at a time as there are processors, because a storm of starts makes every one of them slow, and tokens that are minted for a start run out. */
export async function inTurn<Started>(start: () => Promise<Started>): Promise<Started> {
  if (starting >= availableParallelism()) await new Promise<void>((turn) => free.push(turn));
  starting += 1;
  try {
    return await start();
  } finally {
    starting -= 1;
    free.shift()?.();
  }
}
