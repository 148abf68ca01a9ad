import type { Transcript } from '../../transcript/entry.ts';
import { broken, held, type ClientOracle } from './client-oracle.ts';

type RequestEntry = Extract<Transcript[number], { kind: 'request' }>;

const requestsOf = (transcript: Transcript): readonly RequestEntry[] => transcript.filter((entry) => entry.kind === 'request');

/** A token stands in a header or in `hello`, and nowhere that is logged. */
export const hiddenTokens: ClientOracle = {
  name: 'hidden tokens',
  cites: ['WS-4'],
  judge(transcript, { tokens }) {
    return requestsOf(transcript).flatMap(({ target, headers, line }) => {
      const isUpgrade = headers['upgrade'] !== undefined;
      const shown = `${target} ${headers['sec-websocket-protocol'] ?? ''}`;
      if (tokens.some((token) => shown.includes(token) || shown.includes(encodeURIComponent(token)))) return [broken(['WS-4'], 'no token in a URL or a subprotocol', shown, [line])];
      return isUpgrade ? [held(['WS-4'], 'no token in the upgrade', [line])] : [];
    });
  },
};

/** A POST says that its body is JSON. */
export const contentType: ClientOracle = {
  name: 'content type',
  cites: ['SSE-29'],
  judge(transcript) {
    return requestsOf(transcript).filter(({ method }) => method === 'POST').map(({ headers, line }) => {
      const type = headers['content-type'] ?? 'none';
      return /^application\/json\b/i.test(type) ? held(['SSE-29'], 'a POST has Content-Type application/json', [line]) : broken(['SSE-29'], 'a POST has Content-Type application/json', type, [line]);
    });
  },
};
