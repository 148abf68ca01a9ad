import Type from 'typebox';
import { participantOf, tokenOf } from '../run/stage.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Json } from '../scenario/json.ts';
import { expectAnswer, outgoing, prepare, repeated } from './command.ts';
import { defineStep } from './step-kind.ts';

/** Sends a command, over the participant's transport, and expects its ack. */
export const send = defineStep({
  kind: 'send',
  description: 'Sends a command (a fresh id is minted unless it has one) over the transport of the participant, by POST where that is SSE, and expects an ack, accepted unless said otherwise.',
  properties: {
    send: Type.String({ description: 'The participant.' }),
    command: Type.Optional(Type.Unsafe<{ [field: string]: Json }>(Type.Object({}, { description: 'The command; {"$absent": true} leaves a field out.' }))),
    again: Type.Optional(Type.String({ description: 'In place of `command`: the same bytes as the command that was sent under this name, by whomever.' })),
    as: Type.Optional(Type.String({ description: 'A name for the command, for `again`, `expect-ack` and ${participant.commands.name}.' })),
    via: Type.Optional(Type.Enum(['post', 'own'], { description: '`post` sends by POST also where the participant holds a WebSocket.' })),
    session: Type.Optional(Type.String({ description: 'By POST, another session than that of the scenario.' })),
    token: Type.Optional(Type.String({ description: 'By POST, a token in place of that of the credential.' })),
    tokenOf: Type.Optional(Type.String({ description: 'By POST, the credential whose token to send.' })),
    wrong: Type.Optional(Type.Literal(true, { description: 'The command is meant to be wrong; any other that does not fit its schema is a fault of the scenario.' })),
    ack: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern of the ack; false does not wait for it. {"status": "accepted"} if absent.' })),
    refused: Type.Optional(Type.Unsafe<Json>({ description: 'In place of an ack: a pattern of the bye or problem document that comes.' })),
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step.send);
    const options = {
      ...(step.via === undefined ? {} : { via: step.via }),
      ...(step.session === undefined ? {} : { session: step.session }),
      ...(step.tokenOf === undefined ? {} : { token: tokenOf(stage, step.tokenOf) }),
      ...(step.token === undefined ? {} : { token: step.token }),
      isWrong: step.wrong === true,
    };
    const earlier = step.again === undefined ? undefined : [...stage.participants.values()].map(({ commands }) => commands.get(step.again ?? '')).find((found) => found !== undefined);
    if (step.command === undefined && earlier === undefined) throw new ScenarioError(`${place.source} must have a command, or name one that was sent: got ${String(step.again)}`);
    const command = earlier === undefined ? outgoing(stage, participant, step.command ?? {}, options) : repeated(stage, participant, earlier, options);
    const prepared = prepare(stage, command);
    await prepared.ready;
    const sent = prepared.fire();
    if (step.as !== undefined) participant.commands.set(step.as, sent);
    if (step.refused !== undefined) return expectAnswer(stage, place, participant, sent, step.refused, true);
    if (step.ack !== false) await expectAnswer(stage, place, participant, sent, step.ack ?? { status: 'accepted' }, false);
  },
});
