import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState, type Event, fold, type State, validate } from '../src/index.ts';
import { renderBundle } from '../src/render/bundle.ts';
import { readVectors } from './vectors.ts';

const vectors = readVectors<{ events: Event[] }>('fold').map(({ content }) => content.events);

const stateAfter = (events: readonly Event[]) => events.reduce(fold, emptyState);

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('fold', () => {
  it('is total: events of many sessions in any order throw nothing and change nothing that was', () => {
    const events = fc.array(fc.constantFrom(...vectors.flat()), { maxLength: 40 });
    fc.assert(
      fc.property(events, (list) => {
        let state = frozen(emptyState);
        for (const event of list) state = frozen(fold(state, event));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the very same state for events without effect', () => {
    const state = stateAfter(vectors[0] ?? []);
    expect(fold(state, { seq: 99, type: 'x.acme.trace', at: 1 })).toBe(state);
    expect(fold(state, { seq: 99, type: 'notice', at: 1, level: 'info', text: '' })).toBe(state);
    expect(fold(state, { seq: 99, type: 'part.delta', partId: 'nowhere', delta: 'x' })).toBe(state);
  });

  it('shares what an event leaves alone', () => {
    const before = stateAfter([
      { seq: 1, type: 'message.created', at: 1, messageId: 'm1', role: 'user', parts: [], ended: true },
      { seq: 2, type: 'message.created', at: 1, messageId: 'm2', role: 'assistant', parts: [{ kind: 'text', partId: 'p1' }, { kind: 'text', partId: 'p2' }] },
    ]);
    const after = fold(before, { seq: 3, type: 'part.delta', partId: 'p2', delta: 'x' });
    expect(after.messages[0]).toBe(before.messages[0]);
    expect(after.messages[1]?.parts[0]).toBe(before.messages[1]?.parts[0]);
    expect(after.messages[1]?.parts[1]).toMatchObject({ text: 'x' });
    expect([after.runs, after.session, after.state]).toEqual([before.runs, before.session, before.state]);
    expect(after.runs).toBe(before.runs);
  });
});

describe('the vectors', () => {
  it('hold events that fit their schemas', () => {
    expect(vectors.map((events) => validate('LogPage', { events })).filter((error) => error !== undefined)).toEqual([]);
  });

  it('hold states that fit the schema of the state', () => {
    const ajv = new Ajv2020({ discriminator: true, strictTypes: false }).addSchema(renderBundle());
    const known = readVectors<{ state: State }>('fold').filter(({ name }) => name !== 'part-unknown-kind');
    const misfits = known.filter(({ content }) => !ajv.validate('urn:durable-session:1#/$defs/State', content.state)).map(({ name }) => [name, ajv.errors]);
    expect(misfits).toEqual([]);
  });
});
