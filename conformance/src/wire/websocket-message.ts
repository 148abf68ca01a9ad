import { opcodes, type WebSocketFrame } from './websocket-codec.ts';

/** A whole message or control frame, or a violation of the rules of fragments. */
export type WebSocketMessage =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly payload: Buffer }
  | { readonly kind: 'ping' | 'pong' | 'close'; readonly payload: Buffer }
  | { readonly kind: 'error'; readonly message: string };

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decodeText = (payload: Buffer): WebSocketMessage => {
  try {
    return { kind: 'text', text: strictUtf8.decode(payload) };
  } catch {
    return { kind: 'error', message: `a text message must be valid UTF-8: got ${payload.length} bytes that are not` };
  }
};

const control = (opcode: number): 'ping' | 'pong' | 'close' | undefined =>
  opcode === opcodes.ping ? 'ping' : opcode === opcodes.pong ? 'pong' : opcode === opcodes.close ? 'close' : undefined;

/** Creates a function that joins frames to messages; it returns undefined while fragments are missing. */
export const createMessageJoiner = (): ((frame: WebSocketFrame) => WebSocketMessage | undefined) => {
  let opcode: number | undefined;
  let fragments: Buffer[] = [];

  return (frame) => {
    const kind = control(frame.opcode);
    if (kind !== undefined) return { kind, payload: frame.payload };
    const isContinuation = frame.opcode === opcodes.continuation;
    if (isContinuation !== (opcode !== undefined)) {
      return { kind: 'error', message: isContinuation ? 'a continuation must follow a fragment' : 'a fragmented message must end before the next begins' };
    }
    opcode ??= frame.opcode;
    fragments.push(frame.payload);
    if (!frame.fin) return undefined;
    const payload = Buffer.concat(fragments);
    const isText = opcode === opcodes.text;
    opcode = undefined;
    fragments = [];
    return isText ? decodeText(payload) : { kind: 'binary', payload };
  };
};
