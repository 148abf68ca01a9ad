import { isFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, epochOf, finding, isControl, seqOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** What is particular to an event stream: ids on events, synced and the last snapshot frame and on nothing else, no event field, no ack, the right headers, the end after bye. */
export const stream: Oracle = {
  name: 'stream',
  cites: ['SSE-4', 'SSE-6', 'SSE-7', 'SSE-8', 'SSE-9', 'SSE-10', 'SSE-17', 'SSE-32'],
  judge: (transcript) => connectionsOf(transcript).filter(({ wire }) => wire === 'sse').flatMap(judgeStream),
};

function judgeStream(view: ConnectionView): Finding[] {
  const epoch = epochOf(view);
  if (epoch === undefined) return [];
  const found: Finding[] = [];
  const seen = new Set<string>();
  const add = (each: Finding): void => {
    if (each.held && seen.size === seen.add(each.cites.join()).size) return;
    found.push(each);
  };
  const response = view.entries.find((entry) => entry.kind === 'response');
  if (response?.kind === 'response') {
    const cache = response.headers['cache-control'] ?? '';
    const right = cache.includes('no-store') && cache.includes('no-transform') && response.headers['x-accel-buffering'] === 'no';
    add(finding(['SSE-4'], right, [response], 'Cache-Control: no-store, no-transform and X-Accel-Buffering: no', `${cache}; ${response.headers['x-accel-buffering'] ?? 'none'}`));
  }
  for (const entry of view.received) {
    const { frame, sseId, sseEvent } = entry;
    const seq = seqOf(entry);
    const position = frame['position'];
    const bears = isControl(entry, 'synced') || (isControl(entry, 'snapshot') && frame['last'] === true);
    if (sseEvent !== undefined) add(finding(['SSE-9'], false, [entry], 'no event field', sseEvent));
    if (seq !== undefined) add(finding(['SSE-6'], sseId === `${epoch}.${seq}`, [entry], `the id ${epoch}.${seq}`, sseId ?? 'none'));
    else if (bears && isFields(position)) add(finding(['SSE-7'], sseId === `${String(position['epoch'])}.${String(position['seq'])}`, [entry], 'its position as the id', sseId ?? 'none'));
    else if (isControl(entry, 'ack')) add(finding(['SSE-32'], false, [entry], 'no ack in a stream', entry.text.slice(0, 100)));
    else add(finding(['SSE-8'], sseId === undefined, [entry], 'no id', sseId));
  }
  for (const id of ['SSE-32', 'SSE-10']) add(finding([id], true, [view.received[0]], 'no ack, and no id without data'));
  add(finding(['SSE-9'], true, [view.received[0]], 'no event field'));
  return found;
}
