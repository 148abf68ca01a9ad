import { answerFields, requestFields } from './known-fields.ts';
import { pick, requestOf, runOf, toolOf } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of requests do. */
export const requestRules: readonly Rule[] = [
  {
    id: 'FOLD-39',
    on: ['request.opened'],
    apply(model, event) {
      if (runOf(model, event) !== undefined) model.requests.push(pick(event, requestFields));
    },
  },
  {
    id: 'FOLD-40',
    on: ['request.claimed'],
    apply(model, event) {
      const request = requestOf(model, event);
      if (request === undefined) return;
      request['claim'] = pick(event, ['by', 'claimant', 'leaseMs']);
      const tool = toolOf(model, request);
      if (tool !== undefined) tool['status'] = 'running';
    },
  },
  {
    id: 'FOLD-41',
    on: ['request.released'],
    apply(model, event) {
      const request = requestOf(model, event);
      if (request === undefined) return;
      delete request['claim'];
      const tool = toolOf(model, request);
      if (tool?.['status'] === 'running') tool['status'] = 'ready';
    },
  },
  {
    id: 'FOLD-42',
    on: ['request.resolved'],
    apply(model, event) {
      const request = requestOf(model, event);
      if (request === undefined) return;
      model.requests = model.requests.filter((each) => each !== request);
      model.decisions.push({ ...pick(request, ['requestId', 'runId', 'kind', 'partId']), ...pick(event, answerFields) });
    },
  },
];
