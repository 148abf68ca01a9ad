import { parsePeerFrame } from '@durable-session/schemas';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

/** What a client sends is a frame of the protocol, in one text message. */
export const wellFormed: ClientOracle = {
  name: 'well-formed frames',
  cites: ['FRAME-12', 'WS-5'],
  judge(transcript, { maxDepth }) {
    // A hello over SSE is a query, so its frame in the transcript is the runner's own rendering: zero bytes.
    const frames = sentByClients(transcript).filter(({ bytes }) => bytes > 0);
    const misfits = frames.flatMap(({ text, line }) => {
      const parsed = parsePeerFrame(text, { maxDepth });
      return parsed.ok ? [] : [{ ...broken(['FRAME-12'], 'the client sends frames that fit the schema of their type', parsed.error.message, [line]), path: parsed.error.path }];
    });
    const noise = transcript.flatMap((entry) => (entry.kind === 'broken' && entry.direction === 'to-server' ? [broken(['WS-5'], 'the client sends each frame as one text message with one JSON object', entry.reason, [entry.line])] : []));
    const good = misfits.length === 0 ? frames.slice(0, 1).map(({ line }) => held(['FRAME-12', 'WS-5'], 'every frame fits the schema of its type', [line])) : [];
    return [...good, ...misfits, ...noise];
  },
};
