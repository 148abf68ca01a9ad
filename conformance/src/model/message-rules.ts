import { isFields, type JsonFields } from '../scenario/json.ts';
import { messageFields } from './known-fields.ts';
import { isRoot, mergeMetadata, messageOf, pick, runOf, set, type Model, type Run } from './model.ts';
import { newPart } from './part-rules.ts';
import type { Rule } from './rule.ts';

/** What the events of messages do. */
export const messageRules: readonly Rule[] = [
  {
    id: 'FOLD-12',
    on: ['message.created'],
    apply({ messages }, event) {
      const given = Array.isArray(event['parts']) ? event['parts'].filter(isFields) : [];
      const ended = event['ended'] === true;
      const parts = given.map(newPart);
      if (ended) for (const part of parts) part['ended'] = true;
      messages.push({ metadata: {}, ...pick(event, messageFields), ended, parts });
    },
  },
  {
    id: 'FOLD-13',
    on: ['message.created'],
    apply(model, event) {
      const run = runOf(model, event);
      if (event['role'] === 'assistant' && run !== undefined) goBehind(model, run, event);
      if (event['delivery'] !== 'record') return;
      set(model.session, { leafId: event['messageId'] ?? null }, ['leafId']);
      const active = model.runs.find((each) => isRoot(each) && ['running', 'suspended', 'cancelling'].includes(String(each['status'])));
      if (active?.['tailId'] !== undefined && active['tailId'] === event['parentId']) active['tailId'] = event['messageId'] ?? null;
    },
  },
  {
    id: 'FOLD-14',
    on: ['message.updated'],
    apply(model, event) {
      const message = messageOf(model, event);
      if (message !== undefined) mergeMetadata(message, event);
    },
  },
  {
    id: 'FOLD-15',
    on: ['message.ended'],
    apply(model, event) {
      const message = messageOf(model, event);
      if (message !== undefined) message['ended'] = true;
    },
  },
  {
    id: 'FOLD-16',
    on: ['message.applied'],
    apply(model, event) {
      const message = messageOf(model, event);
      const run = runOf(model, event);
      if (message === undefined || run === undefined) return;
      message['applied'] = pick(event, ['runId', 'stepId']);
      if (run['tailId'] !== undefined) message['parentId'] = run['tailId'];
      goBehind(model, run, event);
    },
  },
  {
    id: 'FOLD-17',
    on: ['message.missed'],
    apply(model, event) {
      const message = messageOf(model, event);
      if (message !== undefined && runOf(model, event) !== undefined) message['missed'] = pick(event, ['runId', 'reason', 'queuedRunId']);
    },
  },
  {
    id: 'FOLD-17',
    on: ['message.removed'],
    apply(model, event) {
      const message = messageOf(model, event);
      if (message === undefined) return;
      message['removed'] = pick(event, ['by', 'text']);
      message.parts = [];
    },
  },
];

/** Makes the message that an event names the tail of a run, and the leaf if the run is a root. */
function goBehind({ session }: Model, run: Run, event: JsonFields): void {
  const messageId = event['messageId'] ?? null;
  run['tailId'] = messageId;
  if (isRoot(run)) session['leafId'] = messageId;
}
