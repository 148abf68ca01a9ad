import { allWireTypes, emptyState, type Event, type EventsAppend, fold, type KnownEvent, type State, validate, wireTypeOf } from '@durable-session/schemas';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompactLog } from '../src/snapshot/compact-log.ts';
import { apply } from '../src/session/apply.ts';
import { play, type Play } from './play.ts';
import { firstMoves, moves, type Move } from './random-commands.ts';
import { SessionState } from '../src/session/state.ts';

/** Makes a move. An append goes to a run that is held, with the agent, term and n that are right for it, so that its events are judged. */
function make(session: Play, move: Move): readonly Event[] {
  if ('waitMs' in move) return session.wait(move.waitMs);
  const { command, sender } = move;
  if (command.type !== 'events.append' && command.type !== 'run.release') return session.send(command, sender).events;
  const runs = [...session.state.runs.committed()].filter(({ status }) => status === 'running' || status === 'cancelling');
  const run = runs.find(({ runId }) => runId === command.runId) ?? runs[0];
  if (!run?.holder) return [];
  const held = { runId: run.runId, agent: run.holder.agent, term: run.term };
  if (command.type === 'run.release') return session.send({ ...command, ...held }, sender).events;
  const append = (events: EventsAppend['events']): readonly Event[] => {
    const last = session.state.appends.get(held.runId);
    return session.send({ ...command, ...held, n: last?.term === held.term ? last.n + 1 : 1, events }, sender).events;
  };
  const whole = append(command.events);
  // One wrong event refuses all; the others get their chance.
  return whole.length > 0 ? whole : command.events.flatMap((event) => append([event]));
}

/** A session in which a run is going on, so that most moves meet something. */
function begun(): Play {
  const session = play();
  for (const move of firstMoves) make(session, move);
  return session;
}

/** One seed for all: a failure is the same tomorrow. `SEED` explores others. */
const seed = Number(process.env['SEED'] ?? 1);

const folded = (events: readonly Event[]): State => events.reduce(fold, emptyState);

/** What judging knows, as a value to compare. */
const known = (state: SessionState): unknown => [
  state.facts, state.head, ...[state.messages, state.parts, state.runs, state.steps, state.reserved].map((table) => [...table.committed()]),
  [...state.requests.committed()],
];

test('a compacted log folds to the state of the log, and judges like it', () => {
  const types = new Set<string>();
  fc.assert(
    fc.property(moves, fc.nat(300), (all, restartAt) => {
      const session = begun();
      let compact = new CompactLog(64);
      let taken = 0;
      for (const [index, move] of all.entries()) {
        make(session, move);
        for (const event of session.events.slice(taken)) compact.add(event as KnownEvent, JSON.stringify(event));
        taken = session.events.length;
        if (index !== restartAt) continue;
        const reloaded = new CompactLog(64);
        for (const text of compact.texts()) reloaded.add(JSON.parse(text), text);
        compact = reloaded;
      }
      for (const { type } of session.events) types.add(type);
      const kept: Event[] = compact.texts().map((text) => JSON.parse(text));
      const places = kept.map(({ seq }) => seq);
      expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other));
      expect(folded(kept)).toEqual(folded(session.events));

      const again = new SessionState();
      for (const event of kept) apply(again, event as KnownEvent);
      again.head = session.state.head;
      again.commit();
      expect(known(again)).toEqual(known(session.state));
    }),
    { numRuns: 400, seed },
  );
  // Without these the random sessions would prove little.
  const others = ['session.closed', 'notice', 'x.*'];
  expect(allWireTypes.flatMap(({ kind, type }) => (kind === 'event' ? [type] : [])).filter((type) => !types.has(type) && !others.includes(type))).toEqual([]);
});

test('every event of a random session fits its schema, in places without a hole', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const session = begun();
      for (const move of all) make(session, move);
      for (const [index, event] of session.events.entries()) {
        expect(event.seq).toBe(index + 1);
        const name = event.type.startsWith('x.') ? 'VendorEvent' : wireTypeOf(event.type)?.name;
        expect(validate(name ?? 'no such event', event)).toBeUndefined();
      }
    }),
    { numRuns: 100, seed },
  );
});

test('at most one root run is active, and none that ended has anything open', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const session = begun();
      for (const move of all) {
        make(session, move);
        const runs = [...session.state.runs.committed()];
        const active = runs.filter(({ status, parentRunId }) => parentRunId === undefined && !['queued', 'ended'].includes(status));
        expect(active.map(({ runId }) => runId)).toEqual(session.state.facts.activeRunId === undefined ? [] : [session.state.facts.activeRunId]);
        for (const run of runs.filter(({ status }) => status === 'ended')) expect([run.requests, run.steers]).toEqual([[], []]);
      }
    }),
    { numRuns: 100, seed },
  );
});
