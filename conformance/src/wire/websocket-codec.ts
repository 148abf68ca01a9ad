import { createByteQueue } from './byte-queue.ts';

/** The opcodes of RFC 6455, section 5.2. */
export const opcodes = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

/** A WebSocket frame to encode; every field may be wrong on purpose. */
export interface OutgoingWebSocketFrame {
  readonly opcode: number;
  readonly payload: Uint8Array | string;
  /** True unless said otherwise. */
  readonly fin?: boolean;
  /** The three reserved bits as a number; 0 unless said otherwise. */
  readonly rsv?: number;
  /** Four bytes; a client has one, a server has none. The caller brings it, so that encoding stays pure. */
  readonly maskKey?: Uint8Array;
  /** The length that the head claims, when it is to differ from that of the payload. */
  readonly claimedLength?: number;
}

/** A WebSocket frame as it arrived. */
export interface WebSocketFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly rsv: number;
  readonly masked: boolean;
  /** Unmasked. */
  readonly payload: Buffer;
  /** Length on the wire, head included. */
  readonly byteLength: number;
}

/** What a decoder finds in the bytes: a frame, or the violation of RFC 6455 after which it finds nothing more. */
export type DecodedWebSocket = { readonly kind: 'frame'; readonly frame: WebSocketFrame } | { readonly kind: 'error'; readonly message: string };

const lengthBytes = (length: number): Buffer => {
  if (length < 126) return Buffer.from([length]);
  const extended = Buffer.alloc(length < 0x1_0000 ? 3 : 9);
  extended[0] = length < 0x1_0000 ? 126 : 127;
  if (length < 0x1_0000) extended.writeUInt16BE(length, 1);
  else extended.writeBigUInt64BE(BigInt(length), 1);
  return extended;
};

const masked = (payload: Uint8Array, key: Uint8Array): Buffer => {
  const result = Buffer.from(payload);
  for (let index = 0; index < result.length; index++) result[index] = (result[index] ?? 0) ^ (key[index & 3] ?? 0);
  return result;
};

/** Encodes one frame, legal or not, exactly as it is described. */
export const encodeWebSocketFrame = (frame: OutgoingWebSocketFrame): Buffer => {
  const payload = typeof frame.payload === 'string' ? Buffer.from(frame.payload) : frame.payload;
  const length = lengthBytes(frame.claimedLength ?? payload.length);
  const first = (frame.fin === false ? 0 : 0x80) | ((frame.rsv ?? 0) << 4) | frame.opcode;
  if (frame.maskKey === undefined) return Buffer.concat([Buffer.from([first]), length, payload]);
  length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([Buffer.from([first]), length, frame.maskKey, masked(payload, frame.maskKey)]);
};

/** Renders the payload of a close frame: the code, then the reason. */
export const closePayload = (code: number, reason = ''): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return Buffer.concat([bytes, Buffer.from(reason)]);
};

/** Reads the payload of a close frame; an empty one means code 1005, as RFC 6455 has it. */
export const readClosePayload = (payload: Buffer): { readonly code: number; readonly reason: string } =>
  payload.length < 2 ? { code: 1005, reason: '' } : { code: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) };

const violation = (opcode: number, fin: boolean, rsv: number, isMasked: boolean, length: number, from: 'client' | 'server'): string | undefined => {
  if (!Object.values<number>(opcodes).includes(opcode)) return `opcode must be one of RFC 6455: got ${opcode}`;
  if (rsv !== 0) return `reserved bits must be 0 without an extension: got ${rsv}`;
  if (isMasked !== (from === 'client')) return `a frame from a ${from} must ${from === 'client' ? '' : 'not '}be masked`;
  if (opcode >= 0x8 && (!fin || length > 125)) return `a control frame must be whole and have at most 125 bytes: got ${length} bytes, fin ${fin}`;
  return undefined;
};

/**
 * Creates an incremental decoder of the frames that one side sends.
 *
 * Each call takes the bytes that arrived and returns what they complete, however they were split. Frames are not joined to messages here: see `createMessageJoiner`. A frame that says it has more than `maxBytes` is an error as soon as its head has come. After an error it returns nothing.
 */
export const createWebSocketDecoder = (from: 'client' | 'server', maxBytes = Number.MAX_SAFE_INTEGER): ((chunk: Uint8Array) => DecodedWebSocket[]) => {
  const queue = createByteQueue();
  let failed = false;

  const next = (): DecodedWebSocket | undefined => {
    const start = queue.peek(2);
    if (start === undefined) return undefined;
    const [first = 0, second = 0] = start;
    const short = second & 0x7f;
    const isMasked = (second & 0x80) !== 0;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const headLength = 2 + extended + (isMasked ? 4 : 0);
    const head = queue.peek(headLength);
    if (head === undefined) return undefined;
    const length = extended === 2 ? head.readUInt16BE(2) : extended === 8 ? Number(head.readBigUInt64BE(2)) : short;
    const fin = (first & 0x80) !== 0;
    const message = violation(first & 0x0f, fin, (first >> 4) & 7, isMasked, length, from);
    if (message !== undefined) return { kind: 'error', message };
    if (length > maxBytes) return { kind: 'error', message: `a frame must have at most ${maxBytes} bytes: got ${length}` };
    const whole = queue.take(headLength + length);
    if (whole === undefined) return undefined;
    const body = whole.subarray(headLength);
    const payload = isMasked ? masked(body, whole.subarray(headLength - 4, headLength)) : body;
    return { kind: 'frame', frame: { opcode: first & 0x0f, fin, rsv: (first >> 4) & 7, masked: isMasked, payload, byteLength: whole.length } };
  };

  return (chunk) => {
    const found: DecodedWebSocket[] = [];
    if (failed) return found;
    queue.push(chunk);
    for (let item = next(); item !== undefined && !failed; item = failed ? undefined : next()) {
      failed = item.kind === 'error';
      found.push(item);
    }
    return found;
  };
};
