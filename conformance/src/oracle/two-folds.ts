import { emptyState, fold, type Event, type State } from '@durable-session/schemas';
import { firstDifference } from '../model/first-difference.ts';
import { foldLog } from '../model/fold.ts';
import { knownState } from '../model/known-fields.ts';
import { isFields, type JsonFields } from '../scenario/json.ts';
import type { Transcript } from '../transcript/entry.ts';
import { logsOf } from './connection-view.ts';

/** Where the fold of the schemas and that of the suite part over a log of the transcript; undefined if they agree. To be asked of logs that are legal: then one of the two is wrong. */
export function foldFaultOf(transcript: Transcript): string | undefined {
  for (const log of logsOf(transcript).values()) {
    const events = eventsFromFirst(log);
    const theirs: unknown = events.reduce<State>((state, event) => fold(state, event as unknown as Event), emptyState); // the oracle of schemas has judged each
    const place = firstDifference(isFields(theirs) ? knownState(theirs) : null, foldLog(events));
    if (place !== undefined) return `the two folds of the suite must agree: they differ at ${place} after event ${events.length}`;
  }
  return undefined;
}

function eventsFromFirst(log: ReadonlyMap<number, { readonly event: JsonFields }>): JsonFields[] {
  const events: JsonFields[] = [];
  for (let found = log.get(1); found !== undefined; found = log.get(events.length + 1)) events.push(found.event);
  return events;
}
