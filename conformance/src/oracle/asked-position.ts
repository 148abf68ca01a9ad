import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import type { ConnectionView } from './connection-view.ts';

/** The position that a connection asked to resume from, and where it said so. */
export interface AskedPosition {
  readonly position: JsonFields;
  readonly entry: Entry;
}

/** What the `hello` of a WebSocket, or the request of a stream, says; undefined where it says none that parses. SSE-2: a header that is not empty wins over the query. */
export function askedOf({ entries, wire }: ConnectionView): AskedPosition | undefined {
  for (const entry of entries) {
    if (wire === 'websocket' && entry.kind === 'frame' && entry.direction === 'to-server' && entry.frame['type'] === 'hello') return askedBy(entry, entry.frame['position']);
    if (wire === 'sse' && entry.kind === 'request') {
      const header = Object.entries(entry.headers).find(([name]) => name.toLowerCase() === 'last-event-id')?.[1];
      return askedBy(entry, parsePosition(header || (new URL(entry.target, 'http://host').searchParams.get('position') ?? '')));
    }
  }
  return undefined;
}

const askedBy = (entry: Entry, position: Json | undefined): AskedPosition | undefined =>
  isFields(position) && typeof position['epoch'] === 'string' && Number.isSafeInteger(position['seq']) ? { position: { epoch: position['epoch'], seq: position['seq'] ?? 0 }, entry } : undefined;

function parsePosition(text: string): Json | undefined {
  const [, epoch, seq] = /^([\w-]+)\.(0|[1-9][0-9]*)$/.exec(text) ?? [];
  return epoch === undefined ? undefined : { epoch, seq: Number(seq) };
}
