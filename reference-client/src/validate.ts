import { parseServerFrame } from '@durable-session/schemas';

/**
 * Judges the text of a frame by the full schemas: lengths, bounds and patterns too, beside what a client relies on.
 *
 * Gives what is wrong, or undefined. It brings every schema with it, half a megabyte, and is an export of its own for that.
 *
 * @example connect({ url, session: sessionId, token, validate: validateFrame });
 */
export function validateFrame(text: string): string | undefined {
  const parsed = parseServerFrame(text);
  return parsed.ok ? undefined : `${parsed.error.path}: ${parsed.error.message}`;
}
