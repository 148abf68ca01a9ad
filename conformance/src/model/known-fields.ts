import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import { pick, type Thing } from './model.ts';

/** The fields of an event that a message takes over. */
export const messageFields = ['messageId', 'role', 'at', 'by', 'parentId', 'runId', 'steeredRunId', 'delivery', 'agentName', 'config', 'metadata'] as const;

/** The fields of an event that a run takes over. */
export const runFields = ['runId', 'by', 'front', 'messageId', 'parentId', 'parentRunId', 'partId', 'name', 'agentName', 'config'] as const;

/** The fields of an event that a request takes over. */
export const requestFields = ['requestId', 'runId', 'kind', 'partId', 'title', 'prompt', 'options', 'schema', 'editable', 'url', 'automatic', 'expiresAt', 'metadata'] as const;

/** The fields of an answer that its decision keeps. */
export const answerFields = ['outcome', 'by', 'seq', 'optionId', 'value', 'editedInput', 'text', 'error'] as const;

/** The fields that every part may have. */
export const commonPartFields = ['partId', 'kind', 'parentPartId', 'stepId', 'ended', 'metadata'] as const;

/** The fields that parts of each kind have beside the common ones. */
export const partFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['text', ['text', 'citations']],
  ['reasoning', ['text']],
  ['tool', ['toolCallId', 'toolName', 'executor', 'title', 'inputFormat', 'idempotent', 'input']],
  ['file', ['mediaType', 'fileId', 'url', 'data', 'filename', 'bytes']],
  ['source', ['url', 'title', 'mediaType', 'filename', 'quote']],
  ['data', ['name', 'data']],
]);

const messageState = ['ended', 'applied', 'missed', 'withdrawn', 'removed'];
const runState = ['status', 'agent', 'term', 'tailId', 'metadata', 'steps', 'usage', 'context', 'reason', 'text', 'endedBy', 'outcome', 'finishReason', 'error', 'result'];
const toolState = ['status', 'inputText', 'progress', 'output', 'outcome', 'error'];

/** A part without the fields that nobody knows; one of an unknown kind stays as it came. */
export function knownPart(part: JsonFields): Thing {
  const own = partFields.get(String(part['kind']));
  return own === undefined ? { ...part } : pick(part, [...commonPartFields, ...own, ...(part['kind'] === 'tool' ? toolState : [])]);
}

/** A state of another fold without the fields that this revision does not know, so that it can be compared. FOLD-45 */
export function knownState(state: JsonFields): JsonFields {
  const messages = things(state['messages']).map((message): JsonFields => ({ ...pick(message, [...messageFields, ...messageState]), parts: things(message['parts']).map(knownPart) }));
  const runs = things(state['runs']).map((run) => pick(run, [...runFields, ...runState]));
  const requests = things(state['requests']).map((request) => pick(request, [...requestFields, 'claim']));
  return { ...state, messages, runs, requests };
}

const things = (value: Json | undefined): readonly JsonFields[] => (Array.isArray(value) ? value.filter(isFields) : []);
