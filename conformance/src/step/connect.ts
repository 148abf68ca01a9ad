import Type from 'typebox';
import { heldPosition, type Participant } from '../run/participant.ts';
import { participantOf, settle, tokenOf, type Stage, type StepPlace } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { isFields, type Json } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import type { Header } from '../wire/http-codec.ts';
import { attach, refusalOf } from './attach.ts';
import { describeEntry, findingOfVain } from './describe-entry.ts';
import { AnyJson, defineStep, NumberOrExpression } from './step-kind.ts';
import { waitAndRead } from './wait-and-read.ts';

const isFrame = (entry: Entry, type: string): boolean => entry.kind === 'frame' && entry.frame['type'] === type;

/** Attaches a participant, by default with the position that it holds, and waits until it is caught up. */
export const connect = defineStep({
  kind: 'connect',
  description: 'Attaches a participant: opens a new connection, says hello with the position that it holds, expects a welcome, and waits for synced.',
  properties: {
    connect: Type.String({ description: 'The participant.' }),
    position: Type.Optional(Type.Unsafe<Json>({ description: '"none" for no position, any other value in place of the one held.' })),
    session: Type.Optional(Type.String()),
    transport: Type.Optional(Type.Enum(['websocket', 'sse', 'other'], { description: 'From here on; `other` than so far, where the target claims both.' })),
    versions: Type.Optional(AnyJson),
    features: Type.Optional(Type.Array(Type.String())),
    token: Type.Optional(Type.String({ description: 'A token in place of that of the credential; over SSE an empty one sends no header.' })),
    tokenOf: Type.Optional(Type.String({ description: 'The credential whose token to send.' })),
    hello: Type.Optional(Type.Unsafe<{ [field: string]: Json }>(Type.Object({}, { description: 'Fields of hello, or of the query, that replace others; {"$absent": true} leaves one out.' }))),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    firstFrame: Type.Optional(Type.String({ description: 'WebSocket: this text in place of hello; an empty one sends nothing.' })),
    cutAfter: Type.Optional(Type.Object({ events: NumberOrExpression, how: Type.Optional(Type.Enum(['rst', 'fin'])) }, { description: 'Cuts by itself once that many events have come.' })),
    answersPings: Type.Optional(Type.Boolean()),
    answersClose: Type.Optional(Type.Boolean({ description: 'false: leaves a close frame without an answer, so that the end is that of the TCP connection.' })),
    welcome: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern that the welcome fits.' })),
    refused: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern that the refusal fits: {code, action} of a bye, {code, status} over HTTP.' })),
    until: Type.Optional(Type.Enum(['synced', 'welcome', 'cut', 'nothing'], { description: 'What to wait for; synced if absent.' })),
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step.connect);
    if (step.transport !== undefined) participant.transport = transportOf(stage, participant, step.transport);
    const held = heldPosition(participant);
    const position = step.position === 'none' ? undefined : (step.position ?? held);
    const connection = attach(stage, participant, {
      session: step.session ?? stage.session,
      ...(position === undefined ? {} : { position }),
      ...(step.versions === undefined ? {} : { versions: step.versions }),
      ...(step.features === undefined ? {} : { features: step.features }),
      ...(step.tokenOf === undefined ? {} : { token: tokenOf(stage, step.tokenOf) }),
      ...(step.token === undefined ? {} : { token: step.token }),
      ...(step.hello === undefined ? {} : { hello: step.hello }),
      headers: Object.entries(step.headers ?? {}).map(([name, value]): Header => [name, value]),
      ...(step.firstFrame === undefined ? {} : { firstFrame: step.firstFrame }),
      ...(step.cutAfter === undefined ? {} : { cutAfter: { events: step.cutAfter.events, how: step.cutAfter.how ?? 'rst' } }),
      ...(step.answersPings === undefined ? {} : { answersPings: step.answersPings }),
      ...(step.answersClose === undefined ? {} : { answersClose: step.answersClose }),
    });
    if (step.until === 'nothing') return;
    if (step.refused !== undefined) return expectRefusal(stage, place, participant, step.refused);
    await expectWelcome(stage, place, participant, step.welcome ?? {});
    if (step.until === 'welcome') return;
    const untilCut = step.until === 'cut';
    const waited = await waitAndRead(connection.inbox, (entry) => (untilCut ? entry.kind === 'end' : isFrame(entry, 'synced')), participant.cursor, stage.patienceMs);
    if ('vain' in waited) settle(stage, place, findingOfVain(untilCut ? 'the planned cut' : { type: 'synced' }, waited, connection.inbox.entries, stage.patienceMs));
  },
});

function transportOf(stage: Stage, participant: Participant, wanted: 'websocket' | 'sse' | 'other'): 'websocket' | 'sse' {
  if (wanted !== 'other') return wanted;
  const other = participant.transport === 'websocket' ? 'sse' : 'websocket';
  return stage.isClaimed(other) ? other : participant.transport;
}

async function expectWelcome(stage: Stage, place: StepPlace, participant: Participant, pattern: Json): Promise<void> {
  const inbox = participant.connection?.inbox;
  if (inbox === undefined) return;
  const waited = await waitAndRead(inbox, (entry) => isFrame(entry, 'welcome') || refusalOf(entry) !== undefined, 0, stage.patienceMs);
  if ('vain' in waited) {
    if (waited.vain === 'time') stage.recorder.record({ kind: 'note', participant: participant.name, connection: participant.connection?.name ?? '', text: 'waited in vain', data: { for: 'welcome' } });
    return settle(stage, place, findingOfVain({ type: 'welcome' }, waited, inbox.entries, stage.patienceMs));
  }
  participant.cursor = waited.index + 1;
  const { found } = waited;
  if (found.kind !== 'frame' || found.frame['type'] !== 'welcome') {
    return settle(stage, place, { held: false, expected: 'a welcome', actual: describeEntry(found), lines: [found.line] });
  }
  const result = match(isFields(pattern) ? { type: 'welcome', ...pattern } : pattern, found.frame);
  if (result.matches) for (const [name, value] of result.captures) place.scope.capture(name, value);
  settle(stage, place, {
    held: result.matches,
    expected: result.matches ? 'the welcome' : `a welcome with ${result.mismatch.expected} at ${result.mismatch.path}`,
    ...(result.matches ? {} : { actual: result.mismatch.actual, path: result.mismatch.path }),
    lines: [found.line],
  });
}

async function expectRefusal(stage: Stage, place: StepPlace, participant: Participant, pattern: Json): Promise<void> {
  const inbox = participant.connection?.inbox;
  if (inbox === undefined) return;
  const waited = await waitAndRead(inbox, (entry) => isFrame(entry, 'welcome') || refusalOf(entry) !== undefined, 0, stage.patienceMs);
  if ('vain' in waited) return settle(stage, place, { ...findingOfVain(pattern, waited, inbox.entries, stage.patienceMs), expected: `a refusal ${JSON.stringify(pattern)}` });
  participant.cursor = waited.index + 1;
  const refusal = refusalOf(waited.found);
  const result = match(pattern, refusal);
  settle(stage, place, {
    held: refusal !== undefined && result.matches,
    expected: `a refusal ${JSON.stringify(pattern)}`,
    actual: describeEntry(waited.found),
    lines: [waited.found.line],
    ...(result.matches ? {} : { path: result.mismatch.path }),
  });
}
