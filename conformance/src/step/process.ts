import Type from 'typebox';
import { NotTestable } from '../run/scenario-stop.ts';
import { heldPosition } from '../run/participant.ts';
import type { Stage } from '../run/stage.ts';
import type { TargetProcess } from '../target/target.ts';
import { defineStep } from './step-kind.ts';

function processOf(stage: Stage): TargetProcess {
  const process = stage.target.process;
  if (process === undefined) throw new NotTestable('the hook restart (a command that starts the server)');
  return process;
}

/** Ends the server. */
export const kill = defineStep({
  kind: 'kill',
  description: 'Ends the process of the server, by SIGKILL at once or by SIGTERM in order; the scenario needs `server`.',
  properties: { kill: Type.Enum(['SIGKILL', 'SIGTERM']), wait: Type.Optional(Type.Boolean({ description: 'false goes on while it ends.' })) },
  async run(step, stage) {
    const process = processOf(stage);
    stage.recorder.record({ kind: 'note', participant: 'runner', connection: 'runner', text: `${step.kill} to the server` });
    const gone = process.kill(step.kill);
    if (step.wait !== false) await gone;
    for (const participant of stage.participants.values()) {
      const held = heldPosition(participant);
      if (held !== undefined) participant.stored = held;
    }
  },
});

/** Starts the server again, on the same port and data. */
export const restart = defineStep({
  kind: 'restart',
  description: 'Starts the server again with the same port and data folder; `fromBackup` puts the copy in its place first, and starts with the setting `newEpoch`.',
  properties: { restart: Type.Literal(true), fromBackup: Type.Optional(Type.Literal(true)) },
  async run(step, stage) {
    await processOf(stage).restart(step.fromBackup === true);
    stage.recorder.record({ kind: 'note', participant: 'runner', connection: 'runner', text: 'the server stands again' });
  },
});

/** Keeps a copy of the data. */
export const backup = defineStep({
  kind: 'backup',
  description: 'Copies the data folder of the server, which has been killed before; `restart` with `fromBackup` loses what came after it.',
  properties: { backup: Type.Literal(true) },
  async run(_step, stage) {
    await processOf(stage).backup();
  },
});

/** Stops the process of the server, as a machine that sleeps does. */
export const freeze = defineStep({
  kind: 'freeze',
  description: 'Stops the process of the server from running (true), or lets it run on (false), as a machine that sleeps does; the scenario needs `server`.',
  properties: { freeze: Type.Boolean() },
  async run(step, stage) {
    processOf(stage).freeze(step.freeze ? 'SIGSTOP' : 'SIGCONT');
    stage.recorder.record({ kind: 'note', participant: 'runner', connection: 'runner', text: step.freeze ? 'the server stands still' : 'the server runs on' });
  },
});
