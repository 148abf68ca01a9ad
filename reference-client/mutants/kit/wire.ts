import { standardParts, type Parts } from '../../src/parts.ts';
import type { ConnectionListener, PostAnswer, Transport } from '../../src/transports/transport.ts';

/** A frame as it stands on the wire. */
export type Frame = { readonly [field: string]: unknown };

/** What a broken client does to the frames of its connections; what is left out stays as it is. */
export interface Tampering {
  /** What the client makes of a frame that came. */
  received?(frame: Frame): readonly Frame[];
  /** What the client sends in place of a frame. */
  sent?(frame: Frame): readonly Frame[];
  /** What the client makes of the answer to a POST. */
  answered?(answer: PostAnswer): PostAnswer;
}

const isFrame = (value: unknown): value is Frame => typeof value === 'object' && value !== null && !Array.isArray(value);

function frameOf(text: string): Frame | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFrame(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Passes on what a change makes of a frame; what it leaves alone keeps its bytes. */
const changed = (text: string, change: ((frame: Frame) => readonly Frame[]) | undefined): readonly string[] => {
  const frame = frameOf(text);
  if (change === undefined || frame === undefined) return [text];
  return change(frame).map((each) => (each === frame ? text : JSON.stringify(each)));
};

const tamperedTransport = (transport: Transport, { received, sent, answered }: Tampering): Transport => {
  const { post } = transport;
  return {
    ...transport,
    connect(greeting, listener) {
      const heard: ConnectionListener = {
        ...listener,
        frame: (text) => changed(text, received).forEach((each) => listener.frame(each)),
      };
      const connection = transport.connect(greeting, heard);
      return { ...connection, send: (text) => changed(text, sent).forEach((each) => connection.send(each)) };
    },
    ...(post === undefined ? {} : {
      async post(session, text, token, signal) {
        const answers = await Promise.all(changed(text, sent).map((each) => post(session, each, token, signal)));
        const [answer = { kind: 'lost' }] = answers;
        return answered?.(answer) ?? answer;
      },
    }),
  };
};

/** The parts of a client that is right but for what happens to its frames. */
export const tampered = (tampering: Tampering): Parts => ({
  ...standardParts,
  webSocketTransport: (url, WebSocket) => tamperedTransport(standardParts.webSocketTransport(url, WebSocket), tampering),
  sseTransport: (url, fetch) => tamperedTransport(standardParts.sseTransport(url, fetch), tampering),
});
