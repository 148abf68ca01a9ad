import type { Actor, RunClaim, RunRelease, RunRenew } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { heldRun, runCancelling, runNotActive } from './holding.ts';
import { checkTurn } from './queue.ts';
import { accepted, idInUse, isRefusal, refuse, type Refusal, rejected, unknownTarget, unsuitable, type Verdict } from './verdict.ts';

/** Judges `run.claim`, also as a takeover (AGENT-1 to AGENT-9). */
export function claimRun(draft: Draft, { runId, agent }: RunClaim, sender: Actor): Verdict {
  const run = draft.state.runs.get(runId);
  if (!run) return rejected(unknownTarget('run', runId));
  if (run.status === 'ended') return rejected(runNotActive(run));
  if (run.status === 'running') {
    return rejected(refuse('already_claimed', `the run must not be held: ${runId} is`, { agent: run.holder?.agent, term: run.term }));
  }
  if (run.status === 'cancelling') return rejected(runCancelling(run));
  if (run.agents.includes(agent)) return rejected(idInUse('agent', agent)); // AGENT-8
  const waits = run.status === 'queued' && run.parentRunId === undefined;
  const fault = (waits ? checkTurn(draft, runId) : undefined) ?? checkAgentName(run.agentName, sender);
  if (fault) return rejected(fault);
  const term = run.term + 1;
  draft.add({ type: 'run.started', runId, agent, term });
  return accepted({ term, leaseMs: draft.limits.leaseMs });
}

/** Refuses an agent whose credential has not the name that the run asks for (AGENT-9). */
export function checkAgentName(agentName: string | undefined, sender: Actor): Refusal | undefined {
  if (agentName === undefined || agentName === sender.name) return undefined;
  return refuse('precondition_failed', `the agent's name must be ${agentName}: it is ${sender.name}`, { agentName });
}

/** Judges `run.renew`: nothing is appended, the lease starts anew (LEASE-7, LEASE-8). */
export function renewRun(draft: Draft, command: RunRenew, sender: Actor): Verdict {
  const run = heldRun(draft.state, sender, command);
  return isRefusal(run) ? rejected(run) : accepted({ leaseMs: draft.limits.leaseMs });
}

/** Judges `run.release` (LEASE-9 to LEASE-11). */
export function releaseRun(draft: Draft, command: RunRelease, sender: Actor): Verdict {
  const run = heldRun(draft.state, sender, command);
  if (isRefusal(run)) return rejected(run);
  if (run.status === 'cancelling') return rejected(runCancelling(run));
  const { runId, reason } = command;
  if (reason === 'waiting' && run.requests.length === 0) return rejected(unsuitable('reason', 'a run that waits must have an open request'));
  draft.add({ type: 'run.suspended', runId, term: run.term, reason });
  return accepted();
}
