import { errorDefinition, isRetryable, parseServerFrame, validateSent } from '@durable-session/schemas';
import { isFields } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, isControl } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

const strictTypes = new Set(['welcome', 'ack', 'snapshot', 'synced', 'heartbeat', 'presence', 'bye']);

/** Every frame of the server is JSON and fits the schema of its type, and every error tells what the registry says of its code. */
export const schema: Oracle = {
  name: 'schema',
  cites: ['WS-5', 'SSE-10', 'SSE-11', 'FRAME-12', 'ERROR-2', 'ERROR-3', 'COMMAND-36'],
  judge: (transcript) =>
    connectionsOf(transcript).flatMap((view) => {
      const carrier = view.wire === 'websocket' ? 'WS-5' : 'SSE-11';
      const broken = view.entries.filter((entry) => entry.kind === 'broken' && entry.direction === 'to-client');
      const wrong = view.received.flatMap((entry) => {
        const parsed = parseServerFrame(entry.text);
        // What a client must take all the same (PART-14, TOOL-17, BYE-9) is still nothing that a server may send.
        const error = parsed.ok ? validateSent(entry.frame) : parsed.error;
        return error === undefined ? [] : [finding(['FRAME-12'], false, [entry], `a ${String(entry.frame['type'])} that fits its schema`, error.message, error.path)];
      });
      const errors = view.received.flatMap((entry) => errorFindings(entry));
      const seen = view.received.some(({ frame }) => strictTypes.has(String(frame['type'])));
      return [
        ...broken.map((entry) => finding([entry.kind === 'broken' && entry.reason.includes('without data') ? 'SSE-10' : carrier], false, [entry], 'one JSON object for each message', entry.kind === 'broken' ? entry.reason : '')),
        ...wrong,
        ...errors,
        ...(seen && broken.length === 0 ? [finding([carrier], true, [view.received[0]], 'one JSON object for each message')] : []),
        ...(seen && wrong.length === 0 ? [finding(['FRAME-12'], true, [view.received[0]], 'frames that fit their schemas')] : []),
      ];
    }),
};

function errorFindings(entry: FrameEntry): Finding[] {
  if (!isControl(entry, 'ack')) return [];
  const { frame } = entry;
  const rejected = frame['status'] === 'rejected';
  const error = frame['error'];
  const found = [finding(['COMMAND-36'], rejected === isFields(error), [entry], 'an error in a rejected ack and in no other', JSON.stringify(frame))];
  if (!isFields(error)) return found;
  const row = errorDefinition(String(error['code']));
  found.push(finding(['ERROR-2'], row !== undefined, [entry], 'a code of the registry', String(error['code']), '/error/code'));
  if (row === undefined) return found;
  const retryable = isRetryable(row.code, isFields(error['details']) ? error['details'] : {});
  found.push(finding(['ERROR-3'], retryable === error['retryable'], [entry], `retryable: ${retryable} for ${row.code}`, JSON.stringify(error['retryable']), '/error/retryable'));
  return found;
}
