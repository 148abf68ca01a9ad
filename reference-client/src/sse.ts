import { coreParts } from './parts.ts';
import { connectWith, type People } from './people.ts';
import type { SessionOptions } from './session/handle.ts';
import { sseTransport } from './transports/sse.ts';

/**
 * Joins a session for a person or a device, over SSE and POST alone: for networks that let no WebSocket pass.
 *
 * @example const session = connect({ url: 'http://localhost:8787', session: 's_Hq3v', token: () => getToken() });
 */
export const connect = (options: Omit<SessionOptions, 'transport'>): People => connectWith({ ...coreParts, sseTransport }, options);

// What an application can do without is a function of its own, and costs nothing where it is not used.
export { CommandRejectedError, IndeterminateError, SessionError, SessionStoppedError } from './errors.ts';
export { keepPresence } from './presence.ts';
export { keepIn } from './session/storage.ts';
export { claimTool } from './tool.ts';
