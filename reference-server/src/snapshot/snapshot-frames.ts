import type { Position } from '@durable-session/schemas';
import { utf8Length } from '../session/document.ts';

/** What a `snapshot` frame has beside its events, at most: position, flag and punctuation. */
export const snapshotOverhead = 192;

/** Renders the frames of a snapshot from its events as JSON text, each within `maxBytes` as far as a single event allows. */
export function renderSnapshotFrames(position: Position, events: readonly string[], maxBytes: number): readonly string[] {
  const groups: string[][] = [[]];
  let bytes = snapshotOverhead;
  for (const text of events) {
    const size = utf8Length(text) + 1;
    if (bytes + size > maxBytes && groups.at(-1)?.length !== 0) {
      groups.push([]);
      bytes = snapshotOverhead;
    }
    groups.at(-1)?.push(text);
    bytes += size;
  }
  const place = JSON.stringify(position);
  return groups.map((group, index) => `{"type":"snapshot","position":${place},"events":[${group.join(',')}],"last":${index === groups.length - 1}}`);
}
