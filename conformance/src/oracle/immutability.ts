import { sameJson } from '../scenario/json.ts';
import { finding, seenEvents, type SeenEvent } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** The same epoch and seq is the same event, whoever receives it, over whatever, live or replayed. */
export const immutability: Oracle = {
  name: 'immutability',
  cites: ['LOG-3'],
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
      ...(compared > 0 ? [finding(['LOG-3'], true, [], `the same event for the same seq, ${compared} times`)] : []),
    ];
  },
};
