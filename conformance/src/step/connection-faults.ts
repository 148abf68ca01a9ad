import Type from 'typebox';
import { heldPosition, type Participant } from '../run/participant.ts';
import { participantOf, type Stage } from '../run/stage.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Connection } from '../peer/connection.ts';
import { defineStep } from './step-kind.ts';

function connected(stage: Stage, name: string): { participant: Participant; connection: Connection } {
  const participant = participantOf(stage, name);
  if (participant.connection === undefined) throw new ScenarioError(`${name} must be connected`);
  return { participant, connection: participant.connection };
}

/** Keeps the position over the end of a connection. */
function keepPosition(participant: Participant): void {
  const held = heldPosition(participant);
  if (held !== undefined) participant.stored = held;
}

/** Ends a connection as a well-behaved peer does. */
export const close = defineStep({
  kind: 'close',
  description: 'Ends the connection of a participant in order; what it holds it keeps.',
  properties: { close: Type.String({ description: 'The participant.' }) },
  async run(step, stage) {
    const { participant, connection } = connected(stage, step.close);
    keepPosition(participant);
    connection.close();
  },
});

/** Ends a connection as a tunnel or a dead battery does. */
export const cut = defineStep({
  kind: 'cut',
  description: 'Ends the connection of a participant without a goodbye, by a reset or by the end of the stream.',
  properties: { cut: Type.String({ description: 'The participant.' }), how: Type.Optional(Type.Enum(['rst', 'fin'])) },
  async run(step, stage) {
    const { participant, connection } = connected(stage, step.cut);
    keepPosition(participant);
    connection.cut(step.how ?? 'rst');
    participant.stalled = false;
  },
});

/** Stops reading, so that what the server sends is lost with the connection, or fills its queue. */
export const stall = defineStep({
  kind: 'stall',
  description: 'Stops a participant from reading, its connection and the answers of what it POSTs from here on; what was sent to it may be lost by a cut.',
  properties: { stall: Type.String({ description: 'The participant.' }) },
  async run(step, stage) {
    const { participant, connection } = connected(stage, step.stall);
    stage.recorder.record({ kind: 'note', participant: participant.name, connection: connection.name, text: 'stops reading' });
    participant.stalled = true;
    connection.stall();
  },
});

/** Reads on after a stall. */
export const resumeReading = defineStep({
  kind: 'resume-reading',
  description: 'Lets a participant read on after a stall.',
  properties: { 'resume-reading': Type.String({ description: 'The participant.' }) },
  async run(step, stage) {
    const { participant, connection } = connected(stage, step['resume-reading']);
    stage.recorder.record({ kind: 'note', participant: participant.name, connection: connection.name, text: 'reads on' });
    participant.stalled = false;
    connection.resume();
  },
});

/** Sends what no well-behaved peer sends. */
export const raw = defineStep({
  kind: 'raw',
  description: 'Sends a text as one WebSocket message, or bytes (hex) below the level of messages; whatever is wrong with them.',
  properties: {
    raw: Type.String({ description: 'The participant.' }),
    text: Type.Optional(Type.String()),
    textOf: Type.Optional(Type.Object({ repeat: Type.String(), times: Type.Integer(), before: Type.Optional(Type.String()), after: Type.Optional(Type.String()) }, { description: 'A long text, spelled out.' })),
    hex: Type.Optional(Type.String({ pattern: '^([0-9a-f]{2})*$', description: 'Bytes of the socket, below WebSocket frames.' })),
  },
  async run(step, stage) {
    const { connection } = connected(stage, step.raw);
    if (step.hex !== undefined) connection.sendBytes(Buffer.from(step.hex, 'hex'), 'bytes, wrong on purpose');
    if (step.text !== undefined) connection.send(step.text, 'wrong');
    if (step.textOf !== undefined) connection.send(`${step.textOf.before ?? ''}${step.textOf.repeat.repeat(step.textOf.times)}${step.textOf.after ?? ''}`, 'wrong');
  },
});
