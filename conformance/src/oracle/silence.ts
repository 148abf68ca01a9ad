import { integerField } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, welcomeOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** A client abandons a connection at twice the interval, LIVENESS-5; a second more is for a machine on which both sides share a busy processor. */
const boundOf = (heartbeatMs: number): number => 2 * heartbeatMs + 1_000;

/** A connection that is read is never silent for longer than a client bears. */
export const silence: Oracle = {
  name: 'silence',
  cites: ['LIVENESS-1'],
  // While its log can not be reached, or it stands still itself, silence is what a server owes or can not help.
  judge: (transcript) => (transcript.some(isHindered) ? [] : connectionsOf(transcript).flatMap((view) => judgeConnection(view, transcript.at(-1)))),
};

const isHindered = (entry: Entry): boolean => entry.kind === 'note' && (entry.text === 'hook unreachable' || entry.text === 'the server stands still');

function judgeConnection(view: ConnectionView, last: Entry | undefined): Finding[] {
  const welcome = welcomeOf(view);
  const heartbeatMs = welcome === undefined ? undefined : integerField(welcome.frame, 'heartbeatMs');
  const isStalled = view.entries.some((entry) => entry.kind === 'note' && entry.text === 'stops reading');
  if (welcome === undefined || heartbeatMs === undefined || isStalled || view.received.some(({ frame }) => frame['type'] === 'bye')) return [];
  const end = view.end ?? last ?? welcome;
  const times = [...view.received.filter(({ line }) => line >= welcome.line), end];
  const bound = boundOf(heartbeatMs);
  const index = times.findIndex((entry, place) => place > 0 && entry.at - (times[place - 1]?.at ?? 0) > bound);
  const lived = end.at - welcome.at;
  if (index > 0) return [finding(['LIVENESS-1'], false, [times[index - 1], times[index]], `a frame at least every ${heartbeatMs} ms`, `${Math.round((times[index]?.at ?? 0) - (times[index - 1]?.at ?? 0))} ms of silence`)];
  return lived > bound ? [finding(['LIVENESS-1'], true, [welcome], `a frame at least every ${heartbeatMs} ms`)] : [];
}
