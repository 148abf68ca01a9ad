import { coreParts } from './parts.ts';
import { connectWith, type PeopleSession } from './people.ts';
import type { SessionOptions } from './session/handle.ts';
import { sseTransport } from './transports/sse.ts';

/**
 * Joins a session for a person or a device, over SSE and POST alone: for networks that let no WebSocket pass.
 *
 * @example const session = connect({ url: 'https://example.org', session: 's_Hq3v', token: () => getToken() });
 */
export const connect = (options: Omit<SessionOptions, 'transport'>): PeopleSession => connectWith({ ...coreParts, sseTransport }, options);
