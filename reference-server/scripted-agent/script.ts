import type { EventsAppend, MessageCreated } from '@durable-session/schemas';

/** An event as an agent appends it. */
export type AppendedEvent = EventsAppend['events'][number];

/** One thing that a scripted agent does: the format of the conformance kit (`conformance/script.schema.json`). */
export type ScriptStep =
  | { readonly gate: string }
  | { readonly append: readonly AppendedEvent[] }
  | { readonly deltas: { readonly partId: string; readonly text: string; readonly count: number } };

/** What a scripted agent plays in one run. */
export interface Script {
  readonly steps: readonly ScriptStep[];
  readonly onCancel?: 'end' | 'ignore';
}

const isObject = (value: unknown): value is { readonly [field: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);

function isStep(value: unknown): value is ScriptStep {
  if (!isObject(value)) return false;
  const { gate, append, deltas } = value;
  if (isObject(deltas)) return typeof deltas['partId'] === 'string' && typeof deltas['text'] === 'string' && Number.isInteger(deltas['count']);
  return typeof gate === 'string' || (Array.isArray(append) && append.length > 0 && append.every((event) => isObject(event) && typeof event['type'] === 'string'));
}

/** Reads the script of a message: the data of its part named `script`; undefined where it has none, or one that is no script. */
export function scriptOf({ parts = [] }: MessageCreated): Script | undefined {
  const data = parts.flatMap((part) => (part.kind === 'data' && 'name' in part && part.name === 'script' && isObject(part.data) ? [part.data] : []))[0];
  const steps = data?.['steps'];
  if (data === undefined || !Array.isArray(steps) || !steps.every(isStep)) return undefined;
  return { steps, onCancel: data['onCancel'] === 'ignore' ? 'ignore' : 'end' };
}
