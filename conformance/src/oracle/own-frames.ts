import { parsePeerFrame } from '@durable-session/schemas';
import type { Transcript } from '../transcript/entry.ts';

/** Deep enough for every frame that a scenario sends in earnest. */
const ownDepth = 1_024;

/** The first frame of ours that is wrong although the scenario did not mean it to be; undefined if all are right. */
export function harnessFaultOf(transcript: Transcript): string | undefined {
  for (const entry of transcript) {
    if (entry.kind !== 'frame' || entry.direction !== 'to-server' || entry.deliberate === true || entry.frame['type'] === 'auth') continue;
    const parsed = parsePeerFrame(entry.text, { maxDepth: ownDepth });
    if (!parsed.ok) return `a frame of the scenario must fit its schema, or its step must say "wrong": true: line ${entry.line} ${parsed.error.path} ${parsed.error.message}: ${entry.text.slice(0, 200)}`;
  }
  return undefined;
}
