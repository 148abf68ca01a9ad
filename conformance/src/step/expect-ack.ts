import Type from 'typebox';
import { participantOf } from '../run/stage.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Json } from '../scenario/json.ts';
import { expectAnswer } from './command.ts';
import { defineStep } from './step-kind.ts';

/** Expects the ack of a command that was sent with `"ack": false`. */
export const expectAck = defineStep({
  kind: 'expect-ack',
  description: 'Expects the ack of a command that was sent under a name with "ack": false.',
  properties: {
    'expect-ack': Type.String({ description: 'The participant that sent it.' }),
    of: Type.String({ description: 'The name that the command was sent under.' }),
    ack: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern; {"status": "accepted"} if absent.' })),
    refused: Type.Optional(Type.Unsafe<Json>({ description: 'In place of an ack: a pattern of the bye or problem document that comes.' })),
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step['expect-ack']);
    const sent = participant.commands.get(step.of);
    if (sent === undefined) throw new ScenarioError(`${place.source}: ${step.of} must be a command that ${participant.name} sent`);
    await expectAnswer(stage, place, participant, sent, step.refused ?? step.ack ?? { status: 'accepted' }, step.refused !== undefined);
  },
});
