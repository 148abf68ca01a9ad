import { isFields, sameJson } from '../../scenario/json.ts';
import type { FrameEntry, Transcript } from '../../transcript/entry.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

/** 96 bits, six in each character that an id may have (COMMAND-1). */
const leastIdLength = 16;

/** The field that names what a command makes or decides, so that two of its commands are recognised as one wish. */
const wishes: { readonly [type: string]: string } = { 'message.send': 'messageId', 'request.resolve': 'requestId', 'run.cancel': 'runId', 'run.claim': 'runId' };

const ackOf = (transcript: Transcript, { participant, frame }: FrameEntry): FrameEntry | undefined =>
  transcript.find((entry): entry is FrameEntry => entry.kind === 'frame' && entry.direction === 'to-client' && entry.participant === participant && entry.frame['type'] === 'ack' && entry.frame['id'] === frame['id']);

const mayRepeat = ({ frame }: FrameEntry): boolean => isFields(frame['error']) && frame['error']['retryable'] === true;

const wishOf = ({ participant, frame }: FrameEntry): string | undefined => {
  const field = wishes[String(frame['type'])];
  return field === undefined ? undefined : `${participant} ${String(frame['type'])} ${String(frame[field])}`;
};

const judgePair = (transcript: Transcript, first: FrameEntry, second: FrameEntry): ReturnType<typeof broken>[] => {
  const lines = [second.line, first.line];
  if (first.frame['id'] !== second.frame['id']) {
    const ack = ackOf(transcript, first);
    const isNewWish = ack !== undefined && ack.line < second.line;
    return isNewWish ? [] : [broken(['COMMAND-44', 'COMMAND-48'], `a repeat keeps the id ${JSON.stringify(first.frame['id'])}`, JSON.stringify(second.frame['id']), lines)];
  }
  if (!sameJson(first.frame, second.frame)) return [broken(['COMMAND-44'], `a repeat has the content ${first.text}`, second.text, lines)];
  const ack = ackOf(transcript, first);
  if (ack !== undefined && ack.line < second.line && !mayRepeat(ack)) return [broken(['COMMAND-45'], 'no repeat after the ack', second.text, [second.line, ack.line, first.line])];
  return [held(['COMMAND-44'], 'a repeat has the same id and content', lines)];
};

/** A wish of the application is one command: one id, one content, repeated only without an ack. */
export const commandsOnce: ClientOracle = {
  name: 'commands once',
  cites: ['COMMAND-1', 'COMMAND-44', 'COMMAND-45', 'COMMAND-48'],
  judge(transcript) {
    const commands = sentByClients(transcript).filter(({ frame }) => typeof frame['id'] === 'string');
    const short = commands.filter(({ frame }) => String(frame['id']).length < leastIdLength);
    const ids = short.map(({ frame, line }) => broken(['COMMAND-1'], `an id of at least 96 random bits, which are ${leastIdLength} characters`, JSON.stringify(frame['id']), [line]));
    const firstOf = new Map<string, FrameEntry>();
    const pairs = commands.flatMap((entry) => {
      const keys = [`${entry.participant} id ${String(entry.frame['id'])}`, wishOf(entry)].filter((key) => key !== undefined);
      const first = keys.map((key) => firstOf.get(key)).find((found) => found !== undefined);
      if (first === undefined) for (const key of keys) firstOf.set(key, entry);
      return first === undefined ? [] : judgePair(transcript, first, entry);
    });
    const good = commands.length > 0 && ids.length === 0 ? [held(['COMMAND-1'], 'each command has an id of at least 96 bits', commands.slice(0, 1).map(({ line }) => line))] : [];
    return [...ids, ...good, ...pairs];
  },
};
