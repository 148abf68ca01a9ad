import { messageOf, runOf, set } from './model.ts';
import type { Rule } from './rule.ts';

/** What the end of a run does to itself and to what it left open. */
export const endingRules: readonly Rule[] = [
  {
    id: 'FOLD-31',
    on: ['run.ended'],
    apply(model, event) {
      const run = runOf(model, event);
      const message = run === undefined || run['term'] !== 0 ? undefined : messageOf(model, run);
      if (message !== undefined) message['withdrawn'] = true;
    },
  },
  {
    id: 'FOLD-32',
    on: ['run.ended'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run === undefined) return;
      run['status'] = 'ended';
      set(run, event, ['outcome', 'finishReason', 'reason', 'text', 'error', 'result']);
      if (run['endedBy'] === undefined && event['by'] !== undefined) run['endedBy'] = event['by'];
    },
  },
  {
    id: 'FOLD-33',
    on: ['run.ended'],
    apply(model, event) {
      if (runOf(model, event) === undefined) return;
      for (const message of model.messages) {
        if (message['role'] !== 'assistant' || message['runId'] !== event['runId']) continue;
        message['ended'] = true;
        for (const part of message.parts) {
          part['ended'] = true;
          if (part['kind'] !== 'tool' || part['status'] !== 'running') continue;
          part['status'] = 'ended';
          part['outcome'] = 'indeterminate';
          delete part['progress'];
        }
      }
    },
  },
  {
    id: 'FOLD-34',
    on: ['run.ended'],
    apply(model, event) {
      for (const step of runOf(model, event)?.steps ?? []) step['status'] = 'ended';
    },
  },
];
