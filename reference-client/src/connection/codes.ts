import type { ByeAction } from '@durable-session/schemas';

/** The codes that end a connection, each with its WebSocket close code; the registry of errors, as far as a client acts on it. */
const closes: { readonly [code: string]: number } = {
  unavailable: 4000, epoch_changed: 4001, slow_consumer: 4002, stream_expired: 4003, too_many_connections: 4004, hello_timeout: 4005,
  unauthenticated: 4500, auth_expired: 4501,
  invalid_frame: 4510, frame_too_large: 4511, unsupported_version: 4512, forbidden_origin: 4513, not_found: 4514, gone: 4515, session_closed: 4516,
};

/** The code of the registry that a WebSocket close code repeats; undefined for one that it does not have. */
export const codeOfClose = (close: number): string | undefined => Object.keys(closes).find((code) => closes[code] === close);

/** What a client does after a WebSocket close code; undefined for one outside the ranges of the protocol. */
export function actionOfClose(close: number): ByeAction | undefined {
  if (close >= 4000 && close <= 4499) return 'retry';
  if (close >= 4500 && close <= 4509) return 'reauth';
  return close >= 4510 && close <= 4999 ? 'stop' : undefined;
}

/** What a client does after a code that ends a connection; undefined for one that it does not know. */
export const actionOfCode = (code: string): ByeAction | undefined => (Object.hasOwn(closes, code) ? actionOfClose(closes[code] ?? 0) : undefined);

/** What to do about an end after which no attempt follows. */
const advice: { readonly [code: string]: string } = {
  invalid_frame: 'is the server of this protocol, and does no proxy change what passes?',
  frame_too_large: 'send less at once, or raise the limit maxFrameBytes of the server',
  unsupported_version: 'no common version: update the client or the server',
  forbidden_origin: 'add the origin of this page to the settings of the server',
  not_found: 'check the session id, and whether this token may see the session',
  gone: 'the session has been deleted',
  session_closed: 'it can be read, and takes no command',
};

/** What a person is told about a code that came without a message. */
export const adviceOf = (code: string): string => (Object.hasOwn(advice, code) ? `${code}: ${advice[code]}` : code);
