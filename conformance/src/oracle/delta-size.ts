import { connectionsOf, finding, isControl, seqOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** What a delta may cost beside its text, with the lengths that the rules name. */
const maxWebSocketBytes = 66;
const maxSseBytes = 90;

/** A delta has no field that it need not have, and costs few bytes beside its text. */
export const deltaSize: Oracle = {
  name: 'delta-size',
  cites: ['DELTA-1', 'DELTA-2', 'DELTA-3', 'DELIVERY-4', 'DELIVERY-8'],
  judge: (transcript) =>
    connectionsOf(transcript).flatMap((view) => {
      const deltas = view.received.filter((entry) => entry.frame['type'] === 'part.delta' && seqOf(entry) !== undefined);
      const controls = view.received.find((entry) => isControl(entry, 'synced') || isControl(entry, 'ack'));
      const escaped = view.received.find(({ text }) => /(?<!\\)(?:\\\\)*\\u00[89a-f]|(?<!\\)(?:\\\\)*\\u[1-9a-cef]/i.test(text));
      const [first] = deltas;
      const beyond = escaped ?? view.received.find(({ text }) => /[^\u0000-\u007f]/.test(text));
      const found = beyond === undefined ? [] : [finding(['DELIVERY-8'], escaped === undefined, [beyond], 'characters beyond U+007F as UTF-8', beyond.text.slice(0, 120))];
      if (controls !== undefined) found.push(finding(['DELIVERY-4'], controls.frame['seq'] === undefined, [controls], 'no top-level seq in a control frame'));
      if (first === undefined) return found;
      const extra = deltas.find(({ frame }) => Object.keys(frame).some((key) => !['seq', 'type', 'partId', 'delta', 'from'].includes(key)));
      found.push(finding(['DELTA-1'], extra === undefined, [extra ?? first], 'seq, type, partId, delta and from alone', extra === undefined ? undefined : Object.keys(extra.frame).join(', ')));
      const measured = deltas.filter(({ frame }) => String(frame['partId']).length <= 4 && Number(frame['seq']) <= 999_999 && frame['from'] === undefined);
      const beside = (entry: (typeof deltas)[number]): number => entry.bytes - new TextEncoder().encode(JSON.stringify(entry.frame['delta'])).length + 2;
      const isShort = (entry: (typeof deltas)[number]): boolean => view.wire === 'websocket' || (entry.sseId?.split('.')[0]?.length ?? 0) <= 11;
      const limit = view.wire === 'websocket' ? maxWebSocketBytes : maxSseBytes;
      const long = measured.find((entry) => isShort(entry) && beside(entry) > limit);
      if (measured.some(isShort)) found.push(finding([view.wire === 'websocket' ? 'DELTA-2' : 'DELTA-3'], long === undefined, [long ?? first], `at most ${limit} bytes beside the text`, long === undefined ? undefined : `${beside(long)}`));
      return found;
    }),
};
