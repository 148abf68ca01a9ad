import type { Draft } from './draft.ts';
import { endRun } from './ending.ts';

/** Appends the first commit of a new epoch: nobody holds what may not have survived (EPOCH-9, RUN-39). */
export function beginEpoch(draft: Draft): void {
  const { state } = draft;
  for (const { requestId, claim } of [...state.requests.committed()]) {
    if (claim) draft.add({ type: 'request.released', requestId, reason: 'epoch_changed' });
  }
  for (const { runId } of [...state.runs.committed()]) {
    const run = state.runs.get(runId);
    if (run?.status === 'running') draft.add({ type: 'run.suspended', runId, term: run.term, reason: 'epoch_changed' });
    if (run?.status === 'cancelling') endRun(draft, run, { outcome: 'cancelled', reason: run.reason ?? 'shutdown' });
  }
}
