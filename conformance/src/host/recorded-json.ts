import { isFields, type Json, type JsonFields } from '../scenario/json.ts';

const redacted = (name: string, value: Json): Json => {
  if (name === 'token' && typeof value === 'string') return '[redacted]';
  if (isFields(value)) return jsonOf(value);
  return value;
};

/** Copies a frame for the transcript, without the tokens in it. */
export const jsonOf = (frame: JsonFields): JsonFields => Object.fromEntries(Object.entries(frame).map(([name, value]) => [name, redacted(name, value)]));
