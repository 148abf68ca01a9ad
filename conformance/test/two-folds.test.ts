import { emptyState, fold, type State } from '@durable-session/schemas';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFields } from '../src/scenario/json.ts';
import { firstDifference } from '../src/model/first-difference.ts';
import { foldLog } from '../src/model/fold.ts';
import { knownState } from '../src/model/known-fields.ts';
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
