import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { LoggedEvent } from '../host/scripted-log.ts';

/** What a user must see of a log, in the shape of a driver's view. Plain on purpose: it is the yardstick, and shares no code with any fold. */
export interface ExpectedView extends JsonFields {
  readonly messages: readonly JsonFields[];
  readonly runs: readonly JsonFields[];
  readonly requests: readonly JsonFields[];
  readonly decisions: readonly JsonFields[];
}

interface Part {
  readonly messageId: string;
  readonly isText: boolean;
  readonly stepId: string;
  readonly parentPartId: string;
  text: string;
}

/** Drops the parts of a step, and those inside of them. */
const dropStep = (parts: Map<string, Part>, stepId: string): void => {
  for (const [id, part] of parts) {
    if (part.stepId === stepId || (part.parentPartId !== '' && !parts.has(part.parentPartId))) parts.delete(id);
  }
};

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const statusOf: { readonly [type: string]: string } = { 'run.queued': 'queued', 'run.started': 'running', 'run.suspended': 'suspended', 'run.cancelling': 'cancelling', 'run.ended': 'ended' };

/** Computes what a user sees after these events of a log, from its beginning. */
export const expectedView = (events: readonly LoggedEvent[]): ExpectedView => {
  const messages = new Map<string, { role: string; runId: string; ended: boolean; removed: boolean }>();
  const parts = new Map<string, Part>();
  const runs = new Map<string, { status: string; outcome?: string }>();
  const open = new Set<string>();
  const decisions: JsonFields[] = [];

  const addPart = (messageId: string, part: JsonFields): void => void parts.set(textOf(part['partId']), { messageId, isText: part['kind'] === 'text', stepId: textOf(part['stepId']), parentPartId: textOf(part['parentPartId']), text: textOf(part['text']) });

  for (const event of events) {
    const messageId = textOf(event['messageId']);
    const runId = textOf(event['runId']);
    const requestId = textOf(event['requestId']);
    const part = parts.get(textOf(event['partId']));
    const status = statusOf[event.type];
    if (status !== undefined) runs.set(runId, { status, ...(event.type === 'run.ended' ? { outcome: textOf(event['outcome']) } : {}) });
    if (event.type === 'message.created') {
      messages.set(messageId, { role: textOf(event['role']), runId, ended: event['ended'] === true, removed: false });
      for (const each of Array.isArray(event['parts']) ? event['parts'].filter(isFields) : []) addPart(messageId, each);
    }
    if (event.type === 'part.created') addPart(messageId, event);
    if (event.type === 'part.delta' && part !== undefined) part.text += textOf(event['delta']);
    if (event.type === 'part.updated' && part !== undefined && typeof event['text'] === 'string') part.text = event['text'];
    for (const [id, message] of messages) {
      if ((event.type === 'message.ended' && id === messageId) || (event.type === 'run.ended' && message.runId === runId)) message.ended = true;
      if (event.type === 'message.removed' && id === messageId) message.removed = true;
    }
    if (event.type === 'step.ended' && event['outcome'] === 'superseded') dropStep(parts, textOf(event['stepId']));
    if (event.type === 'request.opened') open.add(requestId);
    if (event.type === 'request.resolved') {
      open.delete(requestId);
      decisions.push({ requestId, outcome: textOf(event['outcome']) });
    }
  }
  const shown = (id: string): string => [...parts.values()].filter((each) => each.messageId === id && each.isText).map((each) => each.text).join('');
  return {
    messages: [...messages].map(([messageId, { role, ended, removed }]) => ({ messageId, role, text: removed ? '' : shown(messageId), ended })),
    runs: [...runs].map(([runId, run]) => ({ runId, ...run })),
    requests: [...open].map((requestId) => ({ requestId })),
    decisions,
  };
};

/** Names the first difference between a driver's view and what the log says, or undefined. Fields that a driver adds are ignored. */
export const viewDifference = (view: JsonFields, expected: ExpectedView): string | undefined => {
  for (const [list, items] of Object.entries(expected)) {
    const shown = Array.isArray(view[list]) ? view[list] : [];
    const wanted: readonly Json[] = Array.isArray(items) ? items : [];
    if (shown.length !== wanted.length) return `${list} must have ${wanted.length}: got ${JSON.stringify(shown).slice(0, 300)}`;
    for (const [index, item] of wanted.entries()) {
      const got: Json = shown[index] ?? null;
      const differing = isFields(item) && isFields(got) ? Object.keys(item).find((field) => item[field] !== got[field]) : 'entry';
      if (differing !== undefined && isFields(item)) return `${list}[${index}].${differing} must be ${JSON.stringify(item[differing])}: got ${JSON.stringify(isFields(got) ? (got[differing] ?? null) : got)}`;
    }
  }
  return undefined;
};
