import Type from 'typebox';
import { openExchange } from '../peer/http-exchange.ts';
import { PrerequisiteMissing } from '../run/scenario-stop.ts';
import { participantOf, tokenOf, type Stage } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { gateMetadata } from '../scripted/gate.ts';
import { under } from '../target/discover.ts';
import { redactFrame } from '../transcript/redact.ts';
import { defineStep, FramePattern, framePattern } from './step-kind.ts';

/** Lets the agent inside the server go on, and waits for what it does. Scenarios do not name this step: it stands in the place of an agent's command (`src/scripted/`). */
export const awaitAgent = defineStep({
  kind: 'await-agent',
  description: 'Opens a gate of the scripted agent inside the server, where one is named, and waits until a participant has the event by which the agent answers. Written by the compiler of scripts alone.',
  properties: { 'await-agent': Type.String({ description: 'The participant who watches.' }), gate: Type.Optional(Type.String()), frame: FramePattern },
  async run(step, stage, place) {
    const participant = participantOf(stage, step['await-agent']);
    const inbox = participant.connection?.inbox;
    if (inbox === undefined) throw new ScenarioError(`${place.source}: ${participant.name} must be connected`);
    const from = step.gate === undefined ? 0 : inbox.entries.length;
    if (step.gate !== undefined) await openGate(stage, step.gate);
    const pattern = framePattern(step.frame);
    const waited = await inbox.waitFor((entry) => entry.kind === 'frame' && match(pattern, entry.frame).matches, from, stage.patienceMs);
    if ('vain' in waited) throw new PrerequisiteMissing(`${place.source}: expected the scripted agent's ${JSON.stringify(pattern)}: got nothing within ${stage.patienceMs} ms`);
  },
});

/** Opens a gate: `session.update` with `metadata.gate`, sent by the controller. */
async function openGate(stage: Stage, gate: string): Promise<void> {
  const frame = { id: stage.chance.mintId(), type: 'session.update', metadata: gateMetadata(gate) };
  const text = JSON.stringify(frame);
  const connection = `gate#${gate}`;
  const exchange = openExchange(
    {
      method: 'POST',
      url: under(stage.target.endpoints.sse ?? stage.target.endpoints.http, `/sessions/${stage.session}/commands?versions=1`),
      headers: [['Authorization', `Bearer ${tokenOf(stage, 'controller')}`], ['Content-Type', 'application/json']],
      body: text,
    },
    { recorder: stage.recorder, participant: 'gate', name: connection, session: stage.session, credential: 'controller' },
  );
  stage.recorder.record({ kind: 'frame', participant: 'gate', connection, direction: 'to-server', ...redactFrame(frame, text), bytes: Buffer.byteLength(text) });
  const waited = await exchange.inbox.waitFor((entry) => entry.kind === 'frame' && entry.frame['type'] === 'ack', 0, stage.patienceMs);
  if ('vain' in waited || waited.found.kind !== 'frame' || waited.found.frame['status'] !== 'accepted') throw new PrerequisiteMissing(`the gate ${gate} could not be opened`);
}
