import { isFields } from '../scenario/json.ts';
import type { Transcript } from '../transcript/entry.ts';

/** Says who the peers behind lanes are, as the server welcomed them: `other is agent-two/two as agent`. Lanes that were never welcomed are left out. Pure. */
export function peersOf(lanes: readonly string[], transcript: Transcript): string[] {
  return lanes.flatMap((lane) => {
    const welcome = transcript.findLast((entry) => entry.kind === 'frame' && entry.participant === lane && entry.frame['type'] === 'welcome');
    const who = welcome?.kind === 'frame' ? welcome.frame['participant'] : undefined;
    if (!isFields(who)) return [];
    return [`${lane} is ${String(who['principal'])}${typeof who['name'] === 'string' ? `/${who['name']}` : ''} as ${String(who['role'])}`];
  });
}
