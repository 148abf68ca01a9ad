import type { Transcript } from '../../transcript/entry.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

const newestBefore = (transcript: Transcript, participant: string, line: number): string | undefined =>
  transcript.findLast((entry) => entry.kind === 'open' && entry.wire === 'websocket' && entry.participant === participant && entry.line < line)?.connection;

/** A command goes out on the newest WebSocket only. */
export const newestConnection: ClientOracle = {
  name: 'newest connection',
  cites: ['COMMAND-47'],
  judge(transcript) {
    const sent = new Set<string>();
    return sentByClients(transcript).flatMap(({ frame, line, participant, connection }) => {
      const isOnWebSocket = transcript.some((entry) => entry.kind === 'open' && entry.wire === 'websocket' && entry.connection === connection);
      const newest = newestBefore(transcript, participant, line);
      const key = `${participant} ${String(frame['id'])}`;
      const isRepeat = sent.has(key);
      sent.add(key);
      if (!isOnWebSocket || frame['type'] === 'hello') return [];
      if (newest === connection) return isRepeat ? [held(['COMMAND-47'], 'a repeat goes out on the newest connection', [line])] : [];
      return [broken(['COMMAND-47'], `commands go out on the newest connection, ${newest}`, `one went out on ${connection}`, [line])];
    });
  },
};
