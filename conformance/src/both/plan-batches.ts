import type { Cut } from './door.ts';
import type { BatchPlan } from './run-batch.ts';
import { wordOf } from './tally.ts';

/** Most clients that watch one run. */
const clientsOfBatch = 50;

/** The agent is cut off at each so-many-th frame, and never hears the ack of what it wrote then. */
const agentCutEvery = 50;

const cutAt = (index: number, pass: number): Cut => ({ word: wordOf(index), place: (index + pass) % 2 === 0 ? 'inside' : 'behind', loses: (index >> 1) % 2 === 0 ? 'command' : 'ack' });

/**
 * Plans a drop at every index of a run of so many frames, over each transport: of two clients for each index one is cut
 * off inside of the frame and one directly behind it; each loses its command, or the ack of its command, with that.
 */
export function planBatches(frames: number, transports: readonly ('websocket' | 'sse')[]): BatchPlan[] {
  const cuts = [0, 1].flatMap((pass) => Array.from({ length: frames }, (_, index) => cutAt(index, pass)));
  const agentCuts = Array.from({ length: Math.floor(frames / agentCutEvery) }, (_, index): Cut => ({ word: wordOf(index * agentCutEvery), place: 'inside', loses: 'ack' }));
  const batches = Math.ceil(cuts.length / clientsOfBatch);
  return transports.flatMap((transport) =>
    Array.from({ length: batches }, (_, batch): BatchPlan => ({ transport, frames, cuts: cuts.slice(batch * clientsOfBatch, (batch + 1) * clientsOfBatch), agentCuts })));
}
