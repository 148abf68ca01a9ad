import Type from 'typebox';

/** An id minted by whoever creates the thing; unique in its session for ever, one space per kind. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'Minted by whoever creates the thing.' });

/** The id of a command: minted with at least 96 random bits, scoped to session and principal (COMMAND). */
export const CommandId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'At least 96 random bits.' });

/** An epoch: at least 64 random bits, never empty, never used again. */
export const Epoch = Type.String({ pattern: '^[A-Za-z0-9_-]{11,64}$', description: 'At least 64 random bits, never used again.' });

/** The place of an event in the log, from 1 to 2^53-1. */
export const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** A place in the log that may lie before the first event. */
export const SeqFromZero = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A count that starts at 1: a term, the n of an append. */
export const Count = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** A point in time on the server's clock, in milliseconds since 1970-01-01 UTC. */
export const Timestamp = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Milliseconds since 1970-01-01 UTC, on the server\'s clock.' });

/** A length of time in milliseconds. */
export const Milliseconds = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Milliseconds.' });

/** Any JSON value. */
export const Json = Type.Unknown({ description: 'Any JSON value.' });

/** A JSON object with any keys. */
export type JsonObject = { [key: string]: unknown };

/** An object that a sender may fill and every receiver keeps; in an update its keys merge, and `null` removes one. */
export const JsonObject = Type.Unsafe<JsonObject>(Type.Object({}, { description: 'Any JSON object.' }));

/** A name shown to people or compared by servers: 1 to 128 characters. */
export const Name = Type.String({ minLength: 1, maxLength: 128 });
