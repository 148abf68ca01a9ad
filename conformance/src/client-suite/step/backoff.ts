import type { StepOf } from '../format.ts';
import { judgeBackoff, type Wait } from '../judge-backoff.ts';
import { breaks, Busy, clientOf, holds, type Story } from '../story.ts';
import { attach } from './attach.ts';
import { open } from './open.ts';
import { cut, door, refused, wait } from './serving.ts';

/** How long a connection lives before it is cut, so that the client begins its waits anew; longer than `healthMs` of the scenario. */
const healthyMs = 120;

/** How often the driver is asked how late it is. */
const askEveryMs = 50;
/** A client of whose process more than one of twenty answers takes this long is held up by more than the judge allows for. */
const busyMs = 25;
const busyShare = 0.05;

/** Measures meanwhile how late the process of the client is, by questions that it answers at once; returns the share that came late. */
const startGauge = (story: Story, client: string): (() => number) => {
  const took: number[] = [];
  const ask = async (): Promise<void> => {
    const began = story.now();
    await story.driver.ask('view', { client: clientOf(story, client).driven }, story.bounds.patienceMs);
    took.push(story.now() - began);
  };
  const timer = setInterval(() => void ask(), askEveryMs);
  return () => {
    clearInterval(timer);
    return took.filter((ms) => ms > busyMs).length / Math.max(1, took.length);
  };
};

/** Between two clients' beginnings, so that not all connect in one moment and hold each other up. */
const apartMs = 40;

/** Brings one client through its rounds, and returns its waits. */
const waitsOf = async (story: Story, client: string, afterMs: number, rounds: readonly number[]): Promise<readonly Wait[]> => {
  await open(story, { client });
  await attach(story, { client });
  const waits: Wait[] = [];
  await wait(story, { ms: afterMs });
  for (const times of rounds) {
    await wait(story, { ms: healthyMs });
    const before = clientOf(story, client).delays.length;
    door(story, { client, status: 503 });
    cut(story, { client, how: 'rst' });
    await refused(story, { client, times });
    door(story, { client });
    await attach(story, { client });
    waits.push(...clientOf(story, client).delays.slice(before).map((ms, n) => ({ n, ms })));
  }
  return waits;
};

/** A client beside the others, whose answers tell how busy the process is. */
const idle = 'idle';

/** Cuts many clients off, refuses them for a while, round after round, and judges all of their waits together. */
export const backoff = async (story: Story, { clients, rounds, cites }: StepOf<'backoff'>): Promise<void> => {
  const { backoff: told } = story.file;
  if (told === undefined) throw new Error(`${story.file.id}: backoff must be given at ${story.place}`);
  const names = Array.from({ length: clients }, (_, index) => `app${index + 1}`);
  await open(story, { client: idle });
  await attach(story, { client: idle });
  const lateShare = startGauge(story, idle);
  const waits = await Promise.all(names.map((name, index) => waitsOf(story, name, apartMs * index, rounds))).finally(lateShare);
  const late = lateShare();
  const [fault] = judgeBackoff(waits.flat(), told);
  if (fault !== undefined && late > busyShare) throw new Busy(`${Math.round(100 * late)} % of the driver's answers took more than ${busyMs} ms, so that no wait can be judged`);
  if (fault !== undefined) return breaks(story, fault);
  holds(story, { cites, expected: `${waits.flat().length} waits are drawn as they should be` });
};
