import type { Ack, Command, Event } from '@durable-session/schemas';
import { expect, test } from 'vitest';
import { ScriptPlayer } from './player.ts';
import type { Script } from './script.ts';

const by = { principal: 'ada', role: 'controller' as const };

/** A session in which one message with a script has queued one run. */
function begun(script: Script): { player: ScriptPlayer; see: (fields: object) => void } {
  let seq = 0;
  const player = new ScriptPlayer('agent-1', () => `c${seq}`);
  const see = (fields: object): void => player.see({ seq: (seq += 1), at: 0, ...fields } as Event);
  see({ type: 'message.created', messageId: 'm1', role: 'user', by, runId: 'r1', parts: [{ partId: 'p0', kind: 'data', name: 'script', data: script }] });
  see({ type: 'run.queued', runId: 'r1', messageId: 'm1', by });
  return { player, see };
}

const accepted = ({ id }: Command, result: Ack['result'] = {}): Ack => ({ type: 'ack', id, status: 'accepted', result });

/** Accepts commands until the agent has none, and gives their types with what they append. */
function play(player: ScriptPlayer): string[] {
  const said: string[] = [];
  for (let command = player.next(); command !== undefined; command = player.next()) {
    said.push(command.type === 'events.append' ? command.events.map(({ type }) => type).join(' ') : command.type);
    player.settle(command, accepted(command, { term: 1 }));
    if (said.at(-1)?.includes('run.ended')) player.see({ seq: 99, at: 0, type: 'run.ended', runId: 'r1', outcome: 'completed' });
  }
  return said;
}

test('waits at a gate, and ends the run behind the last step', () => {
  const { player, see } = begun({ steps: [{ append: [{ type: 'notice', level: 'info', text: 'one' } as never] }, { gate: 'g1' }, { deltas: { partId: 'p1', text: 'x', count: 150 } }] });
  expect(play(player)).toEqual(['run.claim', 'notice']);
  see({ type: 'session.updated', by, metadata: { gate: 'other' } });
  expect(play(player)).toEqual([]);
  see({ type: 'session.updated', by, metadata: { gate: 'g1' } });
  expect(play(player).map((types) => types.split(' ').length)).toEqual([100, 50, 1]);
});

test('ends a cancelled run at once, or goes on where the script ignores it', () => {
  const gated = [{ gate: 'g1' }];
  const obedient = begun({ steps: gated, onCancel: 'end' });
  const stubborn = begun({ steps: gated, onCancel: 'ignore' });
  for (const { player, see } of [obedient, stubborn]) {
    expect(play(player)).toEqual(['run.claim']);
    see({ type: 'run.cancelling', runId: 'r1', by, reason: 'user' });
  }
  expect(play(obedient.player)).toEqual(['run.ended']);
  expect(play(stubborn.player)).toEqual([]);
});

test('claims again once another run has ended, and ends what is refused as failed', () => {
  const { player, see } = begun({ steps: [{ append: [{ type: 'part.delta', partId: 'nowhere', delta: 'x' } as never] }] });
  const refused = (command: Command): Ack => ({ type: 'ack', id: command.id, status: 'rejected', error: { code: 'unknown_target', message: 'no such part', retryable: false } });
  const claim = player.next();
  if (claim === undefined) throw new Error('the run must be claimed');
  player.settle(claim, refused(claim));
  expect(player.next()).toBeUndefined();
  see({ type: 'run.ended', runId: 'r0', outcome: 'completed' });
  const again = player.next();
  if (again === undefined) throw new Error('the run must be claimed again');
  player.settle(again, accepted(again, { term: 3 }));
  const append = player.next();
  if (append === undefined) throw new Error('the script must be played');
  player.settle(append, refused(append));
  expect(player.next()).toMatchObject({ type: 'events.append', term: 3, n: 1, events: [{ type: 'run.ended', outcome: 'failed', error: { message: 'no such part' } }] });
});
