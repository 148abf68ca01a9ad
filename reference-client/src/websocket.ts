import { coreParts } from './parts.ts';
import { connectWith, type PeopleSession } from './people.ts';
import type { SessionOptions } from './session/handle.ts';
import { webSocketTransport } from './transports/websocket.ts';

/**
 * Joins a session for a person or a device, over WebSocket alone: the smallest client for a page.
 *
 * @example const session = connect({ url: 'https://example.org', session: 's_Hq3v', token: () => getToken() });
 */
export const connect = (options: Omit<SessionOptions, 'transport'>): PeopleSession => connectWith({ ...coreParts, webSocketTransport }, options);
