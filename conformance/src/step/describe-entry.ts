import { match } from '../scenario/pattern.ts';
import type { Json } from '../scenario/json.ts';
import type { Waited } from '../peer/inbox.ts';
import type { Entry } from '../transcript/entry.ts';
import type { StepFinding } from '../run/stage.ts';

/** Says in one line what an entry is. */
export function describeEntry(entry: Entry): string {
  switch (entry.kind) {
    case 'frame':
      return entry.text.slice(0, 300);
    case 'broken':
      return `${entry.reason}: ${JSON.stringify(entry.excerpt)}`;
    case 'end':
      return `the end of the connection (${entry.how}${entry.code === undefined ? '' : ` ${entry.code}`}${entry.reason ? `, ${entry.reason}` : ''})`;
    case 'response':
      return `HTTP ${entry.status}${entry.body ? ` ${entry.body.slice(0, 300)}` : ''}`;
    case 'request':
      return `${entry.method} ${entry.target}`;
    case 'open':
      return `a new ${entry.wire} connection`;
    case 'note':
      return entry.text;
  }
}

/** The finding for a pattern that was waited for in vain: where the nearest candidate differs, or what came instead. */
export function findingOfVain(pattern: Json, waited: Waited, seen: readonly Entry[], boundMs: number): StepFinding {
  const expected = JSON.stringify(pattern);
  const type = typeof pattern === 'object' && pattern !== null && 'type' in pattern ? pattern.type : undefined;
  const near = seen.findLast((entry) => entry.kind === 'frame' && type !== undefined && entry.frame['type'] === type);
  if (near?.kind === 'frame') {
    const result = match(pattern, near.frame);
    if (!result.matches) return { held: false, expected: `${expected}, with ${result.mismatch.expected} at ${result.mismatch.path || '/'}`, actual: result.mismatch.actual, lines: [near.line], path: result.mismatch.path };
  }
  const last = seen.at(-1);
  const ended = 'vain' in waited && waited.vain === 'ended';
  const why = ended ? 'the connection ended' : `nothing that fits within ${boundMs} ms`;
  return { held: false, expected, actual: last === undefined ? why : `${why}; the last to come was ${describeEntry(last)}`, lines: last === undefined ? [] : [last.line], isVain: true };
}
