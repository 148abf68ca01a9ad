import type { Actor, RunCancel, RunStart } from '@durable-session/schemas';
import { checkAgentName } from './claim.ts';
import type { Draft } from './draft.ts';
import { cancelRun } from './ending.ts';
import { heldRun, runCancelling } from './holding.ts';
import { checkPlaced } from './message.ts';
import { present } from './present.ts';
import { activeRun, checkQueue, checkTurn, sessionBusy } from './queue.ts';
import { accepted, idInUse, isRefusal, noop, refuse, type Refusal, rejected, unknownTarget, unsuitable, type Verdict } from './verdict.ts';

/** Judges `run.start` (RUN-14 to RUN-22, CHILD-1 to CHILD-13). */
export function startRun(draft: Draft, command: RunStart, sender: Actor): Verdict {
  const { state, limits } = draft;
  const { runId, parentId, parentRunId, partId, claim, ifBusy } = command;
  const fault = checkTargets(draft, command) ?? checkParent(draft, command, sender) ?? checkTool(draft, command)
    ?? (state.runs.has(runId) || state.reserved.has(runId) ? idInUse('run', runId) : undefined);
  if (fault) return rejected(fault);
  const active = parentRunId === undefined ? activeRun(state) : undefined;
  if (active && ifBusy === 'reject') return rejected(sessionBusy(draft));
  const unmet = checkClaim(draft, command, sender) ?? checkPlaced(draft, 'parentId', parentId) ?? checkPart(draft, command);
  if (unmet) return rejected(unmet); // COMMAND-58

  const interrupts = active !== undefined && ifBusy === 'interrupt';
  const { name, agentName, config } = command;
  const front = interrupts ? (true as const) : undefined;
  draft.add(present({ type: 'run.queued' as const, runId, front, parentId, parentRunId, partId, name, agentName, config }));
  if (claim) draft.add({ type: 'run.started', runId, agent: claim.agent, term: 1 });
  if (interrupts && active.status !== 'cancelling') cancelRun(draft, active, 'interrupted');
  const full = claim ? undefined : checkQueue(draft);
  if (full) return rejected(full);
  const delivery = interrupts ? 'interrupt' : active ? 'queue' : 'start';
  return accepted(claim ? { runId, delivery, term: 1, leaseMs: limits.leaseMs } : { runId, delivery });
}

function checkTargets({ state }: Draft, { parentId, parentRunId, partId }: RunStart): Refusal | undefined {
  if (parentId !== undefined && !state.messages.has(parentId)) return unknownTarget('message', parentId);
  if (parentRunId !== undefined && !state.runs.has(parentRunId)) return unknownTarget('run', parentRunId);
  return partId === undefined || state.parts.has(partId) ? undefined : unknownTarget('part', partId);
}

/** A child run is started by the agent that holds the parent, which is running (CHILD-4). */
function checkParent({ state }: Draft, { parentRunId, agent, term }: RunStart, sender: Actor): Refusal | undefined {
  if (parentRunId === undefined || agent === undefined || term === undefined) return undefined;
  const parent = heldRun(state, sender, { runId: parentRunId, agent, term });
  if (isRefusal(parent)) return parent;
  return parent.status === 'cancelling' ? runCancelling(parent) : undefined;
}

function checkTool({ state }: Draft, { partId }: RunStart): Refusal | undefined {
  const tool = partId === undefined ? undefined : state.parts.get(partId)?.tool;
  return tool?.status === 'ended' ? refuse('invalid_transition', 'the tool that spawns a run must not have ended', { status: 'ended' }) : undefined; // CHILD-6
}

function checkPart({ state }: Draft, { partId, parentRunId }: RunStart): Refusal | undefined {
  const part = partId === undefined ? undefined : state.parts.get(partId);
  if (!part || (part.tool && part.runId === parentRunId && !part.dropped)) return undefined;
  return unsuitable('partId', `partId must be a tool part of the parent run: got ${partId}`); // CHILD-5
}

/** A start with a claim must be claimable at once (RUN-20). */
function checkClaim(draft: Draft, { claim, agentName, parentRunId }: RunStart, sender: Actor): Refusal | undefined {
  if (!claim) return undefined;
  return (parentRunId === undefined ? checkTurn(draft) : undefined) ?? checkAgentName(agentName, sender);
}

/** Judges `run.cancel` (RUN-23 to RUN-26). */
export function cancel(draft: Draft, { runId, text }: RunCancel): Verdict {
  const run = draft.state.runs.get(runId);
  if (!run) return rejected(unknownTarget('run', runId));
  if (run.status === 'ended') return noop(present({ outcome: run.outcome }));
  if (run.status === 'cancelling') return noop();
  cancelRun(draft, run, 'user', text);
  return accepted();
}
