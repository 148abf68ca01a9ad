import { randomUUID } from 'node:crypto';
import type { Command, Event } from '@durable-session/schemas';
import type { Credential } from '../src/hub/credential.ts';
import type { Hub } from '../src/hub/hub.ts';
import { startForProgram } from '../src/start.ts';
import type { Store } from '../src/store/contract.ts';
import { ScriptPlayer } from './player.ts';

/**
 * A reference server whose agent is built in: it does not claim the profile `agents`, and plays the scripts of messages.
 * For development: it is what the suite tests people's side of such a server with.
 */
const agent: Credential = { token: randomUUID(), principal: 'scripted-agent', role: 'agent' };
const players = new Map<string, ScriptPlayer>();
let serving: Hub | undefined;

function playerOf(sessionId: string): ScriptPlayer {
  const player = players.get(sessionId) ?? new ScriptPlayer(randomUUID(), randomUUID);
  players.set(sessionId, player);
  return player;
}

function send(sessionId: string, command: Command, settle: (player: ScriptPlayer) => void): void {
  const live = serving?.find(sessionId);
  if (live === undefined || live.isDeleted) return void players.delete(sessionId);
  serving?.submit(live, command, agent, (ack) => {
    const player = playerOf(sessionId);
    if (command.type !== 'run.renew') player.settle(command, ack);
    settle(player);
  });
}

/** Lets the agent of a session do what it can do now. */
function play(sessionId: string): void {
  const command = playerOf(sessionId).next();
  if (command !== undefined) send(sessionId, command, () => play(sessionId));
}

/** Shows the agent everything that is committed, once it is. */
const watched = (store: Store): Store => ({
  ...store,
  commit(batch) {
    store.commit(batch);
    for (const { sessionId, events } of batch) {
      // What the store takes was checked before it was written.
      for (const text of events) playerOf(sessionId).see(JSON.parse(text) as Event);
      setImmediate(() => play(sessionId));
    }
  },
});

await startForProgram({
  wrapStore: watched,
  adjust: (settings) => ({ ...settings, profiles: settings.profiles.filter((profile) => profile !== 'agents') }),
  attend(hub) {
    serving = hub;
    const renew = (): void => {
      for (const [sessionId, player] of players) for (const command of player.renewals()) send(sessionId, command, () => undefined);
    };
    setInterval(renew, hub.parts.limits.leaseMs / 3).unref();
  },
});
