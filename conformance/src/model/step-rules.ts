import { pick, runOf, set, stepOf, type Thing } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of steps do, and the account of a run's use. */
export const stepRules: readonly Rule[] = [
  {
    id: 'FOLD-35',
    on: ['step.started'],
    apply: (model, event) => void runOf(model, event)?.steps.push({ ...pick(event, ['stepId', 'name']), status: 'open' }),
  },
  {
    id: 'FOLD-36',
    on: ['step.ended'],
    apply(model, event) {
      const step = stepOf(model, event);
      if (step === undefined) return;
      step['status'] = 'ended';
      set(step, event, ['outcome', 'finishReason']);
    },
  },
  {
    id: 'FOLD-37',
    on: ['step.ended'],
    apply(model, event) {
      if (event['outcome'] !== 'superseded' || stepOf(model, event) === undefined) return;
      const dropped = new Set<unknown>();
      const isDropped = (part: Thing): boolean => part['stepId'] === event['stepId'] || (part['parentPartId'] !== undefined && dropped.has(part['parentPartId']));
      for (let before = -1; before < dropped.size; ) {
        before = dropped.size;
        for (const { parts } of model.messages) for (const part of parts) if (isDropped(part)) dropped.add(part['partId']);
      }
      for (const message of model.messages) message.parts = message.parts.filter((part) => !dropped.has(part['partId']));
    },
  },
  {
    id: 'FOLD-38',
    on: ['usage.updated'],
    apply(model, event) {
      const run = runOf(model, event);
      if (run !== undefined) set(run, event, ['usage', 'context']);
    },
  },
];
