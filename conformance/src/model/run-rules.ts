import { runFields } from './known-fields.ts';
import { isRoot, mergeMetadata, messageOf, pick, runOf, set } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of runs do. */
export const runRules: readonly Rule[] = [
  {
    id: 'FOLD-25',
    on: ['run.queued'],
    apply: ({ runs }, event) => void runs.push({ ...pick(event, runFields), status: 'queued', term: 0, metadata: {}, steps: [] }),
  },
  {
    id: 'FOLD-26',
    on: ['run.started'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run === undefined || run['term'] !== 0) return;
      const { session } = model;
      const messageId = run['messageId'];
      if (messageId !== undefined) {
        const message = messageOf(model, run);
        if (message !== undefined && session['leafId'] !== undefined && session['leafId'] !== messageId) message['parentId'] = session['leafId'];
        if (isRoot(run)) session['leafId'] = messageId;
      }
      const tail = run['parentId'] ?? messageId;
      if (tail !== undefined) run['tailId'] = tail;
    },
  },
  {
    id: 'FOLD-27',
    on: ['run.started'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run === undefined) return;
      run['status'] = 'running';
      set(run, event, ['agent', 'term']);
      delete run['reason'];
      delete run['text'];
    },
  },
  {
    id: 'FOLD-28',
    on: ['run.updated'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run !== undefined) mergeMetadata(run, event);
    },
  },
  {
    id: 'FOLD-29',
    on: ['run.suspended'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run === undefined) return;
      run['status'] = 'suspended';
      set(run, event, ['reason']);
    },
  },
  {
    id: 'FOLD-30',
    on: ['run.cancelling'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run === undefined) return;
      run['status'] = 'cancelling';
      set(run, event, ['reason', 'text']);
      if (event['by'] !== undefined) run['endedBy'] = event['by'];
    },
  },
];
