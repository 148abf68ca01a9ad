import { randomInteger, seededRandom } from './seeded-random.ts';

/** What one try does, decided by its seed alone. */
export interface CrashPlan {
  /** The transport before the kill; the resume is on the other one. */
  readonly transport: 'websocket' | 'sse';
  /** The texts of the deltas, one append after the other. */
  readonly appends: readonly (readonly string[])[];
  /** Appends that may wait for their ack at once. */
  readonly window: number;
  /** The kill comes when that many acks of appends have arrived … */
  readonly killAfterAcks: number;
  /** … and that much later; below a millisecond it falls between a commit and its delivery. */
  readonly killDelayMs: number;
  /** The appends with which a person's message is sent. */
  readonly messagesAt: readonly number[];
}

/** Plans try number `index` of a run with `seed`. */
export function planCrash(seed: number, index: number, transports: readonly ('websocket' | 'sse')[]): CrashPlan {
  const random = seededRandom(seed * 1_000_003 + index);
  const count = randomInteger(random, 20, 60);
  const appends = Array.from({ length: count }, (_, append) => Array.from({ length: randomInteger(random, 1, 5) }, (__, delta) => `${append}.${delta} é😀 `));
  return {
    transport: transports[index % transports.length] ?? 'websocket',
    appends,
    window: randomInteger(random, 1, 8),
    killAfterAcks: randomInteger(random, 0, count - 1),
    killDelayMs: random() < 0.5 ? 0 : random() * 6,
    messagesAt: Array.from({ length: 4 }, () => randomInteger(random, 0, count - 1)),
  };
}
