import { describe, expect, it } from 'vitest';
import { parseServerFrame } from './parse.ts';
import { validateSent } from './validate.ts';

const part = { seq: 9, type: 'part.created', at: 1, messageId: 'm1', partId: 'p1', kind: 'hologram' };
const toolEnded = { seq: 9, type: 'tool.ended', at: 1, partId: 'p1', outcome: 'postponed' };
const snapshot = { type: 'snapshot', position: { epoch: 'k3XpQ9vTz1A', seq: 9 }, last: true, events: [toolEnded] };

describe('a frame of a server', () => {
  it.each([
    ['a part of an unknown kind', part, '/kind'],
    ['a tool with an unknown outcome', toolEnded, '/outcome'],
    ['a bye with an unknown action', { type: 'bye', code: 'unavailable', action: 'ponder' }, '/action'],
    ['a snapshot with such an event', snapshot, '/events/0/outcome'],
  ])('is taken by a receiver, and still wrong of its sender: %s', (_, frame, path) => {
    expect(parseServerFrame(JSON.stringify(frame))).toEqual({ ok: true, frame });
    expect(validateSent(frame)).toMatchObject({ code: 'invalid_frame', path });
  });

  it.each([
    ['an event of an unknown type', { seq: 9, type: 'no.such' }],
    ['a control frame of an unknown type', { type: 'no.such' }],
    ['a known event with an unknown field', { ...toolEnded, outcome: 'failed', mood: 1 }],
  ])('is right of its sender: %s', (_, frame) => {
    expect(validateSent(frame)).toBeUndefined();
  });
});
