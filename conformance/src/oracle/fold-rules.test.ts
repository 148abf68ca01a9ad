import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../model/fold.ts';
import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { Entry, Transcript } from '../transcript/entry.ts';
import { foldRules } from './fold-rules.ts';
import { snapshot } from './snapshot.ts';

const context = { target: { profiles: [], limits: {} }, patienceMs: 1 } as never;
const folder = fileURLToPath(new URL('../../../schemas/vectors/fold/', import.meta.url));
const eventsOf = (value: Json | undefined): JsonFields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const logs = readdirSync(folder).map((file) => ({ file, ...JSON.parse(readFileSync(folder + file, 'utf8')) })).map(({ file, events }) => ({ file: String(file), events: eventsOf(events) }));

/** What two peers get: one every event as it happens, the other a snapshot. */
function transcriptOf(live: readonly JsonFields[], seq: number, events: readonly JsonFields[]): Transcript {
  const position = (at: number): JsonFields => ({ epoch: 'e1', seq: at });
  const peer = (participant: string, frames: readonly JsonFields[]): object[] => [
    { kind: 'open', participant, wire: 'websocket', session: 's1', credential: participant },
    ...frames.map((frame) => ({ kind: 'frame', participant, direction: 'to-client', frame, text: JSON.stringify(frame), bytes: 0 })),
  ];
  const entries = [
    ...peer('phone', [{ type: 'welcome', position: position(0) }, ...live]),
    ...peer('late', [{ type: 'welcome', position: position(seq) }, { type: 'snapshot', last: true, position: position(seq), events }]),
  ];
  return entries.map((entry, index) => ({ ...entry, line: index + 1, at: index, connection: String(Object(entry).participant) }) as unknown as Entry);
}

/** What the two oracles say of a server that tells a late joiner `told` of a log. */
const judge = (events: readonly JsonFields[], told: readonly JsonFields[]) => {
  const transcript = transcriptOf(events, events.length, told);
  return { rules: foldRules.judge(transcript, context), snapshot: snapshot.judge(transcript, context).filter(({ cites }) => cites.includes('SNAPSHOT-5')) };
};

describe('foldRules', () => {
  it('shows every rule of the fold by the vectors, and finds none of them broken', () => {
    const found = logs.flatMap(({ events }) => judge(events, events).rules);
    expect(found.filter(({ held }) => !held)).toEqual([]);
    expect(rules.map(({ id }) => id).filter((id) => !found.some(({ cites }) => cites.includes(id)))).toEqual([]);
  });

  it('names the rule whose effect is missing from a snapshot', () => {
    const log = logs.find(({ file }) => file === 'message-updated.json')?.events ?? [];
    const { rules: found, snapshot: whole } = judge(log, log.filter(({ type }) => type !== 'message.updated'));
    expect(found.map(({ cites, held }) => ({ cites, held }))).toEqual([{ cites: ['FOLD-14'], held: false }]);
    expect(whole.map(({ held }) => held)).toEqual([false]);
  });

  it('blames no rule for a difference that no single rule explains', () => {
    const log = logs.find(({ file }) => file === 'step-superseded.json')?.events ?? [];
    const { rules: found, snapshot: whole } = judge(log, log.slice(0, 1));
    expect(found).toEqual([]);
    expect(whole.map(({ held }) => held)).toEqual([false]);
  });

  it('says nothing where the log is known from the snapshot alone', () => {
    const log = logs.find(({ file }) => file === 'steer-applied.json')?.events ?? [];
    const transcript = transcriptOf([], log.length, log);
    expect([...foldRules.judge(transcript, context), ...snapshot.judge(transcript, context).filter(({ cites }) => cites.includes('SNAPSHOT-5'))]).toEqual([]);
  });
});
