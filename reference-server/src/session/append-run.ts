import { applyPatch } from '@durable-session/schemas';
import { checkDocument } from './document.ts';
import { prepareEnding } from './ending.ts';
import { present } from './present.ts';
import { type Appended, checkRunId, currentRun, impossible, ownPart, type Scope } from './scope.ts';
import { idInUse, refuse, type Refusal } from './verdict.ts';

/** Judges what says something of the run, whatever else its state holds (APPEND-47). */
export function appendOwn(scope: Scope, event: Appended<'run.updated' | 'usage.updated' | 'notice'>): Refusal | undefined {
  const fault = checkRunId(scope, event);
  if (fault) return fault;
  scope.draft.addOfAgent({ ...event, runId: scope.runId });
  return undefined;
}

export function appendStepStarted(scope: Scope, event: Appended<'step.started'>): Refusal | undefined {
  if (scope.draft.state.steps.has(event.stepId)) return idInUse('step', event.stepId); // APPEND-39
  const fault = checkRunId(scope, event);
  if (fault) return fault;
  scope.draft.addOfAgent({ ...event, runId: scope.runId });
  return undefined;
}

export function appendStepEnded(scope: Scope, event: Appended<'step.ended'>): Refusal | undefined {
  const step = scope.draft.state.steps.get(event.stepId);
  if (step?.runId !== scope.runId || !step.open) return impossible(`the step must be open and of the run: ${event.stepId} is not`); // APPEND-40
  if (event.outcome === 'superseded' && step.parts.some((partId) => isEngaged(scope, partId))) {
    return impossible('a step with a running tool or an open request is not superseded');
  }
  scope.draft.addOfAgent(event);
  return undefined;
}

/** Tells whether a part, or one under it, is running or asked about. */
function isEngaged(scope: Scope, partId: string): boolean {
  const part = ownPart(scope, partId);
  if (!part) return false;
  return part.openRequest !== undefined || part.tool?.status === 'running' || part.children.some((child) => isEngaged(scope, child));
}

/** Judges `run.ended` of an agent, and puts the rest of the ending before it (RUN-34, APPEND-42). */
export function appendRunEnded(scope: Scope, event: Appended<'run.ended'>): Refusal | undefined {
  const fault = checkRunId(scope, event);
  if (fault) return fault;
  const run = currentRun(scope);
  if (event.outcome === 'cancelled' && run.status !== 'cancelling') return impossible('only a run that is being cancelled ends cancelled');
  prepareEnding(scope.draft, run, event.outcome);
  const reason = event.outcome === 'cancelled' ? run.reason : event.reason; // RUN-30
  scope.draft.addOfAgent(present({ ...event, runId: scope.runId, reason }));
  scope.ended = true;
  return undefined;
}

export function appendStateReplaced({ draft }: Scope, event: Appended<'state.replaced'>): Refusal | undefined {
  const large = checkDocument(draft, event.state);
  if (large) return large;
  draft.addOfAgent(event);
  return undefined;
}

export function appendStatePatched({ draft }: Scope, event: Appended<'state.patched'>): Refusal | undefined {
  const patched = applyPatch(draft.state.facts.document, event.patch);
  if (!patched.ok) return refuse('patch_failed', patched.message, { index: patched.index });
  const large = checkDocument(draft, patched.value);
  if (large) return large;
  draft.addOfAgent(event);
  return undefined;
}
