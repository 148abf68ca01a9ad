import Type from 'typebox';

const direction = Type.Enum(['to-server', 'to-client']);

const placed = {
  line: Type.Integer({ minimum: 1, description: 'The place of the entry in its transcript.' }),
  at: Type.Number({ description: 'Milliseconds since the transcript began, monotonic.' }),
  participant: Type.String({ description: 'The name that the scenario gives to a peer.' }),
  connection: Type.String({ description: 'One connection or request of that peer, unique in the transcript.' }),
};

const headers = Type.Record(Type.String(), Type.String());
const body = Type.Optional(Type.String());

const entry = <const Kind extends string, Fields extends Type.TProperties>(kind: Kind, description: string, fields: Fields) =>
  Type.Object({ ...placed, kind: Type.Literal(kind), ...fields }, { title: kind, description });

/** One line of a transcript, as `--out` writes it. Credentials are redacted. */
export const TranscriptEntry = Type.Union(
  [
    entry('open', 'A connection or request began.', { wire: Type.Enum(['websocket', 'sse', 'http']), session: Type.String(), credential: Type.String({ description: 'The name of the credential, never the token.' }) }),
    entry('frame', 'One frame of the protocol, whole.', {
      direction,
      frame: Type.Record(Type.String(), Type.Unknown()),
      text: Type.String({ description: 'The JSON as it stood on the wire, but for a token.' }),
      bytes: Type.Integer({ minimum: 0, description: 'Bytes on the wire, with the WebSocket header or the SSE fields.' }),
      sseId: Type.Optional(Type.String()),
      sseEvent: Type.Optional(Type.String()),
      deliberate: Type.Optional(Type.Literal(true, { description: 'Of the runner, and wrong on purpose.' })),
    }),
    entry('broken', 'Bytes that are no frame.', { direction, reason: Type.String(), excerpt: Type.String() }),
    entry('end', 'A connection ended.', { by: Type.Enum(['runner', 'peer']), how: Type.Enum(['fin', 'rst', 'close', 'error']), code: Type.Optional(Type.Integer()), reason: Type.Optional(Type.String()) }),
    entry('request', 'The head of an HTTP request, and its body as text.', { method: Type.String(), target: Type.String(), headers, body }),
    entry('response', 'An HTTP response; a stream has no body here, its frames follow.', { status: Type.Integer(), headers, body }),
    entry('note', 'What the runner did, or what the driver of a client answered.', { text: Type.String(), data: Type.Optional(Type.Unknown()) }),
  ],
  { title: 'TranscriptEntry', description: 'One line of a transcript: a file of JSON Lines, one entry each.' },
);
