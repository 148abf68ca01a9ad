import { integerField, isFields, parseFields, sameJson } from '../scenario/json.ts';
import type { Transcript } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, seenEvents, type SeenEvent } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** The same epoch and seq is the same event, whoever receives it, over whatever, live, replayed or on a page of history. */
export const immutability: Oracle = {
  name: 'immutability',
  cites: ['LOG-3', 'HISTORY-6'],
  judge(transcript) {
    const first = new Map<string, SeenEvent>();
    let compared = 0;
    for (const seen of seenEvents(transcript)) {
      if (seen.event['from'] !== undefined) continue;
      const key = `${seen.view.session} ${seen.epoch} ${seen.seq}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, seen);
        continue;
      }
      compared += 1;
      if (!sameJson(earlier.event, seen.event)) {
        return [finding(['LOG-3'], false, [seen.entry, earlier.entry], `${earlier.view.participant} saw ${seen.seq} = ${earlier.entry.text.slice(0, 200)}`, `${seen.view.participant} saw ${seen.seq} = ${seen.entry.text.slice(0, 200)}`)];
      }
    }
    return [
      ...judgePages(transcript, first),
      ...(compared > 0 ? [finding(['LOG-3'], true, [], `the same event for the same seq, ${compared} times`)] : []),
    ];
  },
};

/** A page names no epoch: its events are compared where the transcript shows only one. */
function judgePages(transcript: Transcript, seen: ReadonlyMap<string, SeenEvent>): Finding[] {
  return connectionsOf(transcript).flatMap((view): Finding[] => {
    const request = view.entries.find((entry) => entry.kind === 'request');
    const session = request?.kind === 'request' ? /\/sessions\/([\w-]+)\/log(?:\?|$)/.exec(request.target)?.[1] : undefined;
    const response = view.entries.find((entry) => entry.kind === 'response');
    if (session === undefined || response?.kind !== 'response' || response.status !== 200) return [];
    const epochs = [...new Set([...seen.values()].filter((each) => each.view.session === session).map(({ epoch }) => epoch))];
    const events = parseFields(response.body ?? '')?.['events'];
    if (epochs.length !== 1 || !Array.isArray(events)) return [];
    const pairs = events.filter(isFields).flatMap((event) => {
      const delivered = seen.get(`${session} ${epochs[0] ?? ''} ${integerField(event, 'seq') ?? ''}`);
      return delivered === undefined ? [] : [{ event, delivered }];
    });
    const other = pairs.find(({ event, delivered }) => !sameJson(event, delivered.event));
    return pairs.length === 0 ? [] : [finding(['HISTORY-6', 'LOG-3'], other === undefined, [response, other?.delivered.entry], other?.delivered.entry.text.slice(0, 200) ?? 'the events that connections received', JSON.stringify(other?.event ?? null).slice(0, 200))];
  });
}
