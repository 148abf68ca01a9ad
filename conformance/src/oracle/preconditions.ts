import { applyEvent } from '../model/fold.ts';
import { createModel } from '../model/model.ts';
import type { Finding } from '../verdict/check.ts';
import { finding, logsOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import { problemOf } from './precondition-table.ts';

/** Every event stands where its precondition holds, in the state that the suite's own fold gives of the events before it; judged as far as the log is known from its first event. */
export const preconditions: Oracle = {
  name: 'preconditions',
  cites: ['FOLD-46'],
  judge: (transcript) => [...logsOf(transcript).values()].flatMap((log): Finding[] => {
    const model = createModel();
    let last: Finding | undefined;
    for (let seq = 1; ; seq += 1) {
      const found = log.get(seq);
      if (found === undefined) return last === undefined ? [] : [last];
      const { event, entry } = found;
      const problem = problemOf(model, event);
      last = finding(['FOLD-46'], problem === undefined, [entry], 'an event whose precondition holds', problem === undefined ? undefined : `${String(event['type'])}: ${problem}`);
      if (problem !== undefined) return [last];
      applyEvent(model, event);
    }
  }),
};
