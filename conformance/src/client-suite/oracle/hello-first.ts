import type { Transcript } from '../../transcript/entry.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

const webSockets = (transcript: Transcript): ReadonlySet<string> => new Set(transcript.flatMap((entry) => (entry.kind === 'open' && entry.wire === 'websocket' ? [entry.connection] : [])));

/** On a WebSocket `hello` comes first, and once. */
export const helloFirst: ClientOracle = {
  name: 'hello first',
  cites: ['ATTACH-1'],
  judge(transcript) {
    return [...webSockets(transcript)].flatMap((connection) => {
      const frames = sentByClients(transcript).filter((entry) => entry.connection === connection);
      const wrong = frames.find(({ frame }, index) => (frame['type'] === 'hello') !== (index === 0));
      if (wrong !== undefined) return [broken(['ATTACH-1'], 'hello is the first frame of a WebSocket, and the only hello', JSON.stringify(wrong.frame).slice(0, 200), [wrong.line])];
      return frames.slice(0, 1).map(({ line }) => held(['ATTACH-1'], 'hello is the first frame', [line]));
    });
  },
};
