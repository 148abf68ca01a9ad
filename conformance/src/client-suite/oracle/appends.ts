import { isFields, sameJson } from '../../scenario/json.ts';
import type { FrameEntry, Transcript } from '../../transcript/entry.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

const claimOf = ({ participant, frame }: FrameEntry): string => [participant, frame['runId'], frame['agent'], frame['term']].join(' ');

const ackLine = (transcript: Transcript, { participant, frame }: FrameEntry): number =>
  transcript.find((entry) => entry.kind === 'frame' && entry.direction === 'to-client' && entry.participant === participant && entry.frame['type'] === 'ack' && entry.frame['id'] === frame['id'])?.line ?? Number.POSITIVE_INFINITY;

const endOf = (transcript: Transcript, { connection }: FrameEntry): number => transcript.find((entry) => entry.kind === 'end' && entry.connection === connection)?.line ?? Number.POSITIVE_INFINITY;

type Findings = ReturnType<ClientOracle['judge']>;

const judgeClaim = (transcript: Transcript, appends: readonly FrameEntry[]): Findings =>
  appends.flatMap((append, index): Findings => {
    const earlier = appends.slice(0, index);
    const { n, events } = append.frame;
    const highest = Math.max(0, ...earlier.map(({ frame }) => Number(frame['n'])));
    if (typeof n === 'number' && n > highest + 1) return [broken(['AGENT-19'], `n is ${highest + 1}, the next after those sent`, String(n), [append.line])];
    const unanswered = earlier.find((each) => each.frame['n'] === n && !sameJson(each.frame['events'], events) && ackLine(transcript, each) > append.line);
    if (unanswered !== undefined) return [broken(['AGENT-20'], `the events of n ${String(n)}, which has no ack yet`, append.text.slice(0, 200), [append.line, unanswered.line])];
    const overtaken = earlier.find((each) => each.connection !== append.connection && each.frame['n'] !== n && Math.min(ackLine(transcript, each), endOf(transcript, each)) > append.line);
    if (overtaken !== undefined) return [broken(['AGENT-21'], `no append on another connection while n ${String(overtaken.frame['n'])} has no ack`, `n ${String(n)} was sent`, [append.line, overtaken.line])];
    return [];
  });

/** Appends of one claim are numbered without a gap, keep their events until they are answered, and do not overtake each other. */
export const appendsInOrder: ClientOracle = {
  name: 'appends in order',
  cites: ['AGENT-19', 'AGENT-20', 'AGENT-21'],
  judge(transcript) {
    const appends = sentByClients(transcript).filter(({ frame }) => frame['type'] === 'events.append');
    const findings = [...Map.groupBy(appends, claimOf).values()].flatMap((ofOne) => judgeClaim(transcript, ofOne));
    return findings.length > 0 || appends.length < 2 ? findings : [held(['AGENT-19'], 'appends are numbered 1, 2, 3 …', appends.slice(0, 2).map(({ line }) => line))];
  },
};

/** The text of a part comes by its deltas, and only by them. */
export const textOnce: ClientOracle = {
  name: 'text once',
  cites: ['PART-12'],
  judge(transcript) {
    const ends = sentByClients(transcript).flatMap(({ frame, line }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields).filter((event) => event['type'] === 'part.ended').map((event) => ({ event, line })) : []));
    return ends.map(({ event, line }) => (event['text'] === undefined ? held(['PART-12'], 'part.ended has no text', [line]) : broken(['PART-12'], 'part.ended without the text', JSON.stringify(event), [line])));
  },
};
