import type { Transcript } from '../../transcript/entry.ts';
import { broken, sentByClients, type ClientOracle } from './client-oracle.ts';

const newestBefore = (transcript: Transcript, participant: string, line: number): string | undefined =>
  transcript.findLast((entry) => entry.kind === 'open' && entry.wire === 'websocket' && entry.participant === participant && entry.line < line)?.connection;

/** A command goes out on the newest WebSocket only. */
export const newestConnection: ClientOracle = {
  name: 'newest connection',
  cites: ['COMMAND-47'],
  judge(transcript) {
    return sentByClients(transcript).flatMap(({ frame, line, participant, connection }) => {
      const isOnWebSocket = transcript.some((entry) => entry.kind === 'open' && entry.wire === 'websocket' && entry.connection === connection);
      const newest = newestBefore(transcript, participant, line);
      if (!isOnWebSocket || frame['type'] === 'hello' || newest === connection) return [];
      return [broken(['COMMAND-47'], `commands go out on the newest connection, ${newest}`, `one went out on ${connection}`, [line])];
    });
  },
};
