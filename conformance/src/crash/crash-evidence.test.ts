import { describe, expect, it } from 'vitest';
import type { JsonFields } from '../scenario/json.ts';
import { createRecorder } from '../transcript/recorder.ts';
import type { Transcript } from '../transcript/entry.ts';
import { contradictions } from './crash-evidence.ts';

const delta = (seq: number, text: string): JsonFields => ({ seq, type: 'part.delta', partId: 'p1', delta: text });
const ack = (seq: number): JsonFields => ({ type: 'ack', id: 'c1', status: 'accepted', position: { epoch: 'epoch-of-11', seq } });

function transcriptOf(frames: { readonly [connection: string]: readonly JsonFields[] }): Transcript {
  const recorder = createRecorder(() => 0);
  for (const [connection, list] of Object.entries(frames)) {
    for (const frame of list) recorder.record({ kind: 'frame', participant: connection, connection, direction: 'to-client', frame, text: JSON.stringify(frame), bytes: 1 });
  }
  return recorder.transcript;
}

const log = [delta(1, 'a'), delta(2, 'b'), { seq: 3, type: 'message.created', messageId: 'm1', role: 'user' }];
const promised = { text: 'ab', messageIds: ['m1'] };

describe('contradictions', () => {
  it('finds none where the log holds what was seen', () => {
    expect(contradictions(transcriptOf({ watcher: [delta(1, 'a'), delta(2, 'b')], agent: [ack(2)], reader: log }), 'reader', promised)).toEqual([]);
  });

  it.each([
    ['an event that was delivered and is gone', { watcher: [delta(4, 'c')], reader: log }, 'given event 4, and the log has none'],
    ['an event that was delivered and has changed', { watcher: [delta(2, 'B')], reader: log }, 'and the log has'],
    ['a hole in a delivery', { watcher: [delta(1, 'a'), { ...log[2] }], reader: log }, 'got 3 after 1'],
    ['a repetition in a delivery', { watcher: [delta(1, 'a'), delta(1, 'a')], reader: log }, 'got 1 after 1'],
    ['an ack beyond the log', { agent: [ack(7)], reader: log }, 'an ack told of 7'],
    ['a hole in the log', { reader: [delta(1, 'a'), delta(3, 'b')] }, 'the log has 3 in place 2'],
    ['text that was doubled', { reader: [delta(1, 'a'), delta(2, 'a'), delta(3, 'b'), { seq: 4, type: 'message.created', messageId: 'm1' }] }, 'part at character 1'],
    ['a message that was doubled', { reader: [...log, { seq: 4, type: 'message.created', messageId: 'm1' }] }, 'stands 2 times'],
    ['a message that was lost', { reader: log.slice(0, 2) }, 'stands 0 times'],
  ])('tells %s', (_what, frames, sentence) => {
    expect(contradictions(transcriptOf(frames), 'reader', promised).join('\n')).toContain(sentence);
  });
});
