import Type from 'typebox';
import { randomInteger } from '../crash/seeded-random.ts';
import { shuffle } from '../run/chance.ts';
import type { SentCommand } from '../run/participant.ts';
import { participantOf, settle, type Stage, type StepPlace } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import { awaitAnswer, outgoing, prepare, repeated } from './command.ts';
import { describeEntry } from './describe-entry.ts';
import { defineStep } from './step-kind.ts';

const Racer = Type.Object({
  send: Type.String({ description: 'The participant.' }),
  command: Type.Optional(Type.Unsafe<{ [field: string]: Json }>(Type.Object({}))),
  again: Type.Optional(Type.String({ description: 'The same bytes as the command of this name.' })),
  as: Type.Optional(Type.String({ description: 'A name for `outcomes` and later steps.' })),
  via: Type.Optional(Type.Enum(['post', 'own'])),
}, { additionalProperties: false });

/** Turns of the event loop between two racers: none is as close as can be, and two are what a busy client takes. */
const maxTurns = 2;

/** Several commands at exactly once, and what their acks may be together. */
export const race = defineStep({
  kind: 'race',
  description: 'Sends several commands in the same moment, each on its own socket, and expects of their acks: one winner and the rest losers; or one of several outcomes, each a pattern for every name.',
  properties: {
    race: Type.Array(Racer, { minItems: 2 }),
    winner: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern that exactly one ack fits.' })),
    losers: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern that every other ack fits.' })),
    outcomes: Type.Optional(Type.Array(Type.Unsafe<{ [name: string]: Json }>(Type.Object({})), { minItems: 1, description: 'In place of winner and losers: by name, patterns of the acks; one of them fits whole.' })),
    captureWinner: Type.Optional(Type.String({ description: 'Captures the name of the participant that won.' })),
    captureLoser: Type.Optional(Type.String({ description: 'Captures the name of the first participant that lost.' })),
  },
  async run(step, stage, place) {
    const racers = step.race.map((racer) => {
      const participant = participantOf(stage, racer.send);
      const earlier = racer.again === undefined ? undefined : [...stage.participants.values()].map(({ commands }) => commands.get(racer.again ?? '')).find((found) => found !== undefined);
      const options = racer.via === undefined ? {} : { via: racer.via };
      const command = earlier === undefined ? outgoing(stage, participant, racer.command ?? {}, options) : repeated(stage, participant, earlier, options);
      return { participant, name: racer.as ?? racer.send, as: racer.as, prepared: prepare(stage, command) };
    });
    await Promise.all(racers.map(({ prepared }) => prepared.ready));
    const sent = new Map<number, SentCommand>();
    // Who of them is first, and by how many turns of this process, is the seed's to say.
    for (const [index, { participant, as, prepared }] of shuffle([...racers.entries()], stage.chance.random)) {
      const command = prepared.fire();
      sent.set(index, command);
      if (as !== undefined) participant.commands.set(as, command);
      for (let turns = randomInteger(stage.chance.random, 0, maxTurns); turns > 0; turns--) await new Promise((next) => setImmediate(next));
    }
    const answers = await Promise.all(racers.map(async ({ participant, name }, index) => {
      const command = sent.get(index);
      const answer = command === undefined ? undefined : await awaitAnswer(stage, participant, command);
      return { name, participant: participant.name, answer };
    }));
    judge(step, stage, place, answers);
  },
});

interface Answered {
  readonly name: string;
  readonly participant: string;
  readonly answer: Entry | undefined;
}

interface Judged {
  readonly winner?: Json;
  readonly losers?: Json;
  readonly outcomes?: readonly JsonFields[];
  readonly captureWinner?: string;
  readonly captureLoser?: string;
}

function judge(step: Judged, stage: Stage, place: StepPlace, answers: readonly Answered[]): void {
  const ackOf = ({ answer }: Answered): Json | undefined => (answer?.kind === 'frame' ? answer.frame : undefined);
  const lines = answers.flatMap(({ answer }) => (answer === undefined ? [] : [answer.line]));
  const actual = answers.map(({ name, answer }) => `${name}: ${answer === undefined ? 'no answer' : describeEntry(answer)}`).join('; ');
  if (step.outcomes !== undefined) {
    const held = step.outcomes.some((outcome) => answers.every((each) => match(outcome[each.name] ?? {}, ackOf(each)).matches));
    return settle(stage, place, { held, expected: `one of ${step.outcomes.map((outcome) => JSON.stringify(outcome)).join(' or ')}`, actual, lines });
  }
  if (step.winner === undefined || step.losers === undefined) throw new ScenarioError(`${place.source} must have winner and losers, or outcomes`);
  const { winner, losers } = step;
  const won = answers.filter((each) => match(winner, ackOf(each)).matches);
  const lost = answers.filter((each) => !won.includes(each));
  if (won[0] !== undefined && step.captureWinner !== undefined) place.scope.capture(step.captureWinner, won[0].participant);
  if (lost[0] !== undefined && step.captureLoser !== undefined) place.scope.capture(step.captureLoser, lost[0].participant);
  const held = won.length === 1 && lost.every((each) => match(losers, ackOf(each)).matches && isFields(ackOf(each)));
  settle(stage, place, { held, expected: `one ack ${JSON.stringify(winner)} and ${answers.length - 1} of ${JSON.stringify(losers)}`, actual, lines });
}
