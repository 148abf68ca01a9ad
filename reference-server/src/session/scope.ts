import type { AgentEvent } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import type { PartRecord, RunRecord } from './state.ts';
import { refuse, type Refusal } from './verdict.ts';

/** The append that an event is judged in. */
export interface Scope {
  readonly draft: Draft;
  readonly runId: string;
  readonly term: number;
  /** Automatic requests opened in this append and not yet resolved, with the index of their event. */
  readonly automatic: Map<string, number>;
  /** Automatic requests that this append has resolved. */
  readonly resolved: Set<string>;
  ended?: true;
}

/** An event as an agent appends it, by its type. */
export type Appended<Type extends AgentEvent['type']> = Extract<AgentEvent, { type: Type }>;

/** Refuses an event for what it meets; the append adds the index. */
export const impossible = (message: string): Refusal => refuse('invalid_transition', message);

export const forbidden = (message: string): Refusal => refuse('forbidden_event', message);

/** Refuses an event that names another run than the append (APPEND-25). */
export const checkRunId = ({ runId }: Scope, event: { readonly runId?: string }): Refusal | undefined =>
  event.runId === undefined || event.runId === runId ? undefined : impossible(`runId must be that of the append: got ${event.runId}`);

/** Finds a part that the run wrote and no superseded step has dropped. */
export function ownPart({ draft, runId }: Scope, partId: string): PartRecord | undefined {
  const part = draft.state.parts.get(partId);
  return part?.runId === runId && !part.dropped ? part : undefined;
}

/** The run as the events so far have left it. */
export function currentRun({ draft, runId }: Scope): RunRecord {
  const run = draft.state.runs.get(runId);
  if (!run) throw new Error(`the run of an append must exist: ${runId}`);
  return run;
}

/** Refuses a step that is not an open one of the run. */
export function checkStep({ draft, runId }: Scope, stepId: string | undefined): Refusal | undefined {
  if (stepId === undefined) return undefined;
  const step = draft.state.steps.get(stepId);
  return step?.runId === runId && step.open ? undefined : impossible(`stepId must be an open step of the run: got ${stepId}`);
}
