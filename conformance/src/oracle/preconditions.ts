import { emptyState, fold, type Event, type State } from '@durable-session/schemas';
import { stringField, type JsonFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { finding, logsOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** Every event stands where its precondition holds, in the state that the events before it leave; judged as far as the log is known from its first event. */
export const preconditions: Oracle = {
  name: 'preconditions',
  cites: ['FOLD-46'],
  judge: (transcript) => [...logsOf(transcript).values()].flatMap((log): Finding[] => {
    let state: State = emptyState;
    let last: Finding | undefined;
    for (let seq = 1; ; seq += 1) {
      const found = log.get(seq);
      if (found === undefined) return last === undefined ? [] : [last];
      const problem = problemOf(state, found.event);
      last = finding(['FOLD-46'], problem === undefined, [found.entry], 'an event whose precondition holds', problem === undefined ? undefined : `${String(found.event['type'])}: ${problem}`);
      if (problem !== undefined) return [last];
      state = fold(state, found.event as unknown as Event); // judged by its schema elsewhere; the fold skips what it does not know
    }
  }),
};

type Check = (state: State, event: JsonFields) => string | undefined;

const unless = (holds: boolean, problem: string): string | undefined => (holds ? undefined : problem);
const messageOf = (state: State, event: JsonFields): State['messages'][number] | undefined => state.messages.find(({ messageId }) => messageId === event['messageId']);
const partOf = (state: State, event: JsonFields): State['messages'][number]['parts'][number] | undefined => state.messages.flatMap(({ parts }) => parts).find(({ partId }) => partId === event['partId']);
const runOf = (state: State, event: JsonFields): State['runs'][number] | undefined => state.runs.find(({ runId }) => runId === event['runId']);
const requestOf = (state: State, event: JsonFields): State['requests'][number] | undefined => state.requests.find(({ requestId }) => requestId === event['requestId']);

const toolIs = (...statuses: readonly string[]): Check => (state, event) => {
  const part = partOf(state, event);
  const status = part?.kind === 'tool' && 'status' in part ? String(part.status) : 'no tool';
  return unless(statuses.includes(status), `the tool is ${status}`);
};

const runIs = (...statuses: readonly string[]): Check => (state, event) => {
  const status = runOf(state, event)?.status ?? 'unknown';
  return unless(statuses.includes(status), `the run is ${status}`);
};

const unresolved: Check = (state, event) => unless(!state.requests.some(({ runId }) => runId === event['runId']), 'a request of the run is open');

const answered: Check = (state, event) =>
  unless(!state.messages.some(({ steeredRunId, applied, missed }) => steeredRunId === event['runId'] && applied === undefined && missed === undefined), 'a steer of the run has no answer');

const childless: Check = (state, event) => unless(!state.runs.some(({ parentRunId, status }) => parentRunId === event['runId'] && status !== 'ended'), 'a child of the run has not ended');

const all = (...checks: readonly Check[]): Check => (state, event) => checks.map((check) => check(state, event)).find((problem) => problem !== undefined);

const checks: { readonly [type: string]: Check } = {
  'session.updated': ({ session }) => unless(!session.closed, 'the session is closed'),
  'session.closed': ({ session, runs }) => unless(!session.closed && runs.every(({ status }) => status === 'ended'), 'a run has not ended, or it is closed already'),
  'message.created': (state, event) => unless(messageOf(state, event) === undefined, 'the id is not new'),
  'message.ended': (state, event) => unless(messageOf(state, event)?.ended === false, 'the message is not open'),
  'message.applied': (state, event) => steerOpen(state, event),
  'message.missed': (state, event) => steerOpen(state, event),
  'message.removed': (state, event) => unless(messageOf(state, event)?.removed === undefined, 'it was removed before'),
  'part.created': (state, event) => unless(messageOf(state, event)?.ended === false && partOf(state, event) === undefined, 'the message is not open, or the id is not new'),
  'part.delta': (state, event) => unless(partOf(state, event)?.ended === false, 'the part is not open'),
  'part.updated': (state, event) => unless(partOf(state, event) !== undefined, 'there is no such part'),
  'part.ended': (state, event) => unless(partOf(state, event)?.ended === false, 'the part is not open'),
  'tool.started': toolIs('ready', 'running'),
  'tool.progress': toolIs('running'),
  'tool.ended': toolIs('input', 'ready', 'running'),
  'run.queued': (state, event) => unless(runOf(state, event) === undefined, 'the id is not new'),
  'run.started': runIs('queued', 'suspended'),
  'run.updated': runIs('running'),
  'run.suspended': runIs('running'),
  'run.cancelling': all(runIs('running'), unresolved),
  'run.ended': all(runIs('queued', 'running', 'suspended', 'cancelling'), unresolved, answered, childless),
  'step.started': (state, event) => unless(!state.runs.some(({ steps }) => steps.some(({ stepId }) => stepId === event['stepId'])), 'the id is not new'),
  'step.ended': (state, event) => unless(state.runs.some(({ steps }) => steps.some(({ stepId, status }) => stepId === event['stepId'] && status === 'open')), 'the step is not open'),
  'usage.updated': runIs('running', 'cancelling'),
  'request.opened': (state, event) => unless(requestOf(state, event) === undefined && !state.decisions.some(({ requestId }) => requestId === event['requestId']), 'the id is not new'),
  'request.claimed': (state, event) => unless(requestOf(state, event)?.kind === 'client_tool' && requestOf(state, event)?.claim === undefined, 'it is no open client tool without a claim'),
  'request.released': (state, event) => unless(requestOf(state, event)?.claim !== undefined, 'nobody holds it'),
  'request.resolved': (state, event) => unless(requestOf(state, event) !== undefined, 'it is not open'),
};

function steerOpen(state: State, event: JsonFields): string | undefined {
  const message = messageOf(state, event);
  return unless(message?.delivery === 'steer' && message.applied === undefined && message.missed === undefined, 'it is no unanswered steer');
}

const problemOf: Check = (state, event) => checks[stringField(event, 'type') ?? '']?.(state, event);
