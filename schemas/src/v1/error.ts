import Type, { type Static } from 'typebox';
import { JsonObject, Milliseconds } from './scalar.ts';

/** The one error shape of acks, tools, runs and, with HTTP's own members, `application/problem+json`. */
export const ErrorObject = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 128 }),
    message: Type.String(),
    retryable: Type.Boolean(),
    retryAfterMs: Type.Optional(Milliseconds),
    details: Type.Optional(JsonObject),
  },
  { title: 'ErrorObject' },
);
export interface ErrorObject extends Static<typeof ErrorObject> {}
