import Type, { type Static } from 'typebox';
import { Id, JsonObject } from './scalar.ts';

const offset = Type.Optional(Type.Integer({ minimum: 0 }));

/** Where a stretch of text comes from; `start` and `end` count UTF-16 code units of that text. */
export const Citation = Type.Object(
  {
    sourcePartId: Type.Optional(Id),
    url: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    start: offset,
    end: offset,
    quote: Type.Optional(Type.String()),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'Citation' },
);
export interface Citation extends Static<typeof Citation> {}
