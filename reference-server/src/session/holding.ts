import type { Actor } from '@durable-session/schemas';
import { present } from './present.ts';
import type { RunRecord, SessionState } from './state.ts';
import { refuse, type Refusal, unknownTarget } from './verdict.ts';

/** The agent's word that a run is its own. */
export interface Claimed {
  readonly runId: string;
  readonly agent: string;
  readonly term: number;
}

/** Tells whether principal, agent and term are those of the run's last `run.started`. */
export const isHolder = (run: RunRecord, sender: Actor, claimed: Claimed): boolean =>
  run.holder?.principal === sender.principal && run.holder.agent === claimed.agent && run.term === claimed.term;

export const runNotActive = (run: RunRecord): Refusal =>
  refuse('run_not_active', `the run must not have ended: ${run.runId} has`, present({ outcome: run.outcome }));

/** Finds the run that a command names and its sender holds, running or cancelling (AGENT-13 to AGENT-16). */
export function heldRun(state: SessionState, sender: Actor, claimed: Claimed): RunRecord | Refusal {
  const run = state.runs.get(claimed.runId);
  if (!run) return unknownTarget('run', claimed.runId);
  if (run.status === 'ended') return runNotActive(run);
  const isHeld = (run.status === 'running' || run.status === 'cancelling') && isHolder(run, sender, claimed);
  return isHeld ? run : refuse('fenced', `the run must be held by the sender: ${run.runId} is ${run.status} in term ${run.term}`, { term: run.term });
}

export const runCancelling = (run: RunRecord): Refusal => refuse('run_cancelling', `the run must not be cancelling: ${run.runId} is`);
