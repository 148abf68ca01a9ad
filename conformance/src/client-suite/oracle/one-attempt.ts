import type { Transcript } from '../../transcript/entry.ts';
import { broken, held, type ClientOracle } from './client-oracle.ts';

/** What a client has abandoned reaches the server as an end, which the next attempt may overtake on its way. */
const overtakenMs = 250;

/** The time at which an attach request was answered or ended, Infinity if neither. */
const overAt = (transcript: Transcript, connection: string): number =>
  transcript.find((entry) => entry.connection === connection && ((entry.kind === 'frame' && entry.direction === 'to-client') || entry.kind === 'end' || entry.kind === 'broken'))?.at ?? Number.POSITIVE_INFINITY;

/** A view has one attempt to connect under way. */
export const oneAttempt: ClientOracle = {
  name: 'one attempt',
  cites: ['RECONNECT-7'],
  judge(transcript) {
    const attempts = transcript.filter((entry) => entry.kind === 'open');
    const double = attempts.flatMap((attempt, index) => {
      const earlier = attempts.slice(0, index).find((each) => each.participant === attempt.participant && overAt(transcript, each.connection) > attempt.at + overtakenMs);
      return earlier === undefined ? [] : [broken(['RECONNECT-7'], `no attempt while ${earlier.connection} is under way`, `${attempt.connection} began`, [attempt.line, earlier.line])];
    });
    return double.length > 0 || attempts.length < 2 ? double : [held(['RECONNECT-7'], 'one attempt at a time', attempts.slice(0, 2).map(({ line }) => line))];
  },
};
