import Type from 'typebox';
import { openExchange } from '../peer/http-exchange.ts';
import { heldPosition } from '../run/participant.ts';
import { numberOf, participantOf, tokenOf } from '../run/stage.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Json } from '../scenario/json.ts';
import { under } from '../target/discover.ts';
import { outgoing } from './command.ts';
import { defineStep, NumberOrExpression } from './step-kind.ts';

/** Reads slowly. */
export const throttle = defineStep({
  kind: 'throttle',
  description: 'Lets a participant read at most so many bytes a second from here on; `resume-reading` ends it.',
  properties: { throttle: Type.String({ description: 'The participant.' }), bytesPerSecond: NumberOrExpression },
  async run(step, stage) {
    const { connection, name } = participantOf(stage, step.throttle);
    if (connection === undefined) throw new ScenarioError(`${name} must be connected`);
    // The oracle of silence does not count what waits in the sockets.
    stage.recorder.record({ kind: 'note', participant: name, connection: connection.name, text: 'stops reading', data: { bytesPerSecond: step.bytesPerSecond } });
    connection.throttle(numberOf(step.bytesPerSecond, 'bytesPerSecond'));
  },
});

/** Writes as a strange network does. */
export const writes = defineStep({
  kind: 'writes',
  description: 'From here on a participant hands its bytes to the network one by one (bytewise), or holds them back until it is told another way and then sends all at once (held); whole is the usual way.',
  properties: { writes: Type.String({ description: 'The participant.' }), how: Type.Enum(['whole', 'bytewise', 'held']) },
  async run(step, stage) {
    const participant = participantOf(stage, step.writes);
    participant.writing = step.how;
    if (step.how !== 'held') participant.connection?.release();
  },
});

/** Breaks in the middle of a command. */
export const half = defineStep({
  kind: 'half',
  description: 'Sends only the first bytes of a command (of its WebSocket frame, or of the body of its POST), or all but the last of them, and then resets the connection.',
  properties: {
    half: Type.String({ description: 'The participant.' }),
    command: Type.Unsafe<{ [field: string]: Json }>(Type.Object({})),
    bytes: Type.Unsafe<number>(Type.Union([Type.Integer(), Type.String({ pattern: '^\\$\\{' })], { description: 'So many of the first; if negative, all but so many of the last.' })),
  },
  async run(step, stage) {
    const participant = participantOf(stage, step.half);
    const { text, via } = outgoing(stage, participant, step.command, {});
    const bytes = numberOf(step.bytes, 'bytes');
    if (via === 'websocket') {
      if (participant.connection === undefined) throw new ScenarioError(`${participant.name} must be connected`);
      const held = heldPosition(participant);
      if (held !== undefined) participant.stored = held;
      participant.connection.sendPart(text, bytes);
      await participant.connection.flushed();
      return participant.connection.cut('rst');
    }
    participant.connections += 1;
    const name = `${participant.name}#${participant.connections}`;
    const exchange = openExchange(
      { method: 'POST', url: under(stage.target.endpoints.sse ?? stage.target.endpoints.http, `/sessions/${stage.session}/commands?versions=1`), headers: [['Authorization', `Bearer ${tokenOf(stage, participant.credential)}`], ['Content-Type', 'application/json']], body: text, bodyBytes: bytes },
      { recorder: stage.recorder, participant: participant.name, name, session: stage.session, credential: participant.credential },
    );
    await exchange.flushed;
    exchange.cut();
  },
});
