import { emptyState, fold, type Event, type State } from '@durable-session/schemas';
import { integerField, isFields, sameJson, type Json, type JsonFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, epochOf, finding, isControl, logsOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** A snapshot folds to the state of the log up to its position, wherever the transcript shows that log in full. */
export const snapshot: Oracle = {
  name: 'snapshot',
  cites: ['SNAPSHOT-5', 'SNAPSHOT-10'],
  judge(transcript) {
    const logs = logsOf(transcript);
    return connectionsOf(transcript).flatMap((view): Finding[] => {
      const frames = view.received.filter((entry) => isControl(entry, 'snapshot'));
      const last = frames.at(-1);
      const position = last?.frame['position'];
      const epoch = epochOf(view);
      if (last === undefined || last.frame['last'] !== true || !isFields(position) || epoch === undefined) return [];
      const events = frames.flatMap(({ frame }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields) : []));
      const compacted = events.find((event) => event['from'] !== undefined);
      const found = [finding(['SNAPSHOT-10'], compacted === undefined, [last], 'no from in a snapshot', JSON.stringify(compacted ?? null).slice(0, 120))];
      const log = logs.get(`${view.session} ${epoch}`);
      const seq = integerField(position, 'seq') ?? 0;
      const whole = Array.from({ length: seq }, (_, index) => log?.get(index + 1)?.event);
      if (log === undefined || events.length === seq || whole.some((event) => event === undefined)) return found;
      const expected = foldAll(whole.filter((event) => event !== undefined));
      const actual = foldAll(events);
      const place = firstDifference(expected, actual, '');
      return [...found, finding(['SNAPSHOT-5'], place === undefined, [last], `the fold of events 1 to ${seq}`, place === undefined ? undefined : `another state at ${place}`, place)];
    });
  },
};

// Frames of the transcript have been judged by their schemas; the fold skips what it does not know.
const foldAll = (events: readonly JsonFields[]): Json => events.reduce<State>((state, event) => fold(state, event as unknown as Event), emptyState) as unknown as Json;

function firstDifference(left: Json | undefined, right: Json | undefined, path: string): string | undefined {
  if (sameJson(left, right)) return undefined;
  if (!isFields(left) || !isFields(right)) {
    if (!Array.isArray(left) || !Array.isArray(right)) return path;
    const index = left.findIndex((item: Json, place) => !sameJson(item, right[place]));
    return index === -1 ? `${path}/${left.length}` : firstDifference(left[index], right[index], `${path}/${index}`);
  }
  const key = [...new Set([...Object.keys(left), ...Object.keys(right)])].find((each) => !sameJson(left[each], right[each])) ?? '';
  return firstDifference(left[key], right[key], `${path}/${key}`);
}
