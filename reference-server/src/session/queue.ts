import type { Draft } from './draft.ts';
import type { RunRecord, SessionState } from './state.ts';
import { refuse, type Refusal } from './verdict.ts';

/** The root run that is running, suspended or cancelling; a session is busy while there is one. */
export const activeRun = ({ facts, runs }: SessionState): RunRecord | undefined =>
  facts.activeRunId === undefined ? undefined : runs.get(facts.activeRunId);

/** Tells whether a run is `rootId` or one of its descendants. */
export function isBelow({ runs }: SessionState, runId: string, rootId: string): boolean {
  let run = runs.get(runId);
  while (run && run.runId !== rootId) run = run.parentRunId === undefined ? undefined : runs.get(run.parentRunId);
  return run !== undefined;
}

export const sessionBusy = ({ state }: Draft): Refusal => {
  const runId = state.facts.activeRunId;
  return refuse('session_busy', 'the session must not be busy with this', runId === undefined ? undefined : { runId });
};

/** Refuses what a command that queues a run leaves queued beyond the limit, children counted (RUN-12). */
export function checkQueue({ state, limits }: Draft): Refusal | undefined {
  const { queue, queuedChildren } = state.facts;
  if (queue.length + queuedChildren <= limits.maxQueuedRuns) return undefined;
  return refuse('limit_exceeded', `at most ${limits.maxQueuedRuns} runs may be queued`, { limit: 'maxQueuedRuns' });
}

/** Refuses a start of a root run that is not next (RUN-10, RUN-11); `runId` is undefined for a new one. */
export function checkTurn({ state }: Draft, runId?: string): Refusal | undefined {
  const { activeRunId, queue } = state.facts;
  if (activeRunId !== undefined) return refuse('precondition_failed', `no root run must be active: ${activeRunId} is`, { activeRunId });
  const [firstRunId] = queue;
  if (firstRunId === undefined || firstRunId === runId) return undefined;
  return refuse('precondition_failed', `the run must be first in the queue: ${firstRunId} is`, { firstRunId });
}
