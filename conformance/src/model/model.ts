import { isFields, stringField, type Json, type JsonFields } from '../scenario/json.ts';

/** An object of the state while it is made. */
export interface Thing {
  [field: string]: Json;
}

/** A message; its parts in the order of their creation. */
export interface Message extends Thing {
  parts: Thing[];
}

/** A run; its steps in the order of their start. */
export interface Run extends Thing {
  steps: Thing[];
}

/** The state of a session, as the suite itself makes it of a log; the members are those of the specification's table. */
export interface Model extends Thing {
  session: Thing;
  messages: Message[];
  runs: Run[];
  requests: Thing[];
  decisions: Thing[];
  state: Json;
  stateSeq: number;
}

/** The state before the first event. FOLD-1 */
export const createModel = (): Model => ({ session: { metadata: {}, closed: false }, messages: [], runs: [], requests: [], decisions: [], state: {}, stateSeq: 0 });

/** Finds the thing that an event names under `key`; undefined if there is none. FOLD-5 */
export const named = <Each extends Thing>(things: readonly Each[], event: JsonFields, key: string): Each | undefined => things.find((thing) => thing[key] !== undefined && thing[key] === event[key]);

/** The message that an event names. */
export const messageOf = (model: Model, event: JsonFields): Message | undefined => named(model.messages, event, 'messageId');

/** The run that an event names. */
export const runOf = (model: Model, event: JsonFields): Run | undefined => named(model.runs, event, 'runId');

/** The request that an event names. */
export const requestOf = (model: Model, event: JsonFields): Thing | undefined => named(model.requests, event, 'requestId');

/** The step that an event names, of whichever run. */
export const stepOf = (model: Model, event: JsonFields): Thing | undefined => named(model.runs.flatMap(({ steps }) => steps), event, 'stepId');

/** The part that an event or a request names, of whichever message. */
export function partOf(model: Model, event: JsonFields): Thing | undefined {
  for (let index = model.messages.length - 1; index >= 0; index -= 1) {
    const part = named(model.messages[index]?.parts ?? [], event, 'partId');
    if (part !== undefined) return part;
  }
  return undefined;
}

/** The tool part that an event or a request names. */
export function toolOf(model: Model, event: JsonFields): Thing | undefined {
  const part = partOf(model, event);
  return part?.['kind'] === 'tool' ? part : undefined;
}

/** Sets the named members to those that the event has, and leaves the others as they are. */
export function set(thing: Thing, event: JsonFields, names: readonly string[]): void {
  Object.assign(thing, pick(event, names));
}

/** The named members that an object has. */
export const pick = (from: JsonFields, names: readonly string[]): Thing => Object.fromEntries(names.flatMap((name): [string, Json][] => {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  return value === undefined ? [] : [[name, value]];
}));

/** Merges the event's `metadata` into that of a thing: a member replaces its namesake, and `null` removes it. */
export function mergeMetadata(thing: Thing, event: JsonFields): void {
  const changes = event['metadata'];
  const before = thing['metadata'];
  if (!isFields(changes)) return;
  const kept = Object.entries(isFields(before) ? before : {}).filter(([name]) => !Object.hasOwn(changes, name));
  thing['metadata'] = Object.fromEntries([...kept, ...Object.entries(changes).filter(([, value]) => value !== null)]);
}

/** Whether no other run stands above it. */
export const isRoot = (run: Run): boolean => run['parentRunId'] === undefined;

/** The text of a member, empty if it is absent. */
export const textOf = (fields: JsonFields, name: string): string => stringField(fields, name) ?? '';
