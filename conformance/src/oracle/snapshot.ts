import { firstDifference } from '../model/first-difference.ts';
import { foldLog } from '../model/fold.ts';
import { integerField, type JsonFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { finding } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import { snapshotsOf, type LogPlace, type SnapshotView } from './snapshot-view.ts';

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
  const place = difference(expected, view.events);
  const whole = finding([view.rule], place === undefined, [view.last], `the fold of events 1 to ${view.seq}`, place === undefined ? undefined : `another state at ${place}`, place);
  const until = integerField(view.tail.at(-1) ?? {}, 'seq');
  const further = place !== undefined || until === undefined ? undefined : view.upTo(until);
  if (further === undefined) return [whole];
  const later = difference(further, [...view.events, ...view.tail]);
  return [whole, finding(['SNAPSHOT-11'], later === undefined, [view.last], `with the events behind it the fold of events 1 to ${until}`, later === undefined ? undefined : `another state at ${later}`, later)];
}

const difference = (log: readonly LogPlace[], events: readonly JsonFields[]): string | undefined => firstDifference(foldLog(log.map(({ event }) => event)), foldLog(events));
