import { parseServerFrame } from '@durable-session/schemas';
import type { Transcript } from '../transcript/entry.ts';

/** Names the first frame of the scripted server that does not fit its schema though the scenario did not say so: a fault of the suite, after which nothing else counts. */
export const ownFault = (transcript: Transcript): string | undefined => {
  for (const entry of transcript) {
    if (entry.kind !== 'frame' || entry.direction !== 'to-client') continue;
    const parsed = parseServerFrame(entry.text);
    if (!parsed.ok) return `line ${entry.line}: the scripted server sent a frame that does not fit: ${parsed.error.path} ${parsed.error.message}: ${entry.text.slice(0, 200)}`;
  }
  return undefined;
};
