import { checkParentPart, openMessage } from './append-message.ts';
import { type Appended, checkStep, impossible, ownPart, type Scope } from './scope.ts';
import type { PartRecord } from './state.ts';
import { idInUse, type Refusal } from './verdict.ts';

const none: ReadonlySet<string> = new Set();

/** Judges the event of the hot path: by its part alone (APPEND-30). */
export function appendPartDelta(scope: Scope, { type, partId, delta }: Appended<'part.delta'>): Refusal | undefined {
  const part = ownPart(scope, partId);
  const grows = part && !part.ended && part.openRequest === undefined && (part.kind === 'text' || part.kind === 'reasoning' || (part.tool && part.tool.input === undefined));
  if (!grows) return impossible(`the part must be open and take deltas: ${partId} does not`);
  scope.draft.addOfAgent({ type, partId, delta }); // DELTA-1
  return undefined;
}

export function appendPart(scope: Scope, event: Appended<'part.created'>): Refusal | undefined {
  const { partId, messageId, stepId, parentPartId } = event;
  if (scope.draft.state.parts.has(partId)) return idInUse('part', partId);
  if (!openMessage(scope, messageId)) return impossible(`the message must be open and of the run: ${messageId} is not`); // APPEND-29
  const fault = checkStep(scope, stepId) ?? checkParentPart(scope, parentPartId, none);
  if (fault) return fault;
  scope.draft.addOfAgent(event);
  return undefined;
}

/** The fields that `part.updated` may change, by kind. */
const changeable: { readonly [kind: string]: ReadonlySet<string> } = {
  text: new Set(['text', 'citations']),
  reasoning: new Set(['text']),
  tool: new Set(['toolCallId', 'toolName', 'executor', 'title', 'inputFormat', 'idempotent', 'input']),
  file: new Set(['mediaType', 'fileId', 'url', 'filename', 'bytes']),
  source: new Set(['url', 'title', 'mediaType', 'filename', 'quote']),
  data: new Set(['name', 'data']),
};

/** All fields that belong to some kind: one of another kind is refused, an unknown one is ignored. */
const known: ReadonlySet<string> = new Set(Object.values(changeable).flatMap((fields) => [...fields]));

/** The fields that a part cannot be without, so that null does not remove them. */
const required: ReadonlySet<string> = new Set(['toolCallId', 'toolName', 'mediaType', 'name']);

export function appendPartUpdated(scope: Scope, event: Appended<'part.updated'>): Refusal | undefined {
  const part = ownPart(scope, event.partId);
  if (!part || part.openRequest !== undefined || !openMessage(scope, part.messageId)) {
    return impossible(`the part must be of an open message, and without an open request: ${event.partId} is not`); // APPEND-31
  }
  const changed = Object.entries(event).filter(([name]) => known.has(name));
  const afterEnd = part.kind === 'data' || part.kind === 'file' || part.kind === 'tool';
  if (part.ended && !afterEnd && changed.length > 0) return impossible(`only metadata changes after the end of a ${part.kind} part`);
  const fault = checkFields(part, changed) ?? checkInput(part, event);
  if (fault) return fault;
  scope.draft.addOfAgent(event);
  return undefined;
}

/** Refuses a change after which the part would not fit its schema (APPEND-32). */
function checkFields(part: PartRecord, changed: readonly (readonly [string, unknown])[]): Refusal | undefined {
  const fields = { ...part.fields };
  for (const [name, value] of changed) {
    const own = changeable[part.kind]?.has(name) === true || (part.kind === 'file' && name === 'data');
    if (!own) return impossible(`a ${part.kind} part has no ${name}`);
    const isSet = part.kind === 'source' && name === 'mediaType' ? true : !required.has(name);
    if (value === null && !isSet) return impossible(`a ${part.kind} part must keep its ${name}`);
    fields[name] = value === null ? undefined : true;
  }
  const places = [fields['fileId'], fields['url'], fields['data']].filter((value) => value !== undefined).length;
  if (part.kind === 'file' && places !== 1) return impossible('a file part must have exactly one of fileId, url and data');
  if (part.kind === 'source' && fields['url'] === undefined && fields['title'] === undefined) return impossible('a source part must have a url or a title');
  return undefined;
}

/** The input of a tool that was approved or started is fixed (APPEND-33). */
function checkInput({ tool, approval }: PartRecord, event: Appended<'part.updated'>): Refusal | undefined {
  const isFixed = approval === 'approved' || tool?.status === 'running' || tool?.status === 'ended';
  return event.input !== undefined && isFixed ? impossible('the input of a tool that was approved or started is fixed') : undefined;
}

export function appendPartEnded(scope: Scope, event: Appended<'part.ended'>): Refusal | undefined {
  const part = ownPart(scope, event.partId);
  if (!part || part.ended || part.openRequest !== undefined) return impossible(`the part must be open, and without an open request: ${event.partId} is not`);
  if (event.input !== undefined && part.kind !== 'tool') return impossible('input ends a tool part only'); // APPEND-34
  if (event.citations !== undefined && part.kind !== 'text') return impossible('citations end a text part only');
  scope.draft.addOfAgent(event);
  return undefined;
}
