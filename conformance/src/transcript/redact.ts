import type { JsonFields } from '../scenario/json.ts';
import type { Header } from '../wire/http-codec.ts';

const redacted = '(redacted)';

/** The headers of a message by lower-case name, credentials replaced. */
export const redactHeaders = (headers: readonly Header[]): { readonly [name: string]: string } =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), name.toLowerCase() === 'authorization' ? redacted : value]));

/** A frame as it may stand in a transcript: its token replaced. */
export function redactFrame(frame: JsonFields, text: string): { readonly frame: JsonFields; readonly text: string } {
  if (!Object.hasOwn(frame, 'token')) return { frame, text };
  const clean = { ...frame, token: redacted };
  return { frame: clean, text: JSON.stringify(clean) };
}
