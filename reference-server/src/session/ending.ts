import type { CancelReason, RunEnded } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { present } from './present.ts';
import type { RequestRecord, RunRecord } from './state.ts';

/**
 * What the server appends when runs are cancelled or end. Children go before their parent, questions
 * before their run, and `run.cancelling` or `run.ended` is last, always in one commit (RUN-33).
 */

/** Appends the events of a cancel of a run that has not ended and is not cancelling (RUN-23). */
export function cancelRun(draft: Draft, run: RunRecord, reason: CancelReason, text?: string): void {
  if (run.status !== 'running') return endRun(draft, run, { outcome: 'cancelled', reason, text });
  for (const child of openChildren(draft, run)) {
    if (child.status !== 'cancelling') cancelRun(draft, child, 'parent');
  }
  cancelRequests(draft, run);
  draft.add(present({ type: 'run.cancelling' as const, runId: run.runId, reason, text }));
}

interface Ending {
  readonly outcome: 'cancelled';
  readonly reason: CancelReason;
  readonly text?: string | undefined;
}

/** Appends the whole ending of a run that the server ends. */
export function endRun(draft: Draft, run: RunRecord, ending: Ending): void {
  prepareEnding(draft, run, 'cancelled');
  const reason = run.reason ?? ending.reason; // RUN-30
  draft.add(present({ type: 'run.ended' as const, runId: run.runId, outcome: ending.outcome, reason, text: ending.text }));
}

/** Appends what an ending has before its `run.ended`: children, questions, steers. */
export function prepareEnding(draft: Draft, run: RunRecord, outcome: RunEnded['outcome']): void {
  for (const child of openChildren(draft, run)) endRun(draft, child, { outcome: 'cancelled', reason: 'parent' });
  cancelRequests(draft, run);
  const steers = draft.state.runs.get(run.runId)?.steers ?? [];
  // Each goes to the front of the queue, so the oldest comes last.
  for (const messageId of steers.toReversed()) missSteer(draft, run.runId, messageId, outcome === 'completed' ? 'finished' : outcome);
}

/** Appends `message.missed` of a steer and, unless the run is cancelled, the run that it has reserved (STEER-7). */
export function missSteer(draft: Draft, runId: string, messageId: string, reason: 'finished' | 'failed' | 'cancelled'): void {
  const queuedRunId = reason === 'cancelled' ? undefined : draft.state.messages.get(messageId)?.reserves;
  draft.add(present({ type: 'message.missed' as const, messageId, runId, reason, queuedRunId }));
  if (queuedRunId !== undefined) queueReserved(draft, messageId, queuedRunId);
}

/** Appends the `run.queued` that a missed steer has reserved (STEER-7, STEER-9). */
export function queueReserved(draft: Draft, messageId: string, runId: string): void {
  const steer = draft.state.messages.get(messageId);
  draft.add(present({ type: 'run.queued' as const, runId, front: true as const, messageId, agentName: steer?.agentName, config: steer?.config }));
}

function openChildren(draft: Draft, run: RunRecord): readonly RunRecord[] {
  return run.children.flatMap((id) => draft.state.runs.get(id) ?? []).filter(({ status }) => status !== 'ended');
}

function cancelRequests(draft: Draft, run: RunRecord): void {
  for (const requestId of run.requests) {
    const request = draft.state.requests.get(requestId);
    if (request) resolveByServer(draft, request, 'cancelled');
  }
}

/** Appends the resolution of an open request that nobody answered, and the end of its tool. */
export function resolveByServer(draft: Draft, request: RequestRecord, outcome: 'cancelled' | 'expired'): void {
  draft.add({ type: 'request.resolved', requestId: request.requestId, outcome });
  endAskedTool(draft, request, outcome, {});
}

/** What a resolution gives to the tool that it is about. */
interface Answer {
  readonly value?: unknown;
  readonly error?: RunEnded['error'];
}

/** Appends the `tool.ended` that a resolution brings, if its request names a tool that has not ended (REQUEST-11). */
export function endAskedTool(draft: Draft, { opened }: RequestRecord, outcome: string, { value, error }: Answer): void {
  const { partId, kind } = opened;
  const tool = partId === undefined ? undefined : draft.state.parts.get(partId)?.tool;
  if (partId === undefined || kind === 'input' || tool === undefined || tool.status === 'ended' || outcome === 'approved') return;
  const type = 'tool.ended' as const;
  if (outcome === 'denied') draft.add({ type, partId, outcome });
  else if (outcome === 'answered') draft.add(present({ type, partId, outcome: 'completed' as const, output: value }));
  else if (outcome === 'failed') draft.add(present({ type, partId, outcome: 'failed' as const, error }));
  else draft.add({ type, partId, outcome: 'cancelled' });
}
