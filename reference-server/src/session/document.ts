import type { Draft } from './draft.ts';
import { refuse, type Refusal } from './verdict.ts';

/** The bytes of a text in UTF-8, without writing them. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate is half of a character of four bytes.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}

/** Refuses a shared state that is larger than a frame may be (STATE-10). */
export function checkDocument({ limits }: Draft, document: unknown): Refusal | undefined {
  const bytes = utf8Length(JSON.stringify(document));
  if (bytes <= limits.maxFrameBytes) return undefined;
  return refuse('limit_exceeded', `the shared state must have at most ${limits.maxFrameBytes} bytes: it would have ${bytes}`, { limit: 'maxFrameBytes' });
}
