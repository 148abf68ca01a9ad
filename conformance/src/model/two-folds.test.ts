import { emptyState, fold, type State } from '@durable-session/schemas';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFields } from '../scenario/json.ts';
import { firstDifference } from './first-difference.ts';
import { foldLog } from './fold.ts';
import { knownState } from './known-fields.ts';
import { randomLog } from './random-log.ts';

it('reaches the state of the fold of the schemas, whatever the log', () => {
  fc.assert(
    fc.property(randomLog, (events) => {
      const theirs: unknown = events.reduce<State>((state, event) => fold(state, event as never), emptyState);
      expect(firstDifference(isFields(theirs) ? knownState(theirs) : null, foldLog(events))).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});
