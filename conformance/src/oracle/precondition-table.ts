import { messageOf, partOf, requestOf, runOf, stepOf, type Message, type Model, type Thing } from '../model/model.ts';
import type { JsonFields } from '../scenario/json.ts';

/** What keeps an event from standing where it stands; undefined if nothing does. */
type Precondition = (model: Model, event: JsonFields) => string | undefined;

const unless = (holds: boolean, problem: string): string | undefined => (holds ? undefined : problem);
const all = (...checks: readonly Precondition[]): Precondition => (model, event) => checks.map((check) => check(model, event)).find((problem) => problem !== undefined);

const runIs = (...statuses: readonly string[]): Precondition => (model, event) => {
  const status = String(runOf(model, event)?.['status'] ?? 'unknown');
  return unless(statuses.includes(status), `the run is ${status}`);
};

const toolIs = (...statuses: readonly string[]): Precondition => (model, event) => {
  const part = partOf(model, event);
  const status = part?.['kind'] === 'tool' ? String(part['status']) : 'no tool';
  return unless(statuses.includes(status), `the tool is ${status}`);
};

const unasked: Precondition = ({ requests }, event) => unless(!requests.some(({ partId }) => partId !== undefined && partId === event['partId']), 'a request on the part is open');
const unresolved: Precondition = ({ requests }, event) => unless(!requests.some(({ runId }) => runId === event['runId']), 'a request of the run is open');
const childless: Precondition = ({ runs }, event) => unless(!runs.some(({ parentRunId, status }) => parentRunId === event['runId'] && status !== 'ended'), 'a child of the run has not ended');
const isOpenSteer = (message: Thing | undefined): boolean => message?.['delivery'] === 'steer' && message['applied'] === undefined && message['missed'] === undefined;
const steerOpen: Precondition = (model, event) => unless(isOpenSteer(messageOf(model, event)), 'it is no unanswered steer');

/** Every unanswered steer of the run has been marked in its commit, before it. */
const answered: Precondition = ({ messages }, event) => unless(!messages.some((message) => message['steeredRunId'] === event['runId'] && isOpenSteer(message)), 'a steer of the run is unanswered');

const messageWith = ({ messages }: Model, event: JsonFields): Message | undefined => messages.findLast(({ parts }) => parts.some(({ partId }) => partId === event['partId']));
const messageOpen: Precondition = (model, event) => unless(messageWith(model, event)?.['ended'] === false, 'its message is not open');

const ofRunningRun: Precondition = (model, event) => {
  const message = messageOf(model, event);
  return unless(message?.['role'] === 'assistant' && runOf(model, message)?.['status'] === 'running', 'it is not written by a run that is running');
};

const growing: Precondition = (model, event) => {
  const part = partOf(model, event);
  const grows = part?.['kind'] === 'text' || part?.['kind'] === 'reasoning' || (part?.['kind'] === 'tool' && part['input'] === undefined);
  return unless(part?.['ended'] === false && grows, 'the part is not open');
};

// Whether the term is higher than that of the first start is not in the state; that it is declared idempotent is.
const startable: Precondition = (model, event) => {
  const part = partOf(model, event);
  return toolIs('ready', ...(part?.['idempotent'] === true ? ['running'] : []))(model, event);
};

const approved: Precondition = ({ decisions }, event) => {
  const last = decisions.findLast(({ kind, partId }) => kind === 'approval' && partId === event['partId']);
  return unless(last === undefined || last['outcome'] === 'approved', `its last approval was ${String(last?.['outcome'])}`);
};

const claimOf = (model: Model, event: JsonFields): unknown => {
  const request = requestOf(model, event);
  return request?.['kind'] === 'client_tool' ? (request['claim'] ?? 'none') : undefined;
};

/** What keeps an event from standing where it stands, by the table; an event of a type that is not in it may stand anywhere. */
export const problemOf = (model: Model, event: JsonFields): string | undefined => {
  const type = String(event['type']);
  return Object.hasOwn(preconditionTable, type) ? preconditionTable[type]?.(model, event) : undefined;
};

/** The preconditions of fold.md, by the type of the event. */
const preconditionTable: { readonly [type: string]: Precondition } = {
  'session.created': ({ session }) => unless(session['at'] === undefined, 'it is not the first event'),
  'session.updated': ({ session }) => unless(session['closed'] === false, 'the session is closed'),
  'session.closed': ({ session, runs }) => unless(session['closed'] === false && runs.every(({ status }) => status === 'ended'), 'a run has not ended, or it is closed already'),
  'message.created': (model, event) => unless(messageOf(model, event) === undefined, 'the id is not new'),
  'message.updated': ofRunningRun,
  'message.ended': (model, event) => unless(messageOf(model, event)?.['ended'] === false && messageOf(model, event)?.parts.every(({ ended }) => ended === true) === true, 'the message is not open, or a part of it is'),
  'message.applied': steerOpen,
  'message.missed': steerOpen,
  'message.removed': (model, event) => unless(messageOf(model, event) !== undefined && messageOf(model, event)?.['removed'] === undefined && !isOpenSteer(messageOf(model, event)), 'it was removed before, or is an unanswered steer'),
  'part.created': (model, event) => unless(messageOf(model, event)?.['ended'] === false && partOf(model, event) === undefined, 'the message is not open, or the id is not new'),
  'part.delta': all(growing, unasked),
  'part.updated': all(messageOpen, unasked),
  'part.ended': all((model, event) => unless(partOf(model, event)?.['ended'] === false, 'the part is not open'), unasked),
  'tool.started': all(startable, unasked, approved),
  'tool.progress': toolIs('running'),
  'tool.ended': toolIs('input', 'ready', 'running'),
  'run.queued': (model, event) => unless(runOf(model, event) === undefined, 'the id is not new'),
  'run.started': runIs('queued', 'suspended'),
  'run.updated': runIs('running'),
  'run.suspended': runIs('running'),
  'run.cancelling': all(runIs('running'), unresolved),
  'run.ended': all(runIs('queued', 'running', 'suspended', 'cancelling'), unresolved, answered, childless),
  'step.started': ({ runs }, event) => unless(!runs.some(({ steps }) => steps.some(({ stepId }) => stepId === event['stepId'])), 'the id is not new'),
  'step.ended': (model, event) => unless(stepOf(model, event)?.['status'] === 'open', 'the step is not open'),
  'usage.updated': runIs('running', 'cancelling'),
  'request.opened': all((model, event) => unless(requestOf(model, event) === undefined && !model.decisions.some(({ requestId }) => requestId === event['requestId']), 'the id is not new'), unasked),
  'request.claimed': (model, event) => unless(claimOf(model, event) === 'none', 'it is no open client tool without a claim'),
  'request.released': (model, event) => unless(claimOf(model, event) !== undefined && claimOf(model, event) !== 'none', 'nobody holds it'),
  'request.resolved': (model, event) => unless(requestOf(model, event) !== undefined, 'it is not open'),
};
