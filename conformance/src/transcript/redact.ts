import type { JsonFields } from '../scenario/json.ts';
import type { Header } from '../wire/http-codec.ts';

const redacted = '(redacted)';

/** The headers of a message by lower-case name, those of one name joined, credentials replaced. */
export function redactHeaders(headers: readonly Header[]): { readonly [name: string]: string } {
  const byName = Map.groupBy(headers, ([name]) => name.toLowerCase());
  return Object.fromEntries([...byName].map(([name, each]) => [name, name === 'authorization' ? redacted : each.map(([, value]) => value).join(', ')]));
}

/** A frame as it may stand in a transcript: its token replaced. */
export function redactFrame(frame: JsonFields, text: string): { readonly frame: JsonFields; readonly text: string } {
  if (!Object.hasOwn(frame, 'token')) return { frame, text };
  const clean = { ...frame, token: redacted };
  return { frame: clean, text: JSON.stringify(clean) };
}
