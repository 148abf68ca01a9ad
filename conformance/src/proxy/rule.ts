import Type, { type Static } from 'typebox';
import type { Json, JsonFields } from '../scenario/json.ts';

const json = Type.Unsafe<Json>({});
const pattern = Type.Unsafe<Json>({ description: 'As in scenarios.' });

/** One way to spoil, or to vary, what passes between a peer and a good server. */
export const ProxyRule = Type.Object(
  {
    comment: Type.Optional(Type.String()),
    on: Type.Enum(['to-client', 'to-server']),
    match: pattern,
    wires: Type.Optional(Type.Array(Type.Enum(['websocket', 'sse', 'http']))),
    welcome: Type.Optional(Type.Unsafe<Json>({ description: 'Only on connections whose welcome fits this pattern.' })),
    isRepeat: Type.Optional(Type.Boolean({ description: 'Only frames whose id has passed before in that direction (true), or has not (false).' })),
    skip: Type.Optional(Type.Integer({ minimum: 0, description: 'So many matches of a connection pass first.' })),
    every: Type.Optional(Type.Integer({ minimum: 1, description: 'Of the matches after those, only each so-many-th.' })),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'On one connection at most so often.' })),
    do: Type.Union([
      Type.Object({ drop: Type.Literal(true) }, { additionalProperties: false }),
      Type.Object({ double: Type.Literal(true) }, { additionalProperties: false }),
      Type.Object({ swap: Type.Literal(true, { description: 'Changes places with the next frame.' }) }, { additionalProperties: false }),
      Type.Object({ change: Type.Record(Type.String(), json, { description: 'By JSON Pointer: a value; {"$add": n}; {"$remove": true}; {"$without": pattern} for a list.' }) }, { additionalProperties: false }),
      Type.Object({ before: Type.Array(Type.Unsafe<JsonFields>(Type.Object({}))) }, { additionalProperties: false }),
      Type.Object({ after: Type.Array(Type.Unsafe<JsonFields>(Type.Object({}))) }, { additionalProperties: false }),
      Type.Object({ sseId: Type.Union([Type.Null(), Type.String()], { description: 'Another SSE id, or none.' }) }, { additionalProperties: false }),
      Type.Object({ spelling: Type.Enum(['reversed-keys', 'spaces', 'crlf', 'comments', 'bytewise', 'coalesced', 'late-50', 'late-500']) }, { additionalProperties: false }),
    ]),
  },
  { title: 'ProxyRule', additionalProperties: false },
);
export interface ProxyRule extends Static<typeof ProxyRule> {}
