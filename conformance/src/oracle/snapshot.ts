import { firstDifference } from '../model/first-difference.ts';
import { foldLog } from '../model/fold.ts';
import { integerField, type Json, type JsonFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { finding } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import { snapshotsOf, type LogPlace, type SnapshotView } from './snapshot-view.ts';
import { valueAt } from './value-at.ts';

/** A snapshot folds to the state of the log up to its position, and with what follows it to that of the log so far, wherever the transcript shows that log in full; judged by the suite's own fold. */
export const snapshot: Oracle = {
  name: 'snapshot',
  cites: ['SNAPSHOT-5', 'HTTP-10', 'SNAPSHOT-10', 'SNAPSHOT-11'],
  judge: (transcript) => snapshotsOf(transcript).flatMap((view): Finding[] => {
    const compacted = view.events.find((event) => event['from'] !== undefined);
    return [
      finding(['SNAPSHOT-10'], compacted === undefined, [view.last], 'no from in a snapshot', JSON.stringify(compacted ?? null).slice(0, 120)),
      ...judgeFold(view),
    ];
  }),
};

function judgeFold(view: SnapshotView): Finding[] {
  const expected = view.upTo(view.seq);
  if (expected === undefined) return [];
  const differs = difference(expected, view.events);
  const whole = finding([view.rule], differs === undefined, [view.last], `the fold of events 1 to ${view.seq}${differs?.expected ?? ''}`, differs?.actual, differs?.path);
  const until = integerField(view.tail.at(-1) ?? {}, 'seq');
  const further = differs !== undefined || until === undefined ? undefined : view.upTo(until);
  if (further === undefined) return [whole];
  const later = difference(further, [...view.events, ...view.tail]);
  return [whole, finding(['SNAPSHOT-11'], later === undefined, [view.last], `with the events behind it the fold of events 1 to ${until}${later?.expected ?? ''}`, later?.actual, later?.path)];
}

/** Where the state of a snapshot is another, and what stands there in both, to be read behind a sentence. */
interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

function difference(log: readonly LogPlace[], events: readonly JsonFields[]): Difference | undefined {
  const right = foldLog(log.map(({ event }) => event));
  const wrong = foldLog(events);
  const path = firstDifference(right, wrong);
  return path === undefined ? undefined : { path, expected: `, which has ${told(valueAt(right, path))} at ${path}`, actual: `another state, with ${told(valueAt(wrong, path))} there` };
}

/** As much of a value as a sentence bears. */
const longestTold = 200;

function told(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > longestTold ? `${text.slice(0, longestTold)}…` : text;
}
